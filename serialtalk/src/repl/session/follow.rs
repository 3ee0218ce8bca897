//! How a program's output is followed to its end.

use super::send::END_LENGTH;
use super::{Close, Interrupt, Phase, RESTARTED_MS, Session, Turn};
use crate::repl::Script;
use crate::repl::scan::{self, Scanned};

/// Asks a raw prompt to say what it is. Where the program only looked as if it had ended, it may read this instead.
const PROBE: &[u8] = b"\x01";

impl<const N: usize> Session<N> {
    pub(super) fn running(&mut self, script: &Script<'_>, now: u32) -> Turn {
        if let Some(since) = self.may_be_restarted
            && self.has_input
            && now.wrapping_sub(since) >= RESTARTED_MS
        {
            // The rest of what was meant for the program may stand at the prompt as a line.
            self.may_be_restarted = Some(now);
            self.say(b"\x03\x01");
            return Turn::Again;
        }
        let bytes = self.inbox.bytes();
        match scan::scan(bytes, self.inbox.is_full()) {
            Scanned::Output(count) => {
                let piece = bytes.get(..count).unwrap_or_default();
                let started = self.started.follow(scan::STARTED, piece);
                let prompt = self.banner.follow(scan::BANNER, piece);
                if prompt.is_some() && self.may_be_restarted.is_some() {
                    return self.give_up(Close::Restarted);
                }
                if started.is_some() || prompt.is_some() {
                    self.may_be_restarted = Some(now);
                    self.say(PROBE);
                }
                Turn::Output(count)
            }
            Scanned::End { text: 0 }
                if script.prints_text && self.may_be_restarted.is_none() && self.interrupted.is_none() =>
            {
                self.inbox.drop_front(END_LENGTH);
                self.phase = Phase::Prompt;
                Turn::Done(Close::Good)
            }
            Scanned::End { text } => {
                self.phase = Phase::Doubting { end: text + END_LENGTH };
                self.say(PROBE);
                Turn::Again
            }
            Scanned::Shorten(count) => {
                self.inbox.cut(scan::SHORTEN_AT, count);
                Turn::Again
            }
            Scanned::Unclear => Turn::Converse,
        }
    }

    /// Believes in the end once the prompt has answered; anything else that follows shows that it was output.
    pub(super) fn doubting(&mut self, end: usize) -> Turn {
        let bytes = self.inbox.bytes();
        let behind = bytes.get(end..).unwrap_or_default();
        let answer = scan::find(behind, scan::BANNER).map(|at| end + at);
        let before = bytes.get(..answer.unwrap_or(bytes.len())).unwrap_or_default();
        // An end of later: the one of before was output.
        if let Some(later) = scan::last_end(before).filter(|later| *later >= end) {
            self.phase = Phase::Running;
            return Turn::Output(later);
        }
        match answer {
            Some(answer) => {
                let whole = answer + scan::BANNER.len();
                self.phase = Phase::Prompt;
                match end - END_LENGTH {
                    0 => {
                        self.inbox.drop_front(whole);
                        Turn::Done(Close::Good)
                    }
                    text => Turn::Done(self.raised(text, whole)),
                }
            }
            None if self.inbox.is_full() => {
                self.phase = Phase::Running;
                Turn::Output(end)
            }
            None => Turn::Receive,
        }
    }

    /// A program that we have interrupted has run out of time; any other exception is its own.
    fn raised(&mut self, text: usize, whole: usize) -> Close {
        let is_ours = matches!(self.interrupted, Some((Interrupt::TimedOut, _)))
            && scan::find(self.inbox.bytes().get(..text + 1).unwrap_or_default(), b"KeyboardInterrupt")
                .is_some();
        if is_ours {
            self.inbox.drop_front(whole);
            return Close::TimedOut { stopped: true };
        }
        Close::Raised { text, end: whole }
    }
}
