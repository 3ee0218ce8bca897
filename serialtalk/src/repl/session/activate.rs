//! Brings a board to its raw prompt.

use super::phase::{End, Next, Phase};
use super::state::State;
use crate::codec::payload_writer::PayloadWriter;
use crate::repl::scan;
use crate::wire::frame::{FrameWriter, Head, MIN_BUFFER};

/// Interrupt, interrupt, raw mode. Harmless in raw mode.
const ENTER_RAW_MODE: &[u8] = b"\x03\x03\x01";

/// How long the first attempt may take, in milliseconds. Each later one may take half as long again: a board may be slow.
const FIRST_ATTEMPT_MS: u32 = 150;

/// How long the longest attempt may take, in milliseconds.
const LONGEST_ATTEMPT_MS: u32 = 2000;

/// What may follow the output of a program that prints a line.
const ENDS_OF_LINE: [&[u8]; 2] = [b"\r\n\x04\x04>", b"\n\x04\x04>"];

impl<const N: usize> State<N> {
    /// Begins an attempt. Every second one first asks a SerialTalk peer, which may have turned off Ctrl-C.
    pub(super) fn begin_attempt(&mut self, now: u32) {
        self.phase = Phase::Activating;
        self.attempt_begun = now;
        self.attempt_ms = match self.attempts {
            0 => FIRST_ATTEMPT_MS,
            _ => (self.attempt_ms + self.attempt_ms / 2).min(LONGEST_ATTEMPT_MS),
        };
        self.inbox.clear();
        if self.attempts % 2 == 1 {
            self.say_enable_repl();
        }
        self.say(ENTER_RAW_MODE);
        self.attempts = self.attempts.wrapping_add(1);
    }

    /// Sends the command with which a SerialTalk peer leaves its command loop. At a prompt it is a line that the Ctrl-C after
    /// it discards.
    fn say_enable_repl(&mut self) {
        let mut buffer = [0; MIN_BUFFER];
        let mut frame = FrameWriter::new(&mut buffer, Head::command(b"enable repl"));
        PayloadWriter::new(&mut frame).no_arguments();
        if let Ok(size) = frame.finish() {
            self.say(frame.bytes(size));
        }
    }

    pub(super) fn activating(&mut self, now: u32) -> Next {
        let bytes = self.inbox.bytes();
        if let Some(at) = scan::find(bytes, scan::BANNER) {
            self.inbox.drop_front(at + scan::BANNER.len());
            self.phase = Phase::Syncing;
            self.send_token_program();
            return Next::Again;
        }
        if let Some(at) = scan::find(bytes, scan::FRIENDLY_PROMPT) {
            // What followed the Ctrl-C may have been lost together with the program that it ended.
            self.inbox.drop_front(at + scan::FRIENDLY_PROMPT.len());
            self.say(b"\x01");
            return Next::Again;
        }
        self.inbox.keep_last(scan::BANNER.len() - 1);
        self.receive_or_retry(now)
    }

    /// Sends a program that prints a token. Its text does not contain what it prints, so an echo is not taken for the
    /// answer. Everything that arrives before the answer is output of earlier programs.
    fn send_token_program(&mut self) {
        self.say(b"print('s'+'");
        self.say(&self.token());
        self.say(b"')\x04");
    }

    /// Five digits that differ in each attempt.
    fn token(&self) -> [u8; 5] {
        let mut number = u32::from(self.attempts).wrapping_mul(7919).wrapping_add(self.attempt_begun);
        [(); 5].map(|()| {
            let digit = number % 10;
            number /= 10;
            b'0' + digit as u8
        })
    }

    pub(super) fn syncing(&mut self, now: u32) -> Next {
        let mut answer = *b"OKs-----";
        for (to, from) in answer.iter_mut().skip(3).zip(self.token()) {
            *to = from;
        }
        let bytes = self.inbox.bytes();
        match scan::find(bytes, &answer) {
            Some(at) => {
                let rest = bytes.get(at + answer.len()..).unwrap_or_default();
                if let Some(end) = ENDS_OF_LINE.into_iter().find(|end| rest.starts_with(end)) {
                    self.inbox.drop_front(at + answer.len() + end.len());
                    self.phase = Phase::Prompt;
                    return Next::Done(End::Good);
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

    fn receive_or_retry(&mut self, now: u32) -> Next {
        if now.wrapping_sub(self.attempt_begun) < self.attempt_ms {
            return Next::Receive;
        }
        self.begin_attempt(now);
        Next::Again
    }
}
