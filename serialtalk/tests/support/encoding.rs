//! Values into payloads.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use serialtalk::proto::{PayloadWriter, encode_arguments};
use serialtalk::{Encode, EncodeError, Value};

/// The payload that `write` writes, in a frame whose name has one letter.
pub fn payload(
    write: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
) -> Result<Vec<u8>, EncodeError> {
    encode_arguments("x", write)
}

/// The payload of a call, in the encoding that the types say.
pub fn arguments(values: &(impl Encode + ?Sized)) -> Vec<u8> {
    payload(|payload| payload.values(values)).expect("it fits a frame")
}

/// The payload of a call, as a literal.
pub fn literal_arguments(values: &(impl Encode + ?Sized)) -> Vec<u8> {
    payload(|payload| payload.literal_values(values)).expect("it fits a frame")
}

/// The payload of a reply, in the encoding that the type says.
pub fn value(value: &(impl Encode + ?Sized)) -> Vec<u8> {
    payload(|payload| payload.value(value)).expect("it fits a frame")
}

/// The payload of a reply, as a literal.
pub fn literal(value: &(impl Encode + ?Sized)) -> Vec<u8> {
    payload(|payload| Ok(payload.literal(value)?)).expect("it fits a frame")
}

/// The text of a payload that is a literal.
pub fn text(payload: &[u8]) -> &str {
    let text = payload.strip_prefix(b"\x04repr").expect("a literal");
    core::str::from_utf8(text).expect("text")
}

/// What a Python peer decodes a payload to.
pub fn in_python(payload: &[u8]) -> String {
    Value::from_payload(payload).to_string()
}
