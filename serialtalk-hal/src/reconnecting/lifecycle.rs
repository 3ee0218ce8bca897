//! What becomes of a connection, and when the next is tried: without links, threads and clocks.
//!
//! A driver repeats: [`next`](Lifecycle::next), then what that says. It reports what comes of it with
//! [`begin`](Lifecycle::begin), [`end`](Lifecycle::end) and [`lose`](Lifecycle::lose). Times are counted from any moment on.

use core::fmt;
use core::time::Duration;

use serialtalk::{CallError, Context, Interface, Timeout};

use super::state::{ConnectionError, State};
use crate::LinkError;

/// The time between the loss of a connection and the next attempt. It doubles with each attempt that fails.
const SHORTEST_WAIT: Duration = Duration::from_millis(50);

/// The longest time between two attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// How long a peer may take to answer over a new link, in milliseconds: enough for a board to boot.
pub(crate) const READY_MS: u32 = 5000;

/// Decides when connections are made, and tells what becomes of them.
pub(crate) struct Lifecycle {
    port: String,
    phase: Phase,
    /// How long to wait before the next attempt.
    wait: Duration,
    /// Why there is no connection; `None` as long as nothing has failed.
    reason: Option<ConnectionError>,
    interfaces: Vec<&'static Interface>,
    /// How many of the interfaces the peer has been asked for.
    asked: usize,
    /// How long calls wait for the next connection.
    patience: Duration,
    listener: Option<Listener>,
    /// The reason that was told last, if that was the last that was told.
    told: Option<String>,
}

type Listener = Box<dyn FnMut(State<'_>) + Send>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing was tried.
    New,
    Attempt(Attempt),
    Connected,
    /// The link is open, and the peer has another contract.
    Mismatch,
    Lost {
        /// When the next attempt may be made.
        until: Duration,
        /// Whether there was a connection, and not only an attempt.
        was_connected: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attempt {
    /// To make the first connection.
    First,
    /// To make a connection after one was lost, or after an attempt that failed.
    Again,
    /// To compare more interfaces with the peer.
    Check,
}

/// What a driver has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Begin an attempt: open the link unless it is open, compare the interfaces, set up what was opened.
    Attempt,
    /// Wait for the end of the attempt.
    Await,
    /// Wait for this time.
    Wait(Duration),
    /// Use the link.
    Serve,
}

impl Lifecycle {
    /// Nothing was tried. `port` is the name of the link.
    pub(crate) fn new(port: &str) -> Self {
        Self {
            port: port.to_owned(),
            phase: Phase::New,
            wait: SHORTEST_WAIT,
            reason: None,
            interfaces: Vec::new(),
            asked: 0,
            patience: Duration::ZERO,
            listener: None,
            told: None,
        }
    }

    pub(crate) fn port(&self) -> &str {
        &self.port
    }

    pub(crate) fn set_listener(&mut self, listener: impl FnMut(State<'_>) + Send + 'static) {
        self.listener = Some(Box::new(listener));
    }

    pub(crate) fn set_patience(&mut self, ms: u32) {
        self.patience = Duration::from_millis(ms.into());
    }

    /// Adds an interface that the peer has to have.
    pub(crate) fn expect(&mut self, interface: &'static Interface) {
        let is_same = |known: &&Interface| (known.name, known.hash()) == (interface.name, interface.hash());
        if !self.interfaces.iter().any(is_same) {
            self.interfaces.push(interface);
        }
    }

    /// What to do at this time.
    pub(crate) fn next(&self, now: Duration) -> Next {
        match self.phase {
            Phase::New => Next::Attempt,
            Phase::Attempt(_) => Next::Await,
            Phase::Connected if !self.is_connected() => Next::Attempt,
            Phase::Connected | Phase::Mismatch => Next::Serve,
            Phase::Lost { until, .. } if until > now => Next::Wait(until - now),
            Phase::Lost { .. } => Next::Attempt,
        }
    }

    /// How long nothing is to be done, as far as that is known: `None` until the attempt ends, or bytes arrive.
    pub(crate) fn time_to_next(&self, now: Duration) -> Option<Duration> {
        match self.next(now) {
            Next::Attempt => Some(Duration::ZERO),
            Next::Wait(time) => Some(time),
            Next::Await | Next::Serve => None,
        }
    }

    /// Whether the link is open and the driver has it.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Connected | Phase::Mismatch)
    }

    /// Whether calls can be made.
    pub(crate) fn is_connected(&self) -> bool {
        self.phase == Phase::Connected && self.asked == self.interfaces.len()
    }

    /// Begins an attempt, and returns the interfaces to be compared.
    pub(crate) fn begin(&mut self) -> Vec<&'static Interface> {
        let attempt = match self.phase {
            Phase::New => Attempt::First,
            Phase::Connected => Attempt::Check,
            _ => Attempt::Again,
        };
        if matches!(self.phase, Phase::New | Phase::Lost { was_connected: true, .. }) {
            self.tell(|port| State::Connecting { port });
        }
        self.phase = Phase::Attempt(attempt);
        let interfaces = self.interfaces.get(self.asked..).unwrap_or_default().to_vec();
        self.asked = self.interfaces.len();
        interfaces
    }

    /// Ends the attempt.
    pub(crate) fn end(&mut self, outcome: Result<(), ConnectionError>, now: Duration) {
        let is_check = self.phase == Phase::Attempt(Attempt::Check);
        match outcome {
            Ok(()) => {
                self.phase = Phase::Connected;
                self.wait = SHORTEST_WAIT;
                self.reason = None;
                if !is_check {
                    self.tell(|port| State::Connected { port });
                }
            }
            Err(reason) if reason.is_mismatch() => {
                self.phase = Phase::Mismatch;
                self.wait = SHORTEST_WAIT;
                self.tell_lost(reason);
            }
            Err(reason) => self.leave(reason, is_check, now),
        }
    }

    /// There was a connection, and it is lost.
    pub(crate) fn lose(&mut self, reason: ConnectionError, now: Duration) {
        self.leave(reason, true, now);
    }

    fn leave(&mut self, reason: ConnectionError, was_connected: bool, now: Duration) {
        self.phase = Phase::Lost { until: now + self.wait, was_connected };
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
        self.asked = 0;
        self.tell_lost(reason);
    }

    /// Why the last attempt has failed, or the last connection is lost; `None` if there is one, or nothing has failed yet.
    pub(crate) fn reason(&self) -> Option<&ConnectionError> {
        self.reason.as_ref()
    }

    /// How long a call with this timeout may wait for a connection.
    pub(crate) fn patience(&self, timeout: Timeout) -> Duration {
        let limit = match timeout {
            Timeout::Ms(ms) => Duration::from_millis(ms.into()),
            Timeout::Never => Duration::MAX,
        };
        match self.phase {
            Phase::New | Phase::Attempt(Attempt::First | Attempt::Check) | Phase::Connected => limit,
            _ => limit.min(self.patience),
        }
    }

    /// The error of a call of `command` that finds no connection.
    pub(crate) fn refusal(&self, command: &str) -> CallError<LinkError> {
        let error = match &self.reason {
            Some(ConnectionError::Contract(error)) if self.phase == Phase::Mismatch => return error.clone(),
            Some(reason) => reason.on(&self.port),
            None => LinkError::not_connected(&self.port, "the first attempt has not ended yet"),
        };
        CallError::Link { error, context: Context::new(command, &self.port, &[]) }
    }

    fn tell_lost(&mut self, reason: ConnectionError) {
        let text = reason.to_string();
        let reason = self.reason.insert(reason);
        if self.told.as_ref() != Some(&text) {
            if let Some(listener) = &mut self.listener {
                listener(State::Lost { port: &self.port, reason });
            }
            self.told = Some(text);
        }
    }

    fn tell(&mut self, state: impl FnOnce(&str) -> State<'_>) {
        self.told = None;
        if let Some(listener) = &mut self.listener {
            listener(state(&self.port));
        }
    }
}

/// What is left of the timeout of a call that has waited for a connection.
pub(crate) fn rest_of(timeout: Timeout, waited: Duration) -> Timeout {
    match timeout {
        Timeout::Ms(ms) => {
            Timeout::Ms(ms.saturating_sub(u32::try_from(waited.as_millis()).unwrap_or(u32::MAX)))
        }
        Timeout::Never => Timeout::Never,
    }
}

impl fmt::Debug for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { port, phase, reason, .. } = self;
        f.debug_struct("Lifecycle")
            .field("port", port)
            .field("phase", phase)
            .field("reason", reason)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
