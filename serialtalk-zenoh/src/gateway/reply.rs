//! What a gateway answers.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock};
use std::thread;

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

/// Answers calls. A network that takes nothing blocks, which what drives lines must not: a thread of its own does it.
#[derive(Clone)]
pub(super) struct Answers(Sender<(Query, Arc<Answer>)>);

impl Answers {
    /// Starts the thread, which ends with the last of these.
    pub(super) fn start() -> io::Result<Self> {
        let (sender, waiting) = channel();
        let answer_all =
            move || waiting.iter().for_each(|(query, known): (Query, Arc<Answer>)| answer(&query, &known));
        thread::Builder::new().name("board answers".into()).spawn(answer_all)?;
        Ok(Self(sender))
    }

    /// Answers a call soon.
    pub(super) fn send(&self, query: Query, known: Arc<Answer>) {
        // The thread does not end before this.
        let _ = self.0.send((query, known));
    }
}

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
