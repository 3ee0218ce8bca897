//! Follows the output of a program to its end.

use super::phase::{End, Interrupt, Next, Phase};
use super::state::{INTERRUPT_MS, RESTARTED_MS, State};
use crate::repl::scan::{self, END_LENGTH, Scanned};
use crate::repl::script::Script;

/// Makes a raw prompt send its banner. A program that has not ended may read this byte instead.
const PROBE: &[u8] = b"\x01";

impl<const N: usize> State<N> {
    pub(super) fn running(&mut self, script: &Script<'_>, now: u32) -> Next {
        if let Some(since) = self.may_have_restarted
            && self.has_input
            && now.wrapping_sub(since) >= RESTARTED_MS
        {
            // The prompt may have taken the rest of the program's input for the beginning of a line.
            self.may_have_restarted = Some(now);
            self.say(b"\x03\x01");
            return Next::Again;
        }
        if let Some(since) = self.interrupted_in_vain()
            && now.wrapping_sub(since) >= INTERRUPT_MS
        {
            self.interrupt(Interrupt::Requested, now);
            return Next::Again;
        }
        let bytes = self.inbox.bytes();
        match scan::scan(bytes, self.inbox.is_full()) {
            Scanned::Output(count) => {
                self.has_output = true;
                let piece = bytes.get(..count).unwrap_or_default();
                let started = self.started.follow(scan::STARTED, piece);
                let prompt = self.banner.follow(scan::BANNER, piece);
                if prompt.is_some() && self.may_have_restarted.is_some() {
                    return self.end_unknown(End::Restarted);
                }
                if started.is_some() || prompt.is_some() {
                    self.may_have_restarted = Some(now);
                    self.say(PROBE);
                }
                Next::Output(count)
            }
            Scanned::End { text: 0 }
                if script.prints_text && self.may_have_restarted.is_none() && self.interrupted.is_none() =>
            {
                self.inbox.drop_front(END_LENGTH);
                self.phase = Phase::Prompt;
                Next::Done(End::Good)
            }
            Scanned::End { text } => {
                self.phase = Phase::Confirming { end: text + END_LENGTH };
                self.say(PROBE);
                Next::Again
            }
            Scanned::Shorten(count) => {
                self.inbox.cut(scan::SHORTEN_AT, count);
                Next::Again
            }
            Scanned::Incomplete => Next::Converse,
        }
    }

    /// Accepts the end once the prompt has answered; anything else that follows shows that it was output.
    pub(super) fn confirming(&mut self, end: usize) -> Next {
        let bytes = self.inbox.bytes();
        let rest = bytes.get(end..).unwrap_or_default();
        let answer = scan::find(rest, scan::BANNER).map(|at| end + at);
        let before = bytes.get(..answer.unwrap_or(bytes.len())).unwrap_or_default();
        // A later end: the earlier one was output.
        if let Some(later) = scan::last_end(before).filter(|later| *later >= end) {
            self.phase = Phase::Running;
            return Next::Output(later);
        }
        match answer {
            Some(answer) => {
                let whole = answer + scan::BANNER.len();
                self.phase = Phase::Prompt;
                match end - END_LENGTH {
                    0 => {
                        self.inbox.drop_front(whole);
                        Next::Done(End::Good)
                    }
                    text => Next::Done(self.raised(text, whole)),
                }
            }
            None if self.inbox.is_full() => {
                self.phase = Phase::Running;
                Next::Output(end)
            }
            None => Next::Receive,
        }
    }

    /// The end of a program that raised an exception, unless that is the effect of the Ctrl-C after its time was over.
    fn raised(&mut self, text: usize, whole: usize) -> End {
        let was_interrupted = matches!(self.interrupted, Some((Interrupt::TimedOut, _)))
            && scan::find(self.inbox.bytes().get(..text + 1).unwrap_or_default(), b"KeyboardInterrupt")
                .is_some();
        if was_interrupted {
            self.inbox.drop_front(whole);
            return End::TimedOut { stopped: true };
        }
        End::Raised { text, end: whole }
    }
}
