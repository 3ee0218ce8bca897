//! Endpoints that serve in a thread.

use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use serialtalk::clock::Clock;
use serialtalk::link::Link;
use serialtalk::service::Service;
use serialtalk::{LinkError, SerialTalk};

/// How long a thread waits for a command before it looks whether it shall stop.
const LOOK_MS: u32 = 20;

/// A thread that serves until it is told to stop, or its link fails. Dropping this stops it, and waits for that.
#[derive(Debug)]
pub struct Running<T, E> {
    shall_stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Served<T, E>>>,
}

/// What served, and what became of its link.
type Served<T, E> = (T, Result<(), LinkError<E>>);

/// Starts something that serves in a thread of its own.
pub trait Spawn: Sized + Send + 'static {
    /// The error of its link.
    type Error: Send + 'static;

    /// Serves what comes for a short while.
    ///
    /// # Errors
    ///
    /// Those of the link.
    fn serve_for(&mut self, wait_ms: u32) -> Result<(), LinkError<Self::Error>>;

    /// Serves in a thread until the [`Running`] is dropped, or the link fails.
    fn spawn(mut self) -> Running<Self, Self::Error> {
        let shall_stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&shall_stop);
        let thread = thread::spawn(move || {
            let mut outcome = Ok(());
            while outcome.is_ok() && !flag.load(Ordering::Relaxed) {
                outcome = self.serve_for(LOOK_MS);
            }
            (self, outcome)
        });
        Running { shall_stop, thread: Some(thread) }
    }
}

impl<L, C, S, const N: usize, const OUTSIDE: usize> Spawn for SerialTalk<L, C, S, N, OUTSIDE>
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

impl<T, E> Running<T, E> {
    /// Stops the thread and gives back what served, and what became of its link.
    ///
    /// # Panics
    ///
    /// If a handler panicked in the thread: its panic goes on here.
    pub fn stop(mut self) -> (T, Result<(), LinkError<E>>) {
        self.shall_stop.store(true, Ordering::Relaxed);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(served)) => served,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => unreachable!("only stopping takes the thread, and it takes this, too"),
        }
    }

    /// Whether the thread has ended by itself, for its link failed or a handler panicked.
    pub fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl<T, E> Drop for Running<T, E> {
    fn drop(&mut self) {
        self.shall_stop.store(true, Ordering::Relaxed);
        if let Some(Err(panic)) = self.thread.take().map(JoinHandle::join)
            && !thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}
