//! What a caller of a shared endpoint asks for.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};

use serialtalk::proto::{RawReply, Terms};
use serialtalk::{Awaited, CallError, Interface, Timeout};

/// An operation for a shared endpoint, and what takes its result.
pub(crate) struct Request<E> {
    pub(crate) operation: Operation,
    /// The name of the command; `echo` if there is none.
    pub(crate) name: String,
    pub(crate) payload: Vec<u8>,
    /// When it was asked for, as the clock of the endpoint counts.
    pub(crate) asked: u32,
    /// How long all of it may take, its wait included.
    pub(crate) timeout: Timeout,
    pub(crate) is_urgent: bool,
    pub(crate) ticket: Arc<Ticket>,
    pub(crate) result: Box<dyn FnOnce(Outcome<E>) + Send>,
}

/// The reply to a call; an empty one where there is none.
pub(crate) type Outcome<E> = Result<RawReply, CallError<E>>;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    /// Calls a command and awaits its reply.
    Call {
        /// Whether it may be sent again if no reply arrives.
        is_idempotent: bool,
        /// What both ends of a checked link know of the command.
        terms: Option<Terms>,
    },
    /// Sends a command and awaits nothing.
    Send,
    /// Waits for a peer that answers.
    Ready,
    /// Expects that the peer has this interface from now on.
    Expect(&'static Interface),
}

impl<E> Request<E> {
    /// The time left until its deadline, in milliseconds; `None` if there is no deadline.
    pub(crate) fn time_left(&self, now: u32) -> Option<u32> {
        match self.timeout {
            Timeout::Ms(ms) => Some(ms.saturating_sub(now.wrapping_sub(self.asked))),
            Timeout::Never => None,
        }
    }

    /// How long all of it may take, in milliseconds; the most that can be said if there is no deadline.
    pub(crate) fn limit_ms(&self) -> u32 {
        match self.timeout {
            Timeout::Ms(ms) => ms,
            Timeout::Never => u32::MAX,
        }
    }

    /// Whether at least half of its time is left.
    pub(crate) fn is_early(&self, now: u32) -> bool {
        match self.timeout {
            Timeout::Ms(ms) => now.wrapping_sub(self.asked) <= ms / 2,
            Timeout::Never => true,
        }
    }

    /// Tells the caller that there is nothing more to wait for.
    pub(crate) fn succeed(self) {
        (self.result)(Ok(RawReply::new(b"", false)));
    }

    /// Tells the caller what went wrong.
    pub(crate) fn fail(self, error: CallError<E>) {
        (self.result)(Err(error));
    }
}

/// How far a request has come, as both of its ends know.
#[derive(Debug, Default)]
pub(crate) struct Ticket {
    is_sent: AtomicBool,
    is_cancelled: AtomicBool,
}

impl Ticket {
    /// Notes that the caller waits no longer, and returns what for: if that was its turn, the request is never sent.
    pub(crate) fn cancel(&self) -> Awaited {
        self.is_cancelled.store(true, Ordering::SeqCst);
        if self.is_sent.load(Ordering::SeqCst) { Awaited::Reply } else { Awaited::Turn }
    }

    /// Notes that the request is about to be sent. Returns whether the caller still waits; if not, it must not be sent.
    pub(crate) fn begin(&self) -> bool {
        self.is_sent.store(true, Ordering::SeqCst);
        !self.is_cancelled()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::SeqCst)
    }
}
