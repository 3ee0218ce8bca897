//! Which gateway has a board.

use std::time::Duration;

use zenoh::Session;
use zenoh::query::{ConsolidationMode, QueryTarget};

use super::deadline::{Deadline, pause};
use crate::answer::{Failure, JSON};
use crate::keys::Address;
use crate::{BoardInfo, FleetError, Incarnation};

/// The pauses before a question is repeated, in milliseconds: the first one, and the longest.
pub(super) const PAUSE_MS: u32 = 50;
pub(super) const PAUSE_MAX_MS: u32 = 200;

/// A gateway, in one of its runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) gateway: String,
    pub(super) incarnation: Incarnation,
}

impl Route {
    pub(super) fn of(info: &BoardInfo) -> Self {
        Self { gateway: info.gateway.clone(), incarnation: info.incarnation }
    }
}

/// Asks which gateway has a board until one answers: it may just be restarting.
pub(super) async fn find(
    session: &Session,
    address: &Address,
    deadline: Deadline,
) -> Result<BoardInfo, FleetError> {
    let board = || address.to_string();
    let mut pause_ms = PAUSE_MS;
    loop {
        let mut found = question(session, address, deadline).await?;
        found.dedup_by_key(|info| Route::of(info));
        match found.pop() {
            None if deadline.is_over() => {
                return Err(FleetError::Unreachable { board: board(), waited_ms: deadline.given_ms() });
            }
            None => pause(pause_ms, deadline).await,
            Some(info) if found.is_empty() => return Ok(info),
            Some(info) => {
                found.push(info);
                return Err(FleetError::Several { board: board(), found: names(&found) });
            }
        }
        pause_ms = (pause_ms * 2).min(PAUSE_MAX_MS);
    }
}

/// Asks all gateways that may have a board once. They have half of the time: the other half is for a call.
async fn question(
    session: &Session,
    address: &Address,
    deadline: Deadline,
) -> Result<Vec<BoardInfo>, FleetError> {
    let within_ms = deadline.left_ms().unwrap_or(u32::MAX) / 2;
    let replies = session
        .get(address.info())
        .target(QueryTarget::All)
        .consolidation(ConsolidationMode::None)
        .timeout(Duration::from_millis(within_ms.max(1).into()))
        .await
        .map_err(|error| FleetError::engine(&error))?;
    let mut found = vec![];
    while let Ok(reply) = replies.recv_async().await {
        match reply.into_result() {
            Ok(sample) => {
                let info: BoardInfo = serde_json::from_slice(&sample.payload().to_bytes())
                    .map_err(|error| unreadable(address, &error))?;
                // Rules are about keys: a gateway speaks for itself only.
                if sample.key_expr().as_str() == address.at(&info.gateway).info() {
                    found.push(info);
                } else {
                    log::warn!(
                        "{} spoke for the gateway {}, and is ignored",
                        sample.key_expr(),
                        info.gateway
                    );
                }
            }
            // A gateway that is asked for by its name says so; of several others only one has to have the board.
            Err(error) if address.gateway().is_some() && error.encoding().to_string() == JSON => {
                return Err(refusal(address, &error.payload().to_bytes()));
            }
            Err(_) => {}
        }
    }
    found.sort_by_key(|info: &BoardInfo| (info.gateway.clone(), info.incarnation.to_string()));
    Ok(found)
}

fn refusal(address: &Address, failure: &[u8]) -> FleetError {
    match serde_json::from_slice(failure) {
        Ok(Failure::NoSuchBoard) => FleetError::NoSuchBoard { board: address.to_string() },
        Ok(Failure::Forbidden { reason }) => FleetError::Forbidden { reason },
        Ok(other) => FleetError::engine(&format!("the gateway of {address} tells nothing of it: {other:?}")),
        Err(error) => unreadable(address, &error),
    }
}

fn unreadable(address: &Address, error: &serde_json::Error) -> FleetError {
    FleetError::engine(&format!(
        "what the gateway of {address} tells of it cannot be read: {error}; use the same version at both ends"
    ))
}

/// The gateways that have a board, as an error names them.
fn names(found: &[BoardInfo]) -> String {
    let names: Vec<_> =
        found.iter().map(|info| format!("{} (run {})", info.gateway, info.incarnation)).collect();
    names.join(", ")
}
