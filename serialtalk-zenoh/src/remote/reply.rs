//! One question to a gateway, and what comes back.

use std::time::Duration;

use serialtalk::proto::RawReply;
use zenoh::Session;
use zenoh::bytes::{Encoding, ZBytes};
use zenoh::query::Reply;

use crate::FleetError;
use crate::answer::{Failure, JSON, SERIALTALK};
use crate::request::Request;

/// What came back for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// The reply of the board, which may be an error.
    Reply(RawReply),
    /// Why the gateway has none.
    Failed(Failure),
    /// Nobody answers: none is there, or it was lost in the middle of the call.
    Nobody,
    /// Nothing came in time.
    Late,
}

impl Answer {
    /// Whether the call may have run, and this is not its reply.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Late | Self::Nobody | Self::Failed(Failure::Lost { .. }))
    }
}

/// Sends a call, and waits for what comes back.
pub(super) async fn ask(
    session: &Session,
    key: &str,
    payload: &[u8],
    request: &Request,
    within: Duration,
) -> Result<Answer, FleetError> {
    let replies = session
        .get(key)
        .payload(payload)
        .encoding(Encoding::from(SERIALTALK))
        .attachment(request.to_bytes())
        .timeout(within)
        .await
        .map_err(|error| FleetError::engine(&error))?;
    let mut answer = Answer::Nobody;
    while let Ok(reply) = replies.recv_async().await {
        match read(reply) {
            // Another gateway of this name may have it.
            refused @ (Answer::Late | Answer::Failed(Failure::OtherRun)) => answer = refused,
            read => return Ok(read),
        }
    }
    Ok(answer)
}

fn read(reply: Reply) -> Answer {
    let (is_error, encoding, payload) = match reply.into_result() {
        Ok(sample) => (false, sample.encoding().clone(), sample.payload().clone()),
        Err(error) => (true, error.encoding().clone(), error.payload().clone()),
    };
    match &*encoding.to_string() {
        SERIALTALK => Answer::Reply(RawReply::new(&payload.to_bytes(), is_error)),
        JSON if is_error => Answer::Failed(failure(&payload)),
        // Zenoh's own words: it has waited long enough.
        _ if is_error => Answer::Late,
        other => Answer::Failed(Failure::Lost { reason: format!("its gateway replied in {other}") }),
    }
}

fn failure(payload: &ZBytes) -> Failure {
    let payload = payload.to_bytes();
    serde_json::from_slice(&payload).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(&payload);
        Failure::Lost {
            reason: format!("its gateway failed with words that are not known here, {text}: {error}"),
        }
    })
}
