//! What a session knows, and what all of its phases do.

use heapless::Vec;

use super::phase::{End, Interrupt, Next, Phase};
use crate::repl::inbox::Inbox;
use crate::repl::scan::{self, Watch};
use crate::rpc::command::Timeout;

/// How many bytes a board can buffer without flow control while it is busy: the receive buffer of a micro:bit holds 63.
pub(super) const OUTBOX: usize = 62;

/// How long a program may take to end after it was interrupted, in milliseconds.
pub(super) const INTERRUPT_MS: u32 = 1000;

/// How long a board that seems to have restarted may take to confirm it, in milliseconds.
pub(super) const RESTARTED_MS: u32 = 500;

/// What a session knows.
#[derive(Debug)]
pub(super) struct State<const N: usize> {
    pub(super) phase: Phase,
    pub(super) inbox: Inbox<N>,
    /// How many bytes of the inbox were handed out, to be dropped by the next poll.
    pub(super) taken: usize,
    pub(super) outbox: Vec<u8, OUTBOX>,
    /// How many bytes of the outbox were sent.
    pub(super) sent: usize,
    /// Whether the board has raw paste; `None` if it was not asked.
    pub(super) has_raw_paste: Option<bool>,
    /// When the exchange began, and how long it may take.
    pub(super) begun: u32,
    pub(super) timeout: Timeout,
    /// When the current attempt to reach the raw prompt began, and how long it may take.
    pub(super) attempt_begun: u32,
    pub(super) attempt_ms: u32,
    pub(super) attempts: u16,
    /// How many bytes of the code were sent.
    pub(super) code_sent: usize,
    /// How many more bytes of code the board takes, and by how many each acknowledgement raises that.
    pub(super) credit: usize,
    pub(super) window: usize,
    /// Whether the code was sent in statements that put it together.
    pub(super) is_wrapped: bool,
    /// Why and when Ctrl-C was sent.
    pub(super) interrupted: Option<(Interrupt, u32)>,
    pub(super) started: Watch,
    pub(super) banner: Watch,
    /// When the board seemed to have restarted, and was asked to confirm it.
    pub(super) may_have_restarted: Option<u32>,
    /// Whether the program was sent input.
    pub(super) has_input: bool,
    /// Whether the program has printed something.
    pub(super) has_output: bool,
}

impl<const N: usize> State<N> {
    pub(super) const fn new() -> Self {
        Self {
            phase: Phase::Unknown,
            inbox: Inbox::new(),
            taken: 0,
            outbox: Vec::new(),
            sent: 0,
            has_raw_paste: None,
            begun: 0,
            timeout: Timeout::Never,
            attempt_begun: 0,
            attempt_ms: 0,
            attempts: 0,
            code_sent: 0,
            credit: 0,
            window: 0,
            is_wrapped: false,
            interrupted: None,
            started: Watch::new(),
            banner: Watch::new(),
            may_have_restarted: None,
            has_input: false,
            has_output: false,
        }
    }

    /// Begins an exchange.
    pub(super) fn begin(&mut self, phase: Phase, timeout: Timeout, now: u32) {
        self.phase = phase;
        self.timeout = timeout;
        self.begun = now;
        self.outbox.clear();
        self.sent = 0;
        self.drop_taken();
    }

    /// Begins to run code.
    pub(super) fn begin_run(&mut self, timeout: Timeout, now: u32) {
        self.begin(Phase::Choosing, timeout, now);
        self.code_sent = 0;
        self.is_wrapped = false;
        self.interrupted = None;
        self.may_have_restarted = None;
        self.has_input = false;
        self.has_output = false;
        self.started = Watch::new();
        self.banner = Watch::new();
    }

    /// The first bytes of the inbox, which are dropped by the next poll.
    pub(super) fn take(&mut self, count: usize) -> &[u8] {
        let bytes = self.inbox.bytes();
        self.taken = count.min(bytes.len());
        bytes.get(..self.taken).unwrap_or_default()
    }

    /// Drops the bytes that were handed out.
    pub(super) fn drop_taken(&mut self) {
        self.inbox.drop_front(core::mem::take(&mut self.taken));
    }

    /// The bytes of the outbox that are to be sent.
    pub(super) fn unsent(&self) -> &[u8] {
        self.outbox.get(self.sent..).unwrap_or_default()
    }

    /// Adds bytes to the outbox. There is always room for them: what precedes them was sent, or is short.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        if self.unsent().is_empty() {
            self.outbox.clear();
            self.sent = 0;
        }
        let _ = self.outbox.extend_from_slice(bytes);
    }

    /// Sends Ctrl-C.
    pub(super) fn interrupt(&mut self, why: Interrupt, now: u32) {
        self.interrupted = Some((why, now));
        self.say(b"\x03");
    }

    /// When Ctrl-C was sent to a program that may not have begun by then. A board loses it until it has compiled the program.
    pub(super) fn interrupted_in_vain(&self) -> Option<u32> {
        match self.interrupted {
            Some((Interrupt::Requested, since)) if !self.has_output => Some(since),
            _ => None,
        }
    }

    /// Ends the exchange without knowing what the board does.
    pub(super) fn end_unknown(&mut self, end: End) -> Next {
        self.phase = Phase::Unknown;
        Next::Done(end)
    }

    /// Waits for a text, which ends the exchange.
    pub(super) fn wait_for(&mut self, text: &[u8], next: Phase) -> Next {
        match scan::find(self.inbox.bytes(), text) {
            Some(at) => {
                self.inbox.drop_front(at + text.len());
                self.phase = next;
                Next::Done(End::Good)
            }
            None => {
                self.inbox.keep_last(text.len() - 1);
                Next::Receive
            }
        }
    }

    /// Interrupts a program whose time is over, and gives up what does not end even then.
    pub(super) fn check_time(&mut self, now: u32) -> Option<Next> {
        let Timeout::Ms(timeout) = self.timeout else { return None };
        let is_over = match self.interrupted {
            Some((Interrupt::TimedOut, since)) if self.has_program() => {
                now.wrapping_sub(since) >= INTERRUPT_MS
            }
            _ if now.wrapping_sub(self.begun) < timeout => false,
            _ if self.has_program() => {
                self.interrupt(Interrupt::TimedOut, now);
                return Some(Next::Transmit);
            }
            _ => true,
        };
        if !is_over {
            return None;
        }
        let left = self.inbox.bytes().len();
        if self.has_program() && left > 0 {
            return Some(Next::Output(left));
        }
        Some(self.end_unknown(End::TimedOut { stopped: false }))
    }

    /// How long to wait for bytes, in milliseconds; `None` if forever.
    pub(super) fn wait_ms(&self, now: u32) -> Option<u32> {
        let left = |since: u32, ms: u32| ms.saturating_sub(now.wrapping_sub(since));
        let whole = match (self.timeout, self.interrupted) {
            (_, Some((Interrupt::TimedOut, since))) if self.has_program() => Some(left(since, INTERRUPT_MS)),
            (Timeout::Ms(timeout), _) => Some(left(self.begun, timeout)),
            (Timeout::Never, _) => None,
        };
        let part = match (self.phase, self.may_have_restarted) {
            (Phase::Activating | Phase::Syncing, _) => left(self.attempt_begun, self.attempt_ms),
            (Phase::Running, Some(since)) if self.has_input => left(since, RESTARTED_MS),
            (Phase::Running, None) => match self.interrupted_in_vain() {
                Some(since) => left(since, INTERRUPT_MS),
                None => return whole,
            },
            _ => return whole,
        };
        Some(whole.map_or(part, |whole| whole.min(part)))
    }

    /// Whether the board is running the program.
    fn has_program(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Confirming { .. })
    }
}
