//! The exchange with a raw REPL, without any input or output of its own.

mod activate;
mod follow;
mod send;

use heapless::Vec;

use super::Script;
use super::exception::Traceback;
use super::inbox::Inbox;
use super::scan::{self, Watch};
use crate::command::Timeout;

/// The state machine under every REPL driver.
///
/// Begin something ([`activate`](Self::activate), [`run`](Self::run), [`exit`](Self::exit), …), then ask for one
/// [`step`](Self::step) after the other and do what it says, until it is [`Step::Done`].
///
/// `N` is the size of its buffer in bytes, at least 128: what it reads at once, and how much of an exception's text it keeps.
#[derive(Debug)]
pub struct Session<const N: usize = 512> {
    phase: Phase,
    inbox: Inbox<N>,
    /// What has been handed out of the inbox, to be forgotten at the next step.
    taken: usize,
    outbox: Vec<u8, OUTBOX>,
    /// How much of the outbox went out.
    sent: usize,
    /// Whether the board has raw paste; none if nobody has asked.
    has_paste: Option<bool>,
    begun: u32,
    limit: Timeout,
    /// When this try began, and how long it may take.
    tried: u32,
    patience: u32,
    tries: u16,
    /// How much of the code went out, and how much more the board takes.
    code_sent: usize,
    credit: usize,
    window: usize,
    /// Whether the code went out in statements that put it together.
    is_wrapped: bool,
    /// Set when Ctrl-C was sent: why, and when.
    interrupted: Option<(Interrupt, u32)>,
    started: Watch,
    banner: Watch,
    /// When the board seemed to have restarted, and was asked whether it has.
    may_be_restarted: Option<u32>,
    /// Whether the program was sent something to read.
    has_input: bool,
}

/// What a board that receives without flow control can hold while it is busy, and an outbox of that size: the receive
/// buffer of a micro:bit holds 63 bytes.
const OUTBOX: usize = 62;

/// How long a program may take to end once it was interrupted.
const INTERRUPT_MS: u32 = 1000;

/// How long a board that seems to have restarted may take to say so, before it is told to forget what it took for a line.
const RESTARTED_MS: u32 = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interrupt {
    TimedOut,
    Wanted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing is known about what the board does.
    Unknown,
    /// The board is at its raw prompt.
    Prompt,
    /// Trying to get there.
    Raising,
    /// Waiting for the answer of a program that says that we are there.
    Syncing,
    /// Has code to send.
    Choosing,
    /// Asked for raw paste.
    Asking,
    /// Sending code under flow control.
    Pasting,
    /// All code is sent; the board has to say that it has it.
    Pasted,
    /// Sending code in statements that are small enough.
    Stating,
    /// Waiting for the board to say that it has a statement: the last one runs the code.
    Accepting { is_last: bool },
    /// A statement that puts code together does so.
    Assembling,
    /// The program runs.
    Running,
    /// What looks like the end of the program has come, so many bytes of it, and the prompt was asked whether it is.
    Doubting { end: usize },
    /// Waiting for the prompt that is not raw.
    Leaving,
    /// Waiting for the raw prompt of a board that starts anew.
    Resetting,
    /// Waiting for a board to say that it starts anew.
    Restarting,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<'s> {
    /// Send the first of these bytes, then say [`sent`](Session::sent) how many.
    Send(&'s [u8]),
    /// Read into [`spare`](Session::spare), waiting at most so many milliseconds (for ever if none), then say
    /// [`received`](Session::received).
    Receive(Option<u32>),
    /// The same while a program runs, which may be sent something to read instead.
    Converse(Option<u32>),
    /// The program has printed this.
    Output(&'s [u8]),
    /// What was begun has come to its end.
    Done(Ending<'s>),
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending<'s> {
    /// As it should.
    Good,
    /// The program raised an exception.
    Raised(Traceback<'s>),
    /// Time was over. A program was interrupted by Ctrl-C; `stopped` says that it ended by that. If it did not, or where
    /// there was no program, nothing is known about the board.
    TimedOut {
        /// Whether the board is at its prompt again.
        stopped: bool,
    },
    /// The board has restarted meanwhile.
    Restarted,
    /// The board sent this where a raw REPL says something else.
    Unexpected(&'s [u8]),
    /// The code has a control character in it that the board would take for a command. Nothing was sent.
    Unsendable(u8),
}

impl<const N: usize> Default for Session<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Session<N> {
    /// A session with a board of which nothing is known.
    pub const fn new() -> Self {
        Self {
            phase: Phase::Unknown,
            inbox: Inbox::new(),
            taken: 0,
            outbox: Vec::new(),
            sent: 0,
            has_paste: None,
            begun: 0,
            limit: Timeout::Never,
            tried: 0,
            patience: 0,
            tries: 0,
            code_sent: 0,
            credit: 0,
            window: 0,
            is_wrapped: false,
            interrupted: None,
            started: Watch::new(),
            banner: Watch::new(),
            may_be_restarted: None,
            has_input: false,
        }
    }

    /// Whether the board waits for code.
    pub fn is_active(&self) -> bool {
        self.phase == Phase::Prompt
    }

    /// Whether the board has raw paste; none before a program was run on it that is longer than 61 bytes.
    pub fn has_raw_paste(&self) -> Option<bool> {
        self.has_paste
    }

    /// Whether the board has all the code and is running it.
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running && self.unsent().is_empty()
    }

    /// Begins to bring the board to its raw prompt, whatever it does: interrupts a program, leaves the command loop of
    /// a SerialTalk peer.
    pub fn activate(&mut self, within_ms: u32, now: u32) {
        self.begin(Phase::Raising, Timeout::Ms(within_ms), now);
        self.tries = 0;
        self.raise(now);
    }

    /// Begins to run code on a board that [waits for it](Self::is_active).
    pub fn run(&mut self, limit: Timeout, now: u32) {
        self.begin(Phase::Choosing, limit, now);
        self.code_sent = 0;
        self.is_wrapped = false;
        self.interrupted = None;
        self.may_be_restarted = None;
        self.has_input = false;
        self.started = Watch::new();
        self.banner = Watch::new();
    }

    /// Begins to leave raw mode for the prompt that people use.
    pub fn exit(&mut self, within_ms: u32, now: u32) {
        self.begin(Phase::Leaving, Timeout::Ms(within_ms), now);
        self.say(b"\x02");
    }

    /// Begins a soft reset that comes back to the raw prompt: every name and module of before is gone, `main.py` does not run.
    pub fn soft_reset(&mut self, within_ms: u32, now: u32) {
        self.begin(Phase::Resetting, Timeout::Ms(within_ms), now);
        self.say(b"\x04");
    }

    /// Begins a soft reset after which `main.py` runs, if there is one.
    pub fn restart(&mut self, within_ms: u32, now: u32) {
        self.begin(Phase::Restarting, Timeout::Ms(within_ms), now);
        self.say(b"\x02\x04");
    }

    /// Stops the program that runs with Ctrl-C. It goes on until it ends by that, or by itself.
    pub fn interrupt(&mut self, now: u32) {
        if self.is_running() && self.interrupted.is_none() {
            self.interrupt_for(Interrupt::Wanted, now);
        }
    }

    /// Gives up what was begun. What the board does is then not known.
    pub fn abandon(&mut self) {
        self.phase = Phase::Unknown;
    }

    /// Where the bytes go that the board sends. Never empty if the last step was to read.
    ///
    /// It is one byte long before a program begins: what comes from then on belongs to whoever talks with the program.
    pub fn spare(&mut self) -> &mut [u8] {
        let is_before_program = matches!(
            self.phase,
            Phase::Pasting | Phase::Pasted | Phase::Accepting { is_last: true } | Phase::Restarting
        );
        let spare = self.inbox.spare();
        if is_before_program { spare.get_mut(..1).unwrap_or_default() } else { spare }
    }

    /// So many bytes were read.
    pub fn received(&mut self, count: usize) {
        self.inbox.received(count);
    }

    /// So many bytes went out of those that were to be sent.
    pub fn sent(&mut self, count: usize) {
        if self.unsent().is_empty() {
            self.code_sent = self.code_sent.saturating_add(count);
            self.credit = self.credit.saturating_sub(count);
        } else {
            self.sent = self.sent.saturating_add(count);
        }
    }

    /// The program was sent something to read.
    pub fn conversed(&mut self) {
        self.has_input = true;
    }

    /// What is to be done next for what was begun. `script` is the code that is run, the same until that has ended.
    pub fn step<'s>(&'s mut self, script: &'s Script<'_>, now: u32) -> Step<'s> {
        self.inbox.drop_front(core::mem::take(&mut self.taken));
        loop {
            match self.turn(script, now) {
                Turn::Again => {}
                Turn::Send => return Step::Send(self.unsent()),
                Turn::Paste => {
                    let rest = script.rest(self.code_sent);
                    return Step::Send(rest.get(..self.credit).unwrap_or(rest));
                }
                Turn::Receive => return Step::Receive(self.wait(now)),
                Turn::Converse => return Step::Converse(self.wait(now)),
                Turn::Output(count) => return Step::Output(self.take(count)),
                Turn::Done(close) => return Step::Done(self.close(close)),
            }
        }
    }

    fn turn(&mut self, script: &Script<'_>, now: u32) -> Turn {
        if matches!(self.phase, Phase::Unknown | Phase::Prompt) {
            return Turn::Done(Close::Good);
        }
        if self.phase == Phase::Choosing
            && let Some(control) = script.control()
        {
            self.phase = Phase::Prompt;
            return Turn::Done(Close::Unsendable(control));
        }
        if !self.unsent().is_empty() {
            return Turn::Send;
        }
        if let Some(turn) = self.out_of_time(now) {
            return turn;
        }
        match self.phase {
            Phase::Unknown | Phase::Prompt => Turn::Done(Close::Good),
            Phase::Raising => self.raising(now),
            Phase::Syncing => self.syncing(now),
            Phase::Choosing => self.choosing(script),
            Phase::Asking => self.asking(),
            Phase::Pasting => self.pasting(script),
            Phase::Pasted => self.pasted(),
            Phase::Stating => self.stating(script),
            Phase::Accepting { is_last } => self.accepting(is_last),
            Phase::Assembling => self.assembling(),
            Phase::Running => self.running(script, now),
            Phase::Doubting { end } => self.doubting(end),
            Phase::Leaving => self.wait_for(activate::FRIENDLY, Phase::Unknown),
            Phase::Resetting => self.wait_for(scan::BANNER, Phase::Prompt),
            Phase::Restarting => self.wait_for(b"reboot\r\n", Phase::Unknown),
        }
    }

    /// The first bytes of the inbox, which are forgotten at the next step.
    fn take(&mut self, count: usize) -> &[u8] {
        let bytes = self.inbox.bytes();
        self.taken = count.min(bytes.len());
        bytes.get(..self.taken).unwrap_or_default()
    }

    fn close(&mut self, close: Close) -> Ending<'_> {
        match close {
            Close::Good => Ending::Good,
            Close::Restarted => Ending::Restarted,
            Close::Unsendable(byte) => Ending::Unsendable(byte),
            Close::TimedOut { stopped } => Ending::TimedOut { stopped },
            Close::Unexpected => Ending::Unexpected(self.take(usize::MAX)),
            Close::Raised { text, end } => {
                let is_wrapped = self.is_wrapped;
                Ending::Raised(Traceback::new(
                    self.take(end).get(1..1 + text).unwrap_or_default(),
                    is_wrapped,
                ))
            }
        }
    }

    fn begin(&mut self, phase: Phase, limit: Timeout, now: u32) {
        self.phase = phase;
        self.limit = limit;
        self.begun = now;
        self.outbox.clear();
        self.sent = 0;
        self.inbox.drop_front(core::mem::take(&mut self.taken));
    }

    fn unsent(&self) -> &[u8] {
        self.outbox.get(self.sent..).unwrap_or_default()
    }

    /// Puts something into the outbox, which has room: nothing else is in it but what was sent.
    fn say(&mut self, bytes: &[u8]) {
        if self.unsent().is_empty() {
            self.outbox.clear();
            self.sent = 0;
        }
        let _ = self.outbox.extend_from_slice(bytes);
    }

    fn interrupt_for(&mut self, why: Interrupt, now: u32) {
        self.interrupted = Some((why, now));
        self.say(b"\x03");
    }

    /// Looks at the clock: interrupts a program whose time is over, and gives up what does not end even so.
    fn out_of_time(&mut self, now: u32) -> Option<Turn> {
        let Timeout::Ms(limit) = self.limit else { return None };
        let stop = match self.interrupted {
            Some((Interrupt::TimedOut, since)) if self.is_with_program() => {
                now.wrapping_sub(since) >= INTERRUPT_MS
            }
            _ if now.wrapping_sub(self.begun) < limit => false,
            _ if self.is_with_program() => {
                self.interrupt_for(Interrupt::TimedOut, now);
                return Some(Turn::Send);
            }
            _ => true,
        };
        if !stop {
            return None;
        }
        let left = self.inbox.bytes().len();
        if self.is_with_program() && left > 0 {
            return Some(Turn::Output(left));
        }
        Some(self.give_up(Close::TimedOut { stopped: false }))
    }

    fn is_with_program(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Doubting { .. })
    }

    /// How long to wait for bytes.
    fn wait(&self, now: u32) -> Option<u32> {
        let left = |since: u32, limit: u32| limit.saturating_sub(now.wrapping_sub(since));
        let whole = match (self.limit, self.interrupted) {
            (_, Some((Interrupt::TimedOut, since))) if self.is_with_program() => {
                Some(left(since, INTERRUPT_MS))
            }
            (Timeout::Ms(limit), _) => Some(left(self.begun, limit)),
            (Timeout::Never, _) => None,
        };
        match self.phase {
            Phase::Raising | Phase::Syncing => {
                let this = left(self.tried, self.patience);
                Some(whole.map_or(this, |whole| whole.min(this)))
            }
            Phase::Running => match self.may_be_restarted {
                Some(since) if self.has_input => {
                    let this = left(since, RESTARTED_MS);
                    Some(whole.map_or(this, |whole| whole.min(this)))
                }
                _ => whole,
            },
            _ => whole,
        }
    }

    /// Waits for a text, then goes over to `next`.
    fn wait_for(&mut self, text: &[u8], next: Phase) -> Turn {
        match scan::find(self.inbox.bytes(), text) {
            Some(at) => {
                self.inbox.drop_front(at + text.len());
                self.phase = next;
                Turn::Done(Close::Good)
            }
            None => {
                self.inbox.keep_last(text.len() - 1);
                Turn::Receive
            }
        }
    }
}

/// A [`Step`], before anything is borrowed for it.
enum Turn {
    Again,
    /// Send what is in the outbox.
    Send,
    /// Send code, as much as the board takes.
    Paste,
    Receive,
    Converse,
    Output(usize),
    Done(Close),
}

/// An [`Ending`], before anything is borrowed for it.
enum Close {
    Good,
    /// The length of an exception's text, and of all that ended the program.
    Raised {
        text: usize,
        end: usize,
    },
    TimedOut {
        stopped: bool,
    },
    Restarted,
    Unexpected,
    Unsendable(u8),
}
