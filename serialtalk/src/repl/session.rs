//! The exchange with a raw REPL, without input or output of its own.

mod activate;
mod follow;
mod phase;
mod send;
mod state;

use super::exception::Traceback;
use super::scan;
use super::script::Script;
use crate::rpc::command::Timeout;
use phase::{End, Interrupt, Next, Phase};
use state::State;

/// The state machine that every REPL driver drives.
///
/// A driver begins an exchange ([`activate`](Self::activate), [`run`](Self::run), [`exit`](Self::exit), …), then calls
/// [`poll`](Self::poll) repeatedly and does what it says, until that is [`Action::Done`].
///
/// `N` is the size of its buffer in bytes, at least 128: how much is read at once, and how much of an exception's text is
/// kept.
#[derive(Debug)]
pub struct Session<const N: usize = 512> {
    state: State<N>,
}

/// What a driver is to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Action<'s> {
    /// Send the first of these bytes, then report with [`consume`](Session::consume) how many.
    Transmit(&'s [u8]),
    /// Read into [`recv_buf`](Session::recv_buf) and report it with [`commit`](Session::commit).
    Receive {
        /// How long to wait at most, in milliseconds; `None` if forever.
        wait_ms: Option<u32>,
    },
    /// Send input to the program that runs and report it with [`conversed`](Session::conversed); read as for `Receive` if
    /// there is none.
    Converse {
        /// How long to wait at most, in milliseconds; `None` if forever.
        wait_ms: Option<u32>,
    },
    /// Take this output of the program.
    Output(&'s [u8]),
    /// Nothing: the exchange has ended.
    Done(Ending<'s>),
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending<'s> {
    /// As intended.
    Good,
    /// The program raised an exception.
    Raised(Traceback<'s>),
    /// Its time was over. A program was interrupted by Ctrl-C.
    TimedOut {
        /// Whether the program ended when it was interrupted, so that the board is at its prompt again. If not, or if
        /// there was no program, nothing is known about what the board does.
        stopped: bool,
    },
    /// The board restarted.
    Restarted,
    /// The board sent these bytes, which a raw REPL does not send.
    Unexpected(&'s [u8]),
    /// The code contains this control character, which the board would take for a command. Nothing was sent.
    Unsendable(u8),
}

impl<const N: usize> Default for Session<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Session<N> {
    /// Creates a session with a board about which nothing is known.
    pub const fn new() -> Self {
        const { assert!(N >= 128, "the buffer of a session has at least 128 bytes") }
        Self { state: State::new() }
    }

    /// Whether the board is at its raw prompt, so that code can be [run](Self::run).
    pub fn is_active(&self) -> bool {
        self.state.phase == Phase::Prompt
    }

    /// Whether the board has received all the code and runs it.
    pub fn is_running(&self) -> bool {
        self.state.phase == Phase::Running && self.state.unsent().is_empty()
    }

    /// Whether the board has raw paste; `None` before a program of more than 61 bytes was run on it.
    pub fn has_raw_paste(&self) -> Option<bool> {
        self.state.has_raw_paste
    }

    /// Begins to bring the board to its raw prompt, whatever it does: a program is interrupted, a SerialTalk peer leaves
    /// its command loop.
    pub fn activate(&mut self, timeout_ms: u32, now: u32) {
        self.state.begin(Phase::Activating, Timeout::Ms(timeout_ms), now);
        self.state.attempts = 0;
        self.state.begin_attempt(now);
    }

    /// Begins to run code on a board that is [active](Self::is_active).
    pub fn run(&mut self, timeout: Timeout, now: u32) {
        self.state.begin_run(timeout, now);
    }

    /// Begins to leave raw mode for the friendly prompt.
    pub fn exit(&mut self, timeout_ms: u32, now: u32) {
        self.state.begin(Phase::Leaving, Timeout::Ms(timeout_ms), now);
        self.state.say(b"\x02");
    }

    /// Begins a soft reset that ends at the raw prompt: all names and modules are forgotten, `main.py` does not run.
    pub fn soft_reset(&mut self, timeout_ms: u32, now: u32) {
        self.state.begin(Phase::Resetting, Timeout::Ms(timeout_ms), now);
        self.state.say(b"\x04");
    }

    /// Begins a soft reset after which `main.py` runs, if there is one.
    pub fn restart(&mut self, timeout_ms: u32, now: u32) {
        self.state.begin(Phase::Restarting, Timeout::Ms(timeout_ms), now);
        self.state.say(b"\x02\x04");
    }

    /// Sends Ctrl-C to the program that runs, and again each second as long as the program prints nothing: a board that has not
    /// begun it yet loses that byte. The exchange continues until the program ends, by that or by itself.
    ///
    /// Returns whether there is something to be sent: nothing if no program runs, or if it was interrupted before.
    pub fn interrupt(&mut self, now: u32) -> bool {
        let is_first = self.is_running() && self.state.interrupted.is_none();
        if is_first {
            self.state.interrupt(Interrupt::Requested, now);
        }
        is_first
    }

    /// Gives up the exchange. Nothing is known then about what the board does.
    pub fn abandon(&mut self) {
        self.state.phase = Phase::Unknown;
    }

    /// The buffer to be read into. It is not empty after an action that asks for it.
    ///
    /// It is one byte long before a program begins: the bytes that follow belong to whoever talks with the program.
    pub fn recv_buf(&mut self) -> &mut [u8] {
        let is_before_program = matches!(
            self.state.phase,
            Phase::Pasting | Phase::Pasted | Phase::Acknowledging { is_last: true } | Phase::Restarting
        );
        let free = self.state.inbox.recv_buf();
        if is_before_program { free.get_mut(..1).unwrap_or_default() } else { free }
    }

    /// Reports that `count` bytes were read into the receive buffer.
    pub fn commit(&mut self, count: usize) {
        self.state.inbox.commit(count);
    }

    /// Reports that the first `count` bytes of [`Action::Transmit`] were sent.
    pub fn consume(&mut self, count: usize) {
        let state = &mut self.state;
        if state.unsent().is_empty() {
            state.code_sent = state.code_sent.saturating_add(count);
            state.credit = state.credit.saturating_sub(count);
        } else {
            state.sent = state.sent.saturating_add(count);
        }
    }

    /// Reports that the program was sent input.
    pub fn conversed(&mut self) {
        self.state.has_input = true;
    }

    /// Says what is to be done next. `script` is the code that is run; it must not change until that has ended.
    pub fn poll<'s>(&'s mut self, script: &'s Script<'_>, now: u32) -> Action<'s> {
        self.state.drop_taken();
        loop {
            match self.next(script, now) {
                Next::Again => {}
                Next::Transmit => return Action::Transmit(self.state.unsent()),
                Next::Paste => {
                    let rest = script.rest(self.state.code_sent);
                    return Action::Transmit(rest.get(..self.state.credit).unwrap_or(rest));
                }
                Next::Receive => return Action::Receive { wait_ms: self.state.wait_ms(now) },
                Next::Converse => return Action::Converse { wait_ms: self.state.wait_ms(now) },
                Next::Output(count) => return Action::Output(self.state.take(count)),
                Next::Done(end) => return Action::Done(self.ending(end)),
            }
        }
    }

    fn next(&mut self, script: &Script<'_>, now: u32) -> Next {
        let state = &mut self.state;
        if matches!(state.phase, Phase::Unknown | Phase::Prompt) {
            return Next::Done(End::Good);
        }
        if state.phase == Phase::Choosing
            && let Some(control) = script.control()
        {
            state.phase = Phase::Prompt;
            return Next::Done(End::Unsendable(control));
        }
        if !state.unsent().is_empty() {
            return Next::Transmit;
        }
        if let Some(next) = state.check_time(now) {
            return next;
        }
        match state.phase {
            Phase::Unknown | Phase::Prompt => Next::Done(End::Good),
            Phase::Activating => state.activating(now),
            Phase::Syncing => state.syncing(now),
            Phase::Choosing => state.choosing(script),
            Phase::Asking => state.asking(),
            Phase::Pasting => state.pasting(script),
            Phase::Pasted => state.pasted(),
            Phase::SendingStatement => state.sending_statement(script),
            Phase::Acknowledging { is_last } => state.acknowledging(is_last),
            Phase::Assembling => state.assembling(),
            Phase::Running => state.running(script, now),
            Phase::Confirming { end } => state.confirming(end),
            Phase::Leaving => state.wait_for(scan::FRIENDLY_PROMPT, Phase::Unknown),
            Phase::Resetting => state.wait_for(scan::BANNER, Phase::Prompt),
            Phase::Restarting => state.wait_for(b"reboot\r\n", Phase::Unknown),
        }
    }

    fn ending(&mut self, end: End) -> Ending<'_> {
        match end {
            End::Good => Ending::Good,
            End::Restarted => Ending::Restarted,
            End::Unsendable(byte) => Ending::Unsendable(byte),
            End::TimedOut { stopped } => Ending::TimedOut { stopped },
            End::Unexpected => Ending::Unexpected(self.state.take(usize::MAX)),
            End::Raised { text, end } => {
                let is_wrapped = self.state.is_wrapped;
                let text = self.state.take(end).get(1..1 + text).unwrap_or_default();
                Ending::Raised(Traceback::new(text, is_wrapped))
            }
        }
    }
}
