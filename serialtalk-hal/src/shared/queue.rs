//! The way from the callers of a shared endpoint to whatever drives it.

use alloc::sync::Arc;
use core::time::Duration;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serialtalk::{Context, LinkError};

use super::request::Request;
use crate::Interrupter;

/// Requests that the driver has not taken yet.
pub(crate) struct Queue<E> {
    state: Mutex<State<E>>,
    changed: Condvar,
}

struct State<E> {
    requests: Vec<Request<E>>,
    /// Why no more requests are taken.
    end: Option<LinkError<E>>,
    /// Whether something happened since the driver has looked.
    is_woken: bool,
    wake: Interrupter,
}

impl<E: Clone> Queue<E> {
    /// Creates an empty queue. `wake` makes a driver that waits for bytes look at it.
    pub(crate) fn new(wake: Interrupter) -> Self {
        let state = State { requests: Vec::new(), end: None, is_woken: false, wake };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<E>> {
        // Nothing panics while it is locked, so its state is whole in any case.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the driver, whatever it waits for.
    fn tell(&self, mut state: MutexGuard<'_, State<E>>) {
        state.is_woken = true;
        let wake = state.wake.clone();
        drop(state);
        self.changed.notify_one();
        wake.interrupt();
    }

    /// Hands a request to the driver. `link` is the name of the link, for errors.
    pub(crate) fn push(&self, request: Request<E>, link: &str) {
        let mut state = self.state();
        match state.end.clone() {
            None => {
                state.requests.push(request);
                self.tell(state);
            }
            Some(end) => {
                drop(state);
                let error = end.of_call(Context::new(&request.name, link, b""));
                request.fail(error);
            }
        }
    }

    /// Takes all requests; `None` if there are none and will be none.
    pub(crate) fn take(&self) -> Option<Vec<Request<E>>> {
        let mut state = self.state();
        state.is_woken = false;
        if state.requests.is_empty() && state.end.is_some() {
            return None;
        }
        Some(core::mem::take(&mut state.requests))
    }

    /// Waits until there is something new or it is woken, at most for `limit`.
    pub(crate) fn wait(&self, limit: Option<Duration>) {
        let state = self.state();
        let is_asleep = |state: &mut State<E>| !state.is_woken;
        match limit {
            Some(limit) => drop(self.changed.wait_timeout_while(state, limit, is_asleep)),
            None => drop(self.changed.wait_while(state, is_asleep)),
        }
    }

    /// Wakes a driver that waits.
    pub(crate) fn wake(&self) {
        self.tell(self.state());
    }

    /// Changes what makes a driver that waits for bytes look at the queue.
    pub(crate) fn set_wake(&self, wake: Interrupter) {
        self.state().wake = wake;
    }

    /// Takes no more requests, for this reason. Those that are there can still be taken.
    pub(crate) fn end(&self, reason: LinkError<E>) {
        let mut state = self.state();
        state.end.get_or_insert(reason);
        self.tell(state);
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
