//! One board of a gateway: takes its calls.

use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Instant;

use tokio::runtime::Handle;
use zenoh::query::Query;

use super::guard::Guard;
use super::line::Line;
use super::outcomes::{Admission, Outcomes};
use super::reply::{Answer, Answers, answer, fail};
use super::service::{Call, Caller, Local};
use super::status::Status;
use crate::answer::Failure;
use crate::id::CallId;
use crate::lock::lock;
use crate::request::Request;
use crate::{BoardInfo, BoardState, Deadline, Incarnation, Listed};

/// A board, and the calls of it.
pub(super) struct Seat {
    pub(super) name: String,
    /// What connects it.
    link: String,
    guard: Guard,
    pub(super) status: Arc<Status>,
    outcomes: Mutex<Outcomes<Query>>,
    answers: Answers,
    work: Work,
}

/// What does the calls of a board.
pub(super) enum Work {
    Service(Arc<Local>),
    Line(Line),
}

impl Seat {
    pub(super) fn new(
        name: String,
        link: String,
        guard: Guard,
        status: Arc<Status>,
        answers: Answers,
        work: Work,
    ) -> Self {
        Self { name, link, guard, status, outcomes: Mutex::new(Outcomes::new()), answers, work }
    }

    /// Takes a call, which is answered sooner or later.
    pub(super) fn take(self: &Arc<Self>, query: Query, command: &str, ours: Incarnation, runtime: &Handle) {
        let request = match query.attachment().map(|attachment| Request::from_bytes(&attachment.to_bytes())) {
            None => Request::plain(),
            Some(Ok(request)) => request,
            Some(Err(error)) => return fail(&query, Failure::Forbidden { reason: error.to_string() }),
        };
        let deadline = request.deadline();
        let payload = query.payload().map(|payload| payload.to_bytes()).unwrap_or_default();
        let payload = match self.guard.check(command, &payload) {
            Ok(payload) => payload,
            Err(failure) => return fail(&query, failure),
        };
        let refuse = || self.refuse(command, request.hash);
        let admission = lock(&self.outcomes).admit(&request, query, ours, Instant::now(), refuse);
        match admission {
            Admission::Run => self.run(&request, command, payload, deadline, runtime),
            Admission::Joined(replaced) => drop(replaced),
            Admission::Answer(query, known) => answer(&query, &known),
        }
    }

    /// Why a new call does not run.
    fn refuse(&self, command: &str, hash: Option<u32>) -> Option<Failure> {
        self.status.with(|now| {
            if let BoardState::Down(reason) = &now.state {
                return Some(Failure::Down { reason: reason.clone() });
            }
            let theirs = now.contract.as_ref()?.other_signature(command, hash?)?;
            Some(Failure::Skew { theirs })
        })
    }

    fn run(
        self: &Arc<Self>,
        request: &Request,
        command: &str,
        payload: Vec<u8>,
        deadline: Deadline,
        runtime: &Handle,
    ) {
        let id = request.id;
        let seat = Arc::clone(self);
        match &self.work {
            Work::Service(local) => {
                let caller = Caller { deadline, finish: Arc::new(move |answer| seat.finish(id, answer)) };
                let (command, is_oneway) = (command.to_owned(), request.is_oneway);
                local.take(Call { command, payload, is_oneway, caller }, runtime);
            }
            Work::Line(line) => {
                let (line, request, command) = (line.clone(), request.clone(), command.to_owned());
                let mut calling = Box::pin(async move {
                    let answer = line.call(&request, &command, &payload, deadline).await;
                    if matches!(answer, Answer::Failure(Failure::Restarted { .. })) {
                        seat.status.reset();
                    }
                    seat.finish(id, answer);
                });
                // It lines up here, so that calls are made in the order in which they came; the task wakes itself.
                let _context = runtime.enter();
                if calling.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
                    runtime.spawn(calling);
                }
            }
        }
    }

    fn finish(&self, id: CallId, outcome: Answer) {
        let outcome = Arc::new(outcome);
        let query = lock(&self.outcomes).finish(id, Arc::clone(&outcome), Instant::now());
        if let Some(query) = query {
            self.answers.send(query, outcome);
        }
    }

    /// Answers the calls whose time is over. At a line, the endpoint does so.
    pub(super) fn answer_late(&self) {
        if let Work::Service(local) = &self.work {
            local.answer_late();
        }
    }

    /// Forgets the calls that nobody repeats any more.
    pub(super) fn sweep(&self, now: Instant) {
        lock(&self.outcomes).sweep(now);
    }

    /// What the gateway tells of the board.
    pub(super) fn info(&self, gateway: &str, incarnation: Incarnation) -> BoardInfo {
        let now = self.status.now();
        BoardInfo {
            board: self.name.clone(),
            gateway: gateway.into(),
            incarnation,
            state: now.state,
            since_ms: now.since_ms,
            link: self.link.clone(),
            interface: now.contract.map(|contract| contract.interface.clone()),
        }
    }

    /// What the gateway tells of the board in a list.
    pub(super) fn listed(&self) -> Listed {
        self.status.with(|now| Listed {
            board: self.name.clone(),
            up: now.state == BoardState::Up,
            hash: now.contract.as_ref().map(|contract| contract.hash),
        })
    }
}
