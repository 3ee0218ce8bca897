//! Endpoints that serve in a thread.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use serialtalk::link::Link;
use serialtalk::proto::Protocol;
use serialtalk::{Clock, LinkError, SerialTalk, Service};

use crate::Interrupter;

/// How long a driver waits for a command at a time where nothing limits it, in milliseconds.
pub(crate) const RUN_STEP_MS: u32 = 1000;

/// How long a thread waits for a command before it checks whether it is to stop, in milliseconds.
const CHECK_MS: u32 = 20;

/// A thread that serves until it is stopped, or its link fails. Dropping this stops the thread and waits for its end.
#[derive(Debug)]
pub struct Running<T, E> {
    stop: Interrupter,
    thread: Option<JoinHandle<Served<T, E>>>,
}

/// The server, and how its link ended.
pub(crate) type Served<T, E> = (T, Result<(), LinkError<E>>);

/// A server that can run in a thread of its own.
pub trait Spawn: Sized + Send + 'static {
    /// The error of its link.
    type Error: Send + 'static;

    /// Serves for a short while: waits for a command at most `wait_ms` milliseconds.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    fn serve_for(&mut self, wait_ms: u32) -> Result<(), LinkError<Self::Error>>;

    /// Serves in a thread until the [`Running`] is dropped, or the link fails.
    fn spawn(mut self) -> Running<Self, Self::Error> {
        let should_stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&should_stop);
        Running::start(
            move || should_stop.store(true, Ordering::Relaxed),
            move || {
                let mut result = Ok(());
                while result.is_ok() && !flag.load(Ordering::Relaxed) {
                    result = self.serve_for(CHECK_MS);
                }
                (self, result)
            },
        )
    }
}

impl<L, C, S, const N: usize, const STRAY: usize, P: Protocol> Spawn for SerialTalk<L, C, S, N, STRAY, P>
where
    L: Link<Error: Send + 'static> + Send + 'static,
    C: Clock + Send + 'static,
    S: Service + Send + 'static,
{
    type Error = L::Error;

    fn serve_for(&mut self, wait_ms: u32) -> Result<(), LinkError<L::Error>> {
        self.process_within(wait_ms).map(drop)
    }
}

impl<T: Send + 'static, E: Send + 'static> Running<T, E> {
    /// Starts a thread for `serve`, which `stop` makes return.
    pub(crate) fn start(
        stop: impl Fn() + Send + Sync + 'static,
        serve: impl FnOnce() -> Served<T, E> + Send + 'static,
    ) -> Self {
        Self { stop: Interrupter::new(stop), thread: Some(thread::spawn(serve)) }
    }
}

impl<T, E> Running<T, E> {
    /// Stops the thread. Returns the server, and an error if its link failed or was closed before.
    ///
    /// # Panics
    ///
    /// Continues the panic of a handler that panicked in the thread.
    pub fn stop(mut self) -> (T, Result<(), LinkError<E>>) {
        self.stop.interrupt();
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(served)) => served,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => unreachable!("only `stop` takes the thread, and it consumes `self`"),
        }
    }

    /// Whether the thread has ended by itself because its link failed or a handler panicked.
    pub fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl<T, E> Drop for Running<T, E> {
    fn drop(&mut self) {
        self.stop.interrupt();
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
            && !thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}
