//! An attempt to make a connection, in a thread of its own, so that whoever needs the connection waits no longer than told.

use core::time::Duration;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{Builder, JoinHandle};
use std::{io, panic};

use serialtalk::link::Link;
use serialtalk::{Caller, Interface, Service};

use super::lifecycle::READY_MS;
use super::set_up::SetUpResult;
use super::slot::LinkSlot;
use super::state::ConnectionError;
use crate::services::Services;
use crate::{Interrupter, LinkError, OpenError, SerialTalk};

/// All that an attempt needs.
pub(super) struct Parts<L, S: Services> {
    pub(super) talk: SerialTalk<LinkSlot<L>, S>,
    pub(super) open: Open<L>,
    pub(super) set_up: SetUp<L, S>,
}

type Open<L> = Box<dyn FnMut() -> Result<L, OpenError> + Send>;

type SetUp<L, S> = Box<dyn FnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult + Send>;

impl<L: Link<Error = LinkError>, S: Services<All: Service>> Parts<L, S> {
    /// Opens the link unless it is open, compares the interfaces with those of the peer, and sets up what was opened.
    fn connect(&mut self, interfaces: &[&'static Interface]) -> Result<(), ConnectionError> {
        let is_new = self.talk.link().get().is_none();
        if is_new {
            let link = (self.open)().map_err(ConnectionError::Open)?;
            self.talk.link_mut().put(link);
            self.talk.forget_connection();
            self.talk.ready(READY_MS).map_err(ConnectionError::of_check)?;
        }
        for interface in interfaces {
            self.talk.agree(interface, READY_MS).map_err(ConnectionError::of_check)?;
        }
        if is_new {
            (self.set_up)(&mut self.talk).map_err(|error| ConnectionError::SetUp(error.into()))?;
        }
        Ok(())
    }
}

/// An attempt that is being made.
pub(super) struct Attempt<L, S: Services> {
    thread: JoinHandle<()>,
    ended: Receiver<Ended<L, S>>,
}

/// Tells that an attempt has ended.
struct TellOnDrop(Interrupter);

impl Drop for TellOnDrop {
    fn drop(&mut self) {
        self.0.interrupt();
    }
}

/// What an attempt returns: what it was given, and its outcome.
pub(super) type Ended<L, S> = (Box<Parts<L, S>>, Result<(), ConnectionError>);

impl<L, S> Attempt<L, S>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    /// Starts an attempt, whose end is `told`.
    ///
    /// # Errors
    ///
    /// Returns `parts` and an error if the operating system has no thread left.
    pub(super) fn start(
        parts: Box<Parts<L, S>>,
        interfaces: Vec<&'static Interface>,
        told: Interrupter,
    ) -> Result<Self, (Box<Parts<L, S>>, io::Error)> {
        // Sent once the thread is there: what a thread is started with is lost if it cannot be.
        let (give, given) = mpsc::channel::<Box<Parts<L, S>>>();
        let (end, ended) = mpsc::channel();
        let run = move || {
            let _told = TellOnDrop(told);
            // Gone before that is told, also if the set-up panics.
            let end = end;
            let Ok(mut parts) = given.recv() else { return };
            let outcome = parts.connect(&interfaces);
            // Fails if nobody needs the connection any more.
            let _ = end.send((parts, outcome));
        };
        match Builder::new().name("connecting".into()).spawn(run) {
            Ok(thread) => {
                // The thread waits for them.
                let _ = give.send(parts);
                Ok(Self { thread, ended })
            }
            Err(error) => Err((parts, error)),
        }
    }

    /// Waits at most for `limit` until the attempt has ended; returns the attempt if it has not.
    ///
    /// # Panics
    ///
    /// Continues the panic of a set-up or a handler.
    pub(super) fn wait(self, limit: Duration) -> Result<Ended<L, S>, Self> {
        match self.ended.recv_timeout(limit) {
            Ok(ended) => Ok(ended),
            Err(RecvTimeoutError::Timeout) => Err(self),
            Err(RecvTimeoutError::Disconnected) => match self.thread.join() {
                Err(payload) => panic::resume_unwind(payload),
                Ok(()) => unreachable!("the thread sends before it ends"),
            },
        }
    }
}
