//! How code gets to the board.

use heapless::Vec;

use super::{Close, OUTBOX, Phase, Session, Turn};
use crate::number::write_u64;
use crate::repl::Script;
use crate::repl::scan::{self, Scanned};

/// Asks for raw paste. A board that does not know it takes the first two for code and the last for a wish to begin anew.
const PASTE: &[u8] = b"\x05A\x01";

/// Makes room for code that is put together; adds to it; runs it. Taken out of its list, the code can be forgotten by the
/// board once it is compiled. What is left of putting it together is cleared away first: a board with 9 KB would else lay
/// down new functions between it, and soon have no piece in one left that is large enough.
const BEGIN: &[u8] = b"_st=[b'']\x04";
const ADD: &[u8] = b"_st[0]+=b'";
const ADDED: &[u8] = b"'\x04";
const RUN: [&[u8]; 2] = [b"__import__('gc').collect();exec(b'\\n'*", b"+_st.pop())\x04"];

impl<const N: usize> Session<N> {
    /// What every board can hold is sent as it is, for that is soonest done.
    pub(super) fn choosing(&mut self, script: &Script<'_>) -> Turn {
        if self.has_paste == Some(false) || is_short(script) {
            self.phase = Phase::Stating;
        } else {
            self.say(PASTE);
            self.phase = Phase::Asking;
        }
        Turn::Again
    }

    /// Waits for what the board says about raw paste.
    pub(super) fn asking(&mut self) -> Turn {
        let bytes = self.inbox.bytes();
        let used = match bytes {
            [b'R', 1, low, high, ..] => {
                self.has_paste = Some(true);
                self.window = usize::from(u16::from_le_bytes([*low, *high]));
                self.credit = self.window;
                self.phase = Phase::Pasting;
                4
            }
            [b'R', 0, b'>', ..] => {
                self.has_paste = Some(false);
                self.phase = Phase::Stating;
                3
            }
            [] | [b'R'] | [b'R', 1] | [b'R', 1, _] | [b'R', 0] => return Turn::Receive,
            _ if bytes.starts_with(scan::BANNER) => {
                // From a board that has raw paste, it answers a Ctrl-A of before.
                if self.has_paste.is_none() {
                    self.has_paste = Some(false);
                    self.phase = Phase::Stating;
                }
                scan::BANNER.len()
            }
            _ if scan::BANNER.starts_with(bytes) => return Turn::Receive,
            _ => return self.give_up(Close::Unexpected),
        };
        self.inbox.drop_front(used);
        Turn::Again
    }

    /// Sends code as the board makes room for it.
    pub(super) fn pasting(&mut self, script: &Script<'_>) -> Turn {
        match self.inbox.bytes().first() {
            Some(1) => self.credit = self.credit.saturating_add(self.window),
            Some(4) => {
                // The board wants no more, and says why once we have agreed.
                self.say(b"\x04");
                self.phase = Phase::Running;
            }
            Some(_) => return self.give_up(Close::Unexpected),
            None if self.code_sent >= script.len() => {
                self.say(b"\x04");
                self.phase = Phase::Pasted;
                return Turn::Again;
            }
            None if self.credit == 0 => return Turn::Receive,
            None => return Turn::Paste,
        }
        self.inbox.drop_front(1);
        Turn::Again
    }

    /// Waits until the board has read all of the code.
    pub(super) fn pasted(&mut self) -> Turn {
        match self.inbox.bytes().first() {
            None => return Turn::Receive,
            Some(1) => {}
            Some(4) => self.phase = Phase::Running,
            Some(_) => return self.give_up(Close::Unexpected),
        }
        self.inbox.drop_front(1);
        Turn::Again
    }

    /// Sends the next statement to a board without raw paste: the code itself if it is short.
    pub(super) fn stating(&mut self, script: &Script<'_>) -> Turn {
        let mut is_last = false;
        if !self.is_wrapped && is_short(script) {
            script.parts.iter().for_each(|part| self.say(part));
            if script.len() == 0 {
                // Nothing at all would be a wish for a restart.
                self.say(b"\n");
            }
            self.say(b"\x04");
            is_last = true;
        } else if !self.is_wrapped {
            self.is_wrapped = true;
            self.say(BEGIN);
        } else if let mut rest = script.rest(self.code_sent.max(script.lead()))
            && !rest.is_empty()
        {
            self.code_sent = self.code_sent.max(script.lead());
            self.say(ADD);
            while let Some((&byte, behind)) = rest.split_first()
                && let escaped = escape(byte)
                && self.outbox.len() + escaped.len() + ADDED.len() <= OUTBOX
            {
                self.say(&escaped);
                self.code_sent += 1;
                rest = behind;
            }
            self.say(ADDED);
        } else {
            let [before, behind] = RUN;
            self.say(before);
            self.say(write_u64(script.lead() as u64, &mut [0; 20]));
            self.say(behind);
            is_last = true;
        }
        self.phase = Phase::Accepting { is_last };
        Turn::Again
    }

    /// Waits until the board says that it has read a statement.
    pub(super) fn accepting(&mut self, is_last: bool) -> Turn {
        let bytes = self.inbox.bytes();
        let used = match bytes {
            [b'O', b'K', ..] => {
                self.phase = if is_last { Phase::Running } else { Phase::Assembling };
                2
            }
            [] | [b'O'] => return Turn::Receive,
            _ if bytes.starts_with(scan::BANNER) => scan::BANNER.len(),
            _ if scan::BANNER.starts_with(bytes) => return Turn::Receive,
            _ => return self.give_up(Close::Unexpected),
        };
        self.inbox.drop_front(used);
        Turn::Again
    }

    /// Waits until a statement that only puts code together has done so. What it prints is what the prompt prints.
    pub(super) fn assembling(&mut self) -> Turn {
        match scan::scan(self.inbox.bytes(), self.inbox.is_full()) {
            Scanned::End { text: 0 } => {
                self.inbox.drop_front(END_LENGTH);
                self.phase = Phase::Stating;
                Turn::Again
            }
            Scanned::End { text } => {
                self.phase = Phase::Prompt;
                Turn::Done(Close::Raised { text, end: text + END_LENGTH })
            }
            Scanned::Unclear => Turn::Receive,
            Scanned::Output(_) | Scanned::Shorten(_) => self.give_up(Close::Unexpected),
        }
    }

    pub(super) fn give_up(&mut self, close: Close) -> Turn {
        self.phase = Phase::Unknown;
        Turn::Done(close)
    }
}

/// Whether it fits one statement.
fn is_short(script: &Script<'_>) -> bool {
    script.first_line == 1 && script.len() < OUTBOX
}

/// How much longer the end of a program is than its exception's text.
pub(super) const END_LENGTH: usize = 3;

/// A byte as it stands between quotes.
fn escape(byte: u8) -> Vec<u8, 4> {
    let mut escaped = Vec::new();
    let _ = match byte {
        b'\n' => escaped.extend_from_slice(b"\\n"),
        b'\r' => escaped.extend_from_slice(b"\\r"),
        b'\\' | b'\'' => escaped.extend_from_slice(&[b'\\', byte]),
        _ if byte.is_ascii_control() => {
            let digit = |value: u8| b"0123456789abcdef".get(usize::from(value & 15)).copied().unwrap_or(b'0');
            escaped.extend_from_slice(&[b'\\', b'x', digit(byte >> 4), digit(byte)])
        }
        _ => escaped.extend_from_slice(&[byte]),
    };
    escaped
}
