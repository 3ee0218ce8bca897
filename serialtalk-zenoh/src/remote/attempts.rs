//! The attempts of a call: a call runs at most once, however often it is sent.
//!
//! That nobody answers does not mean that the command did not run. Only the gateway to which it was sent knows, as long as it runs: it
//! answers the same call again with the reply that it has kept. Once it has restarted, nobody knows.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use serialtalk::proto::RawReply;
use serialtalk::{CallError, Ran};

use super::Board;
use super::call::Call;
use super::deadline::pause;
use super::reply::{Answer, ask};
use super::route::{self, Route};
use crate::answer::Failure;
use crate::request::{DEFAULT_MS, Request};
use crate::{FleetError, LEASE_MS, ran};

/// How often nobody may answer although the gateway is there.
const MAX_UNANSWERED: u32 = 8;

/// Why a gateway does not answer a call though it tells of its board.
const DENIED: &str = "its gateway runs and does not answer; access to the command may be denied";

/// How long one attempt waits, in milliseconds; a call that may take longer is then asked for again. Zenoh keeps something of each
/// query for as long.
const MAX_ATTEMPT_MS: u32 = 60_000;

/// How long a way is taken without asking for it again, unless it was used meanwhile. By then it is known if its gateway is gone, so
/// that nothing is sent to it.
const FRESH: Duration = Duration::from_millis(LEASE_MS as u64);

/// A call with the way to its board.
pub(super) struct Attempts<'c> {
    board: &'c Board,
    call: Call<'c>,
    /// Whether an attempt was made of which nobody knows what became.
    may_have_run: bool,
}

impl<'c> Attempts<'c> {
    pub(super) fn new(board: &'c Board, call: Call<'c>) -> Self {
        Self { board, call, may_have_run: false }
    }

    /// Makes the call.
    pub(super) async fn run(mut self) -> Result<RawReply, CallError<FleetError>> {
        match self.attempt().await {
            // The last attempt did not run it. One before may have.
            Err(error) if self.may_have_run && ran(&error) == Ran::No => Err(self.lost(error.to_string())),
            answer => answer,
        }
    }

    /// Attempts the call until there is an answer.
    async fn attempt(&mut self) -> Result<RawReply, CallError<FleetError>> {
        let mut route = match self.known() {
            Some(route) => route,
            None => self.find().await.map_err(|error| self.call.failed(error))?,
        };
        let mut request = self.call.request(&route);
        let mut is_anew = false;
        let mut unanswered = 0;
        loop {
            request.budget_ms = self.call.deadline.left_ms();
            let answer = self.ask(&route, &request).await?;
            let may_be_made_anew = !is_anew && self.may_be_made_anew(&answer);
            self.may_have_run |= answer.is_unknown();
            let reason = match answer {
                Answer::Reply(reply) => {
                    self.keep(Some(route));
                    return Ok(reply);
                }
                Answer::Failed(_) if may_be_made_anew => {
                    is_anew = true;
                    route = self.find().await.map_err(|error| self.call.failed(error))?;
                    request = self.call.request(&route);
                    continue;
                }
                Answer::Failed(Failure::OtherRun) if !self.call.deadline.is_over() => {
                    let found = self.find().await.map_err(|error| self.call.failed(error))?;
                    request = match found == route {
                        true => Request { attempt: request.attempt + 1, ..request },
                        false => self.call.request(&found),
                    };
                    route = found;
                    continue;
                }
                Answer::Failed(failure) => return Err(self.call.error(failure)),
                Answer::Late => "no reply came in time",
                Answer::Nobody => {
                    // It was found again since.
                    let reason = if unanswered > 0 { DENIED } else { "no reply came" };
                    if unanswered == MAX_UNANSWERED {
                        return Err(self.lost(reason.into()));
                    }
                    unanswered += 1;
                    pause((route::PAUSE_MS << unanswered).min(route::PAUSE_MAX_MS), self.call.deadline).await;
                    reason
                }
            };
            (route, request) = self.again(route, request, reason).await?;
        }
    }

    /// One attempt.
    async fn ask(&self, route: &Route, request: &Request) -> Result<Answer, CallError<FleetError>> {
        let key = self.board.address.at(&route.gateway).call(self.call.command.name);
        // What is sent before the deadline may be on its way for as long as its connection counts as good.
        let within_ms = request.budget_ms.unwrap_or(MAX_ATTEMPT_MS).min(MAX_ATTEMPT_MS) + LEASE_MS;
        let within = Duration::from_millis(within_ms.into());
        let answer = ask(&self.board.session, &key, self.call.payload, request, within).await;
        let answer = answer.map_err(|error| self.call.failed(error))?;
        if matches!(answer, Answer::Failed(Failure::NoSuchBoard | Failure::OtherRun | Failure::Lost { .. })) {
            self.forget();
        }
        Ok(answer)
    }

    /// Whether another gateway may have the board, or the command may run twice.
    fn may_be_made_anew(&self, answer: &Answer) -> bool {
        !self.call.deadline.is_over()
            && match answer {
                Answer::Failed(Failure::NoSuchBoard) => {
                    self.board.address.gateway().is_none() && !self.may_have_run
                }
                Answer::Failed(Failure::Lost { .. }) => self.call.command.idempotent,
                _ => false,
            }
    }

    /// How to go on after an attempt of which nobody knows whether it arrived.
    async fn again(
        &self,
        route: Route,
        request: Request,
        reason: &str,
    ) -> Result<(Route, Request), CallError<FleetError>> {
        if self.call.deadline.is_over() {
            return Err(self.lost(reason.into()));
        }
        match self.find().await {
            Ok(found) if found == route => Ok((found, Request { attempt: request.attempt + 1, ..request })),
            Ok(found) if self.call.command.idempotent => {
                let request = self.call.request(&found);
                Ok((found, request))
            }
            Ok(_) => Err(self.lost("its gateway has restarted".into())),
            Err(error) => Err(self.lost(format!("{reason}, and then: {error}"))),
        }
    }

    fn lost(&self, reason: String) -> CallError<FleetError> {
        self.forget();
        self.call.lost(reason)
    }

    /// The way that the last call took, if that is not long ago.
    fn known(&self) -> Option<Route> {
        let known = self.board.route.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.and_then(|(route, used)| (used.elapsed() < FRESH).then_some(route))
    }

    /// Asks for the way, and keeps it for the next calls.
    async fn find(&self) -> Result<Route, FleetError> {
        self.forget();
        let deadline = self.call.deadline.or_after_ms(DEFAULT_MS);
        let info = route::find(&self.board.session, &self.board.address, deadline).await?;
        let route = Route::of(&info);
        self.keep(Some(route.clone()));
        Ok(route)
    }

    fn forget(&self) {
        self.keep(None);
    }

    fn keep(&self, route: Option<Route>) {
        let known = route.map(|route| (route, Instant::now()));
        *self.board.route.lock().unwrap_or_else(PoisonError::into_inner) = known;
    }
}
