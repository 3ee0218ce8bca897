//! The attempts of a call: a call runs at most once, however often it is sent.
//!
//! That nobody answers does not mean that the command did not run. Only the gateway to which it was sent knows, as long as it runs: it
//! answers the same call again with the reply that it has kept. Once it has restarted, nobody knows.

use std::sync::PoisonError;
use std::time::Duration;

use serialtalk::CallError;
use serialtalk::proto::RawReply;

use super::Board;
use super::call::Call;
use super::deadline::pause;
use super::reply::{Answer, ask};
use super::route::{self, Route};
use crate::answer::Failure;
use crate::request::{DEFAULT_MS, Request};
use crate::{FleetError, LEASE_MS};

/// How often nobody may answer although the gateway is there.
const MAX_UNANSWERED: u32 = 8;

/// Why a gateway does not answer a call though it tells of its board.
const DENIED: &str = "its gateway runs and does not answer; access to the command may be denied";

/// How long one attempt waits, in milliseconds; a call that may take longer is then asked for again. Zenoh keeps something of each
/// query for as long.
const MAX_ATTEMPT_MS: u32 = 60_000;

/// A call with the way to its board.
pub(super) struct Attempts<'c> {
    board: &'c Board,
    call: Call<'c>,
}

impl<'c> Attempts<'c> {
    pub(super) fn new(board: &'c Board, call: Call<'c>) -> Self {
        Self { board, call }
    }

    /// Makes the call.
    pub(super) async fn run(self) -> Result<RawReply, CallError<FleetError>> {
        let mut route = match self.known() {
            Some(route) => route,
            None => self.find().await.map_err(|error| self.call.failed(error))?,
        };
        let mut request = self.call.request(&route);
        let mut is_anew = false;
        let mut unanswered = 0;
        loop {
            request.budget_ms = self.call.deadline.left_ms();
            let reason = match self.ask(&route, &request).await? {
                Answer::Reply(reply) => return Ok(reply),
                Answer::Failed(failure) if !is_anew && self.may_be_made_anew(&failure) => {
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
    fn may_be_made_anew(&self, failure: &Failure) -> bool {
        match failure {
            Failure::NoSuchBoard => self.board.address.gateway().is_none(),
            Failure::Lost { .. } => self.call.command.idempotent,
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

    /// The way that the last call took.
    fn known(&self) -> Option<Route> {
        self.board.route.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        *self.board.route.lock().unwrap_or_else(PoisonError::into_inner) = route;
    }
}
