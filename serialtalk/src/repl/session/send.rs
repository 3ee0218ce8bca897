//! Sends code to the board.

use heapless::Vec;

use super::phase::{End, Next, Phase};
use super::state::{OUTBOX, State};
use crate::repl::scan::{self, END_LENGTH, Scanned};
use crate::repl::script::Script;
use crate::wire::number::write_u64;

/// Asks for raw paste. A board without it takes the first two bytes for code and the last for a request to start again.
const PASTE: &[u8] = b"\x05A\x01";

/// Statements that put code together: create an empty list element, append to it, run it.
///
/// The code is removed from its list, so that the board can free it once it is compiled. The garbage of putting it
/// together is collected first: otherwise the functions of a board with 9 KB of memory would be allocated between it, and
/// soon no large enough block would be left.
const BEGIN: &[u8] = b"_st=[b'']\x04";
const ADD: &[u8] = b"_st[0]+=b'";
const ADDED: &[u8] = b"'\x04";
const RUN: [&[u8]; 2] = [b"__import__('gc').collect();exec(b'\\n'*", b"+_st.pop())\x04"];

impl<const N: usize> State<N> {
    /// Decides how the code is sent. Short code is sent in one piece: every board can buffer it.
    pub(super) fn choosing(&mut self, script: &Script<'_>) -> Next {
        if self.has_raw_paste == Some(false) || is_short(script) {
            self.phase = Phase::SendingStatement;
        } else {
            self.say(PASTE);
            self.phase = Phase::Asking;
        }
        Next::Again
    }

    /// Waits for the answer to the request for raw paste.
    pub(super) fn asking(&mut self) -> Next {
        let bytes = self.inbox.bytes();
        let used = match bytes {
            [b'R', 1, low, high, ..] => {
                self.has_raw_paste = Some(true);
                self.window = usize::from(u16::from_le_bytes([*low, *high]));
                self.credit = self.window;
                self.phase = Phase::Pasting;
                4
            }
            [b'R', 0, b'>', ..] => {
                self.has_raw_paste = Some(false);
                self.phase = Phase::SendingStatement;
                3
            }
            [] | [b'R'] | [b'R', 1] | [b'R', 1, _] | [b'R', 0] => return Next::Receive,
            _ if bytes.starts_with(scan::BANNER) => {
                // A board with raw paste answers an earlier Ctrl-A with it.
                if self.has_raw_paste.is_none() {
                    self.has_raw_paste = Some(false);
                    self.phase = Phase::SendingStatement;
                }
                scan::BANNER.len()
            }
            _ if scan::BANNER.starts_with(bytes) => return Next::Receive,
            _ => return self.end_unknown(End::Unexpected),
        };
        self.inbox.drop_front(used);
        Next::Again
    }

    /// Sends as much code as the board has room for.
    pub(super) fn pasting(&mut self, script: &Script<'_>) -> Next {
        match self.inbox.bytes().first() {
            Some(1) => self.credit = self.credit.saturating_add(self.window),
            Some(4) => {
                // The board wants no more code, and says why after an acknowledgement.
                self.say(b"\x04");
                self.phase = Phase::Running;
            }
            Some(_) => return self.end_unknown(End::Unexpected),
            None if self.code_sent >= script.len() => {
                self.say(b"\x04");
                self.phase = Phase::Pasted;
                return Next::Again;
            }
            None if self.credit == 0 => return Next::Receive,
            None => return Next::Paste,
        }
        self.inbox.drop_front(1);
        Next::Again
    }

    /// Waits until the board has read all of the code.
    pub(super) fn pasted(&mut self) -> Next {
        match self.inbox.bytes().first() {
            None => return Next::Receive,
            Some(1) => {}
            Some(4) => self.phase = Phase::Running,
            Some(_) => return self.end_unknown(End::Unexpected),
        }
        self.inbox.drop_front(1);
        Next::Again
    }

    /// Sends the next statement: short code itself, otherwise one of those that put it together.
    pub(super) fn sending_statement(&mut self, script: &Script<'_>) -> Next {
        let mut is_last = false;
        if !self.is_wrapped && is_short(script) {
            script.parts.iter().for_each(|part| self.say(part));
            if script.len() == 0 {
                // Without any byte it would be a request for a restart.
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
            while let Some((&byte, following)) = rest.split_first()
                && let escaped = escape(byte)
                && self.outbox.len() + escaped.len() + ADDED.len() <= OUTBOX
            {
                self.say(&escaped);
                self.code_sent += 1;
                rest = following;
            }
            self.say(ADDED);
        } else {
            let [before, after] = RUN;
            self.say(before);
            self.say(write_u64(script.lead() as u64, &mut [0; 20]));
            self.say(after);
            is_last = true;
        }
        self.phase = Phase::Acknowledging { is_last };
        Next::Again
    }

    /// Waits until the board has acknowledged a statement.
    pub(super) fn acknowledging(&mut self, is_last: bool) -> Next {
        let bytes = self.inbox.bytes();
        let used = match bytes {
            [b'O', b'K', ..] => {
                self.phase = if is_last { Phase::Running } else { Phase::Assembling };
                2
            }
            [] | [b'O'] => return Next::Receive,
            _ if bytes.starts_with(scan::BANNER) => scan::BANNER.len(),
            _ if scan::BANNER.starts_with(bytes) => return Next::Receive,
            _ => return self.end_unknown(End::Unexpected),
        };
        self.inbox.drop_front(used);
        Next::Again
    }

    /// Waits for the end of a statement that puts code together.
    pub(super) fn assembling(&mut self) -> Next {
        match scan::scan(self.inbox.bytes(), self.inbox.is_full()) {
            Scanned::End { text: 0 } => {
                self.inbox.drop_front(END_LENGTH);
                self.phase = Phase::SendingStatement;
                Next::Again
            }
            Scanned::End { text } => {
                self.phase = Phase::Prompt;
                Next::Done(End::Raised { text, end: text + END_LENGTH })
            }
            Scanned::Incomplete => Next::Receive,
            Scanned::Output(_) | Scanned::Shorten(_) => self.end_unknown(End::Unexpected),
        }
    }
}

/// Whether the code fits one statement.
fn is_short(script: &Script<'_>) -> bool {
    script.first_line == 1 && script.len() < OUTBOX
}

/// A byte as it is written between quotes.
fn escape(byte: u8) -> Vec<u8, 4> {
    let mut escaped = Vec::new();
    let _ = if byte.is_ascii() {
        core::ascii::escape_default(byte).try_for_each(|byte| escaped.push(byte))
    } else {
        escaped.push(byte)
    };
    escaped
}
