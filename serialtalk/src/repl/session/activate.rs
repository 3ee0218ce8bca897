//! How a board is brought to its raw prompt.

use super::{Close, Phase, Session, Turn};
use crate::repl::scan;

/// Interrupt, interrupt, raw mode. Harmless where raw mode is on already.
const RAISE: &[u8] = b"\x03\x03\x01";

/// The command of a SerialTalk peer that leaves its command loop, as a frame. At a prompt it is a line that the Ctrl-C
/// behind it throws away.
const ENABLE_REPL: &[u8] = b"<\x0e\x0benable repl\x01z>";

/// How long the first try may take, in milliseconds. Each later one may take half as long again: a board may be slow.
const PATIENCE_MS: u32 = 150;

/// The longest try.
const MOST_PATIENCE_MS: u32 = 2000;

/// The prompt that people use.
pub(super) const FRIENDLY: &[u8] = b">>> ";

/// The ways in which the answer to a program that prints ends.
const ANSWERED: [&[u8]; 2] = [b"\r\n\x04\x04>", b"\n\x04\x04>"];

impl<const N: usize> Session<N> {
    /// Begins a try: every other one asks a SerialTalk peer first, with which Ctrl-C may be turned off.
    pub(super) fn raise(&mut self, now: u32) {
        self.phase = Phase::Raising;
        self.tried = now;
        self.patience = match self.tries {
            0 => PATIENCE_MS,
            _ => (self.patience + self.patience / 2).min(MOST_PATIENCE_MS),
        };
        self.inbox.clear();
        if self.tries % 2 == 1 {
            self.say(ENABLE_REPL);
        }
        self.say(RAISE);
        self.tries = self.tries.wrapping_add(1);
    }

    pub(super) fn raising(&mut self, now: u32) -> Turn {
        let bytes = self.inbox.bytes();
        if let Some(at) = scan::find(bytes, scan::BANNER) {
            self.inbox.drop_front(at + scan::BANNER.len());
            self.phase = Phase::Syncing;
            self.ask_for_sign();
            return Turn::Again;
        }
        if let Some(at) = scan::find(bytes, FRIENDLY) {
            // What stood behind the Ctrl-C may be lost with the program that it has ended.
            self.inbox.drop_front(at + FRIENDLY.len());
            self.say(b"\x01");
            return Turn::Again;
        }
        self.inbox.keep_last(scan::BANNER.len() - 1);
        self.receive_or_retry(now)
    }

    /// Sends a program that prints what no other has printed, and what its own text does not hold: an echo of it is no
    /// answer. Everything that comes before the answer is of before.
    fn ask_for_sign(&mut self) {
        self.say(b"print('s'+'");
        self.say(&self.sign());
        self.say(b"')\x04");
    }

    /// Five digits that are others in each try.
    fn sign(&self) -> [u8; 5] {
        let mut number = u32::from(self.tries).wrapping_mul(7919).wrapping_add(self.tried);
        [(); 5].map(|()| {
            let digit = number % 10;
            number /= 10;
            b'0' + digit as u8
        })
    }

    pub(super) fn syncing(&mut self, now: u32) -> Turn {
        let mut answer = *b"OKs-----";
        for (to, from) in answer.iter_mut().skip(3).zip(self.sign()) {
            *to = from;
        }
        let bytes = self.inbox.bytes();
        match scan::find(bytes, &answer) {
            Some(at) => {
                let behind = bytes.get(at + answer.len()..).unwrap_or_default();
                if let Some(end) = ANSWERED.into_iter().find(|end| behind.starts_with(end)) {
                    self.inbox.drop_front(at + answer.len() + end.len());
                    self.phase = Phase::Prompt;
                    return Turn::Done(Close::Good);
                }
                self.inbox.drop_front(at);
            }
            None => self.inbox.keep_last(answer.len() - 1),
        }
        if self.inbox.is_full() {
            self.inbox.clear();
        }
        self.receive_or_retry(now)
    }

    fn receive_or_retry(&mut self, now: u32) -> Turn {
        if now.wrapping_sub(self.tried) < self.patience {
            return Turn::Receive;
        }
        self.raise(now);
        Turn::Again
    }
}
