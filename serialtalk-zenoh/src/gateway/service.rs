//! Boards that are services of this program: no line leads to them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use serialtalk::proto::{MAX_FRAME, serve};
use serialtalk::{Awaited, Ran, Service};
use tokio::runtime::Handle;

use super::reply::Answer;
use crate::answer::Failure;
use crate::lock::lock;

/// A service, and the calls that wait for it.
pub(super) struct Local {
    service: Mutex<Box<dyn Serve>>,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    calls: VecDeque<Call>,
    /// Whether calls are being served, so that those that are added are served, too.
    is_served: bool,
}

/// A call for a service.
pub(super) struct Call {
    pub(super) command: String,
    pub(super) payload: Vec<u8>,
    pub(super) arrived: Instant,
    /// `None` for no end.
    pub(super) deadline: Option<Instant>,
    pub(super) is_oneway: bool,
    pub(super) finish: Box<dyn FnOnce(Answer) + Send>,
}

/// Any service.
trait Serve: Send {
    fn serve(&mut self, command: &str, payload: &mut [u8]) -> Answer;
}

impl<S: Service + Send> Serve for S {
    fn serve(&mut self, command: &str, payload: &mut [u8]) -> Answer {
        let mut buffer = [0; MAX_FRAME];
        match serve(self, command, payload, &mut buffer) {
            Some(served) if served.is_error => Answer::Error(served.payload.into()),
            Some(served) => Answer::Value(served.payload.into()),
            // Not even an error fits beside the name.
            None => Answer::Failure(Failure::ReplyLost { printed: String::new() }),
        }
    }
}

impl Local {
    pub(super) fn new(service: impl Service + Send + 'static) -> Self {
        Self { service: Mutex::new(Box::new(service)), queue: Mutex::default() }
    }

    /// Takes a call, which is served in turn. Handlers may take their time, so this is done by a thread for what blocks.
    pub(super) fn take(self: &Arc<Self>, call: Call, runtime: &Handle) {
        let mut queue = lock(&self.queue);
        queue.calls.push_back(call);
        if !std::mem::replace(&mut queue.is_served, true) {
            drop(queue);
            let local = Arc::clone(self);
            runtime.spawn_blocking(move || local.serve_all());
        }
    }

    /// Serves the calls that wait, and those that come meanwhile.
    fn serve_all(&self) {
        let mut service = lock(&self.service);
        while let Some(call) = self.next() {
            call.serve(&mut **service);
        }
    }

    fn next(&self) -> Option<Call> {
        let mut queue = lock(&self.queue);
        let next = queue.calls.pop_front();
        queue.is_served = next.is_some();
        next
    }
}

impl Call {
    fn serve(mut self, service: &mut dyn Serve) {
        if self.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            let waited_ms = u32::try_from(self.arrived.elapsed().as_millis()).unwrap_or(u32::MAX);
            let (awaited, ran) = (Awaited::Turn, Ran::No);
            return (self.finish)(Answer::Failure(Failure::Timeout {
                waited_ms,
                awaited,
                ran,
                printed: String::new(),
            }));
        }
        let served = catch_unwind(AssertUnwindSafe(|| service.serve(&self.command, &mut self.payload)));
        let answer = served.unwrap_or_else(|_| {
            let text = format!("the handler of `{}` panicked", self.command);
            Answer::Failure(Failure::Line { text, printed: String::new() })
        });
        (self.finish)(if self.is_oneway { Answer::Value([].into()) } else { answer });
    }
}
