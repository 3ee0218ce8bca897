//! One blocking endpoint for many callers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use core::time::Duration;

use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{CallError, Caller, EncodeError, LinkError};

use crate::running::Spawn;

/// A caller that can be cloned for as many threads as there are.
///
/// Calls are made one after the other. Commands that arrive during a call are served by it; those that arrive between
/// calls, by a thread that [`spawn`](Spawn::spawn) of one of the callers starts, within a few milliseconds.
#[derive(Debug)]
pub struct Shared<T> {
    talk: Arc<Mutex<T>>,
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { talk: Arc::clone(&self.talk) }
    }
}

impl<T> Shared<T> {
    /// Makes a caller of an endpoint.
    pub fn new(talk: T) -> Self {
        Self { talk: Arc::new(Mutex::new(talk)) }
    }

    /// The endpoint itself. Waits until no other thread uses it.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        // A handler that panicked leaves the endpoint as one that returned does.
        self.talk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Caller> Caller for Shared<T> {
    type Error = T::Error;

    fn call_with<V, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<V, E>,
    ) -> Result<V, CallError<Self::Error, E>> {
        self.lock().call_with(command, arguments, decoder)
    }

    fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<Self::Error>> {
        self.lock().send_with(name, arguments)
    }

    fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
        self.lock().ready(within_ms)
    }
}

impl<T: Spawn> Spawn for Shared<T> {
    type Error = T::Error;

    fn serve_for(&mut self, _wait_ms: u32) -> Result<(), LinkError<Self::Error>> {
        self.lock().serve_for(0)?;
        // The lock is free meanwhile, so that callers get their turn.
        thread::sleep(Duration::from_millis(1));
        Ok(())
    }
}
