//! Boards that are services of this program: no line leads to them.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use serialtalk::proto::{MAX_FRAME, serve};
use serialtalk::{Awaited, Ran, Service};
use tokio::runtime::Handle;

use super::reply::Answer;
use crate::Deadline;
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
    /// Whose call is being served.
    running: Option<Caller>,
    /// Whether calls are being served, so that those that are added are served, too.
    is_served: bool,
}

/// A call for a service.
pub(super) struct Call {
    pub(super) command: String,
    pub(super) payload: Vec<u8>,
    pub(super) is_oneway: bool,
    pub(super) caller: Caller,
}

/// Who waits for a call.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) deadline: Deadline,
    /// Takes the answer; a second one is ignored.
    pub(super) finish: Arc<dyn Fn(Answer) + Send + Sync>,
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
        queue.running = next.as_ref().map(|call| call.caller.clone());
        queue.is_served = next.is_some();
        next
    }

    /// Answers the calls whose time is over: those that wait will not be served.
    pub(super) fn answer_late(&self) {
        let (late, running) = {
            let mut queue = lock(&self.queue);
            let is_late = |call: &Call| call.caller.deadline.is_over();
            let (late, early): (Vec<_>, _) = queue.calls.drain(..).partition(is_late);
            queue.calls = early.into();
            (late, queue.running.take_if(|running| running.deadline.is_over()))
        };
        late.iter().for_each(|call| call.caller.give_up(Awaited::Turn, Ran::No));
        if let Some(running) = running {
            running.give_up(Awaited::Reply, Ran::Unknown);
        }
    }
}

impl Caller {
    fn give_up(&self, awaited: Awaited, ran: Ran) {
        let waited_ms = self.deadline.given_ms();
        (self.finish)(Answer::Failure(Failure::Timeout { waited_ms, awaited, ran, printed: String::new() }));
    }
}

impl Call {
    fn serve(mut self, service: &mut dyn Serve) {
        if self.caller.deadline.is_over() {
            return self.caller.give_up(Awaited::Turn, Ran::No);
        }
        if self.is_oneway {
            (self.caller.finish)(Answer::Value([].into()));
        }
        let served = catch_unwind(AssertUnwindSafe(|| service.serve(&self.command, &mut self.payload)));
        let answer = served.unwrap_or_else(|_| {
            let text = format!("the handler of `{}` panicked", self.command);
            Answer::Failure(Failure::Line { text, printed: String::new() })
        });
        (self.caller.finish)(answer);
    }
}
