//! A piece as a line of text, or as JSON.

use std::convert::Infallible;
use std::time::Duration;

use serde_json::{Value as Json, json};
use serialtalk::Value;
use serialtalk::proto::checked::{Answer, Hello, Kind};
use serialtalk::proto::{Payload, RawReply, ShownFrame};

use super::{About, Checked, Content, Piece, Side};
use crate::escaped::on_one_line;
use crate::json;
use crate::output::DIM;
use crate::reply;

/// How many bytes are shown of what is damaged.
const MAX_SHOWN: usize = 32;

/// The piece as a line: the seconds since `start`, its direction and its content. `None` for zeros that belong to no frame.
pub(crate) fn line(piece: &Piece, start: Duration) -> Option<String> {
    let content = match &piece.content {
        Content::Plain { name, payload } => ShownFrame::new(name, payload).to_string(),
        Content::Hello(hello) => shown_hello(hello),
        Content::Answer(answer, token) => shown_answer(answer, *token),
        Content::Checked(checked) => shown_checked(checked),
        Content::Damaged => format!("damaged: {}", hex(&piece.bytes)),
        Content::OfUnknownSession => format!("of an unknown session: {}", hex(&piece.bytes)),
        Content::Text if is_nothing(&piece.bytes) => return None,
        Content::Text => format!("text: {}", text(&piece.bytes)),
    };
    let direction = match piece.side {
        Side::Host => '>',
        Side::Board => '<',
    };
    let seconds = piece.time.saturating_sub(start).as_secs_f64();
    Some(format!("{DIM}{seconds:>11.6}{DIM:#} {direction} {}", on_one_line(&content)))
}

fn shown_hello(hello: &Hello) -> String {
    match hello.token {
        0 => "hello: no session".into(),
        token => format!("hello: session {token:06x}"),
    }
}

fn shown_answer(answer: &Answer, token: u32) -> String {
    match answer.is_same {
        false => format!("answer: new session {token:06x}"),
        true => format!("answer: session {token:06x} goes on after call {}", answer.last),
    }
}

fn shown_checked(checked: &Checked) -> String {
    let Checked { kind, number, about, payload, .. } = checked;
    let what = kind_name(*kind);
    match kind {
        Kind::Again | Kind::Bye => what.into(),
        Kind::Unknown => format!("{what}: {}", hex(payload)),
        Kind::Gone => format!("{what} {number}"),
        _ => format!("{what} {number}: {}", call(checked, about.as_ref())),
    }
}

/// A call or a reply as the call in Python that would send it.
fn call(checked: &Checked, about: Option<&About>) -> String {
    let mut name = match about {
        Some(About::Name(name)) => name.clone(),
        Some(About::Number(number)) => format!("#{number}").into_bytes(),
        None => b"?".to_vec(),
    };
    name.extend_from_slice(match checked.kind {
        Kind::Reply => b"ack",
        Kind::Error => b"err",
        _ => b"",
    });
    match is_packed_alone(checked) {
        // Under no format, they are shown as bytes.
        true => ShownFrame::bare(&name, Some(""), &checked.payload).to_string(),
        false => ShownFrame::new(&name, &checked.payload).to_string(),
    }
}

/// Whether a payload is packed values whose format only the two ends know.
fn is_packed_alone(checked: &Checked) -> bool {
    checked.is_bare && matches!(Payload::parse(&checked.payload), Payload::Struct { .. } | Payload::Bare(_))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Call | Kind::Named | Kind::Described => "call",
        Kind::Note => "note",
        Kind::Again => "again",
        Kind::Reply => "reply",
        Kind::Error => "error",
        Kind::Gone => "gone",
        Kind::Bye => "bye",
        _ => "unknown kind",
    }
}

/// The piece as an object.
pub(crate) fn json(piece: &Piece, start: Duration) -> Json {
    let mut object = match &piece.content {
        Content::Plain { name, payload } => {
            let mut object = of_payload(payload);
            object["kind"] = "plain".into();
            object["name"] = text(name).into();
            object
        }
        Content::Hello(hello) => json!({ "kind": "hello", "session": session(hello.token) }),
        Content::Answer(answer, token) => {
            json!({ "kind": "answer", "session": session(*token), "is_new": !answer.is_same })
        }
        Content::Checked(checked) => {
            let mut object = match (checked.kind, is_packed_alone(checked)) {
                (Kind::Again | Kind::Bye | Kind::Gone | Kind::Unknown, _) => json!({}),
                (_, true) => json!({ "value": json::of(&Value::Bytes(checked.payload.clone())) }),
                (_, false) => of_payload(&checked.payload),
            };
            object["kind"] = kind_name(checked.kind).into();
            object["number"] = checked.number.into();
            match &checked.about {
                Some(About::Name(name)) => object["name"] = text(name).into(),
                Some(About::Number(number)) => object["command"] = (*number).into(),
                None => {}
            }
            object
        }
        Content::Damaged => json!({ "kind": "damaged" }),
        Content::OfUnknownSession => json!({ "kind": "of an unknown session" }),
        Content::Text => json!({ "kind": "text", "text": String::from_utf8_lossy(&piece.bytes) }),
    };
    object["time"] = (piece.time.saturating_sub(start).as_micros() as f64 / 1e6).into();
    object["from"] = match piece.side {
        Side::Host => "host".into(),
        Side::Board => "board".into(),
    };
    object["bytes"] = piece.bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    object
}

fn session(token: u32) -> Option<String> {
    (token != 0).then(|| format!("{token:06x}"))
}

/// How a payload is encoded, and its value.
fn of_payload(payload: &[u8]) -> Json {
    let format = match Payload::parse(payload) {
        Payload::None | Payload::Bare(_) => None,
        Payload::Struct { format, .. } => Some(text(format)),
        Payload::Raw(_) => Some("raw".into()),
        Payload::Literal(_) => Some("repr".into()),
        Payload::Postcard(_) => Some("postcard".into()),
    };
    let value = reply::value::<Infallible>(RawReply::new(payload, false), "", "");
    json!({ "format": format, "value": json::of(&value.unwrap_or_else(|_| Value::from_payload(payload))) })
}

/// Bytes of a peer that should be text, without the end of the line.
fn text(bytes: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in bytes.trim_ascii_end().utf8_chunks() {
        shown += chunk.valid();
        shown += &chunk.invalid().escape_ascii().to_string();
    }
    shown
}

/// Whether a piece is zeros alone, which say nothing.
fn is_nothing(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == 0)
}

fn hex(bytes: &[u8]) -> String {
    let shown: Vec<_> = bytes.iter().take(MAX_SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let more = if bytes.len() > MAX_SHOWN { " …" } else { "" };
    format!("{} bytes: {}{more}", bytes.len(), shown.join(" "))
}
