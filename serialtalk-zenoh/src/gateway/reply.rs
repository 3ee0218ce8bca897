//! What a gateway answers.

use std::sync::LazyLock;

use serde::Serialize;
use zenoh::Wait;
use zenoh::bytes::{Encoding, ZBytes};
use zenoh::key_expr::KeyExpr;
use zenoh::query::Query;

use crate::answer::{self, Failure};

/// The answer to a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// The payload of a reply.
    Value(Box<[u8]>),
    /// The payload of an error reply.
    Error(Box<[u8]>),
    /// Why there is no reply.
    Failure(Failure),
}

static SERIALTALK: LazyLock<Encoding> = LazyLock::new(|| Encoding::from(answer::SERIALTALK));
static JSON: LazyLock<Encoding> = LazyLock::new(|| Encoding::from(answer::JSON));

/// Answers a call.
pub(super) fn answer(query: &Query, answer: &Answer) {
    let sent = match answer {
        Answer::Value(payload) => {
            let reply = query.reply(query.key_expr(), ZBytes::from(&payload[..]));
            reply.encoding(SERIALTALK.clone()).wait()
        }
        Answer::Error(payload) => {
            query.reply_err(ZBytes::from(&payload[..])).encoding(SERIALTALK.clone()).wait()
        }
        Answer::Failure(failure) => query.reply_err(json(failure)).encoding(JSON.clone()).wait(),
    };
    log(query, sent);
}

/// Answers a call with why there is no reply.
pub(super) fn fail(query: &Query, failure: Failure) {
    answer(query, &Answer::Failure(failure));
}

/// Tells something at a key.
pub(super) fn tell(query: &Query, key: KeyExpr<'_>, value: &impl Serialize) {
    log(query, query.reply(key, json(value)).encoding(JSON.clone()).wait());
}

/// What is told is made of texts and numbers, which JSON always has.
pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Nobody waits for an answer any more that cannot be sent.
fn log(query: &Query, sent: zenoh::Result<()>) {
    if let Err(error) = sent {
        log::debug!("no answer to {}: {error}", query.key_expr());
    }
}
