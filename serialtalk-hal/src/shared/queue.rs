//! The way from the callers of a shared endpoint to whatever drives it.

use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serialtalk::{CallError, Context, LinkError};

use super::request::Request;
use crate::Interrupter;

/// Requests that the driver has not taken yet.
pub(crate) struct Queue<E> {
    state: Mutex<State<E>>,
}

struct State<E> {
    requests: Vec<Request<E>>,
    /// Why no more requests are taken.
    end: Option<LinkError<E>>,
    wake: Interrupter,
}

impl<E: Clone> Queue<E> {
    /// Creates an empty queue. `wake` makes a driver that waits look at it.
    pub(crate) fn new(wake: Interrupter) -> Self {
        Self { state: Mutex::new(State { requests: Vec::new(), end: None, wake }) }
    }

    fn state(&self) -> MutexGuard<'_, State<E>> {
        // Nothing panics while it is locked, so its state is whole in any case.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a request to the driver. `link` is the name of the link, for errors.
    pub(crate) fn push(&self, request: Request<E>, link: &str) {
        let mut state = self.state();
        match state.end.clone() {
            None => {
                state.requests.push(request);
                let wake = state.wake.clone();
                drop(state);
                wake.interrupt();
            }
            Some(end) => {
                drop(state);
                let error = call_error(end, &request.name, link);
                request.fail(error);
            }
        }
    }

    /// Takes all requests; `None` if there are none and will be none.
    pub(crate) fn take(&self) -> Option<Vec<Request<E>>> {
        let mut state = self.state();
        if state.requests.is_empty() && state.end.is_some() {
            return None;
        }
        Some(core::mem::take(&mut state.requests))
    }

    /// Takes no more requests, for this reason. Those that are there can still be taken.
    pub(crate) fn end(&self, reason: LinkError<E>) {
        let mut state = self.state();
        state.end.get_or_insert(reason);
        let wake = state.wake.clone();
        drop(state);
        wake.interrupt();
    }
}

/// The error of a call of `command` when the link failed or nothing drives the endpoint any more.
pub(crate) fn call_error<E>(reason: LinkError<E>, command: &str, link: &str) -> CallError<E> {
    let context = Context::new(command, link, b"");
    match reason {
        LinkError::Failed(error) => CallError::Link { error, context },
        LinkError::Closed => CallError::Closed { context },
    }
}

/// All callers of a shared endpoint. The queue ends with the last of them.
pub(crate) struct Callers<E: Clone> {
    pub(crate) queue: Arc<Queue<E>>,
}

impl<E: Clone> Drop for Callers<E> {
    fn drop(&mut self) {
        self.queue.end(LinkError::Closed);
    }
}

/// Ends the queue when its driver ends, also by a panic of a handler: requests that are left would never be answered.
pub(crate) struct EndOfDriver<E: Clone> {
    pub(crate) queue: Arc<Queue<E>>,
}

impl<E: Clone> Drop for EndOfDriver<E> {
    fn drop(&mut self) {
        self.queue.end(LinkError::Closed);
        // Their callers see that nobody answers.
        drop(self.queue.take());
    }
}
