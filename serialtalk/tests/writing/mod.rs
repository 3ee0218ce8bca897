//! Values into payloads.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use serialtalk::endpoint::Endpoint;
use serialtalk::error::Unsendable;
use serialtalk::payload::PayloadWriter;
use serialtalk::payload::pack::PackProblem;
use serialtalk::{Encode, Value};

/// The payload that `write` writes.
pub fn payload(
    write: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
) -> Result<Vec<u8>, Unsendable> {
    let mut endpoint = Endpoint::<258, 0>::new();
    endpoint.write_oneway("x", write)?;
    let frame = endpoint.to_send();
    Ok(frame[4..frame.len() - 1].to_vec())
}

/// A sole value or the arguments of a call, whose type says how they travel.
pub fn arguments(value: &(impl Encode + ?Sized)) -> Vec<u8> {
    written(|payload| payload.arguments(value))
}

/// The same as a literal.
pub fn literal_arguments(value: &(impl Encode + ?Sized)) -> Vec<u8> {
    written(|payload| payload.literal_arguments(value))
}

/// The value of a reply as a literal.
pub fn literal_sole(value: &(impl Encode + ?Sized)) -> Vec<u8> {
    written(|payload| payload.literal_sole(value))
}

/// The value of a reply under the struct format of its type.
pub fn packed_sole<T: Encode>(value: &T) -> Vec<u8> {
    written(|payload| payload.sole(value, T::SHAPE.format().as_str()))
}

/// What cannot fail because it fits.
pub fn written(write: impl FnOnce(&mut PayloadWriter<'_>)) -> Vec<u8> {
    let written = payload(|payload| {
        write(payload);
        Ok(())
    });
    written.expect("it fits a frame")
}

/// The text of a literal's payload.
pub fn text(payload: &[u8]) -> &str {
    let text = payload.strip_prefix(b"\x04repr").expect("a literal");
    core::str::from_utf8(text).expect("text")
}

/// What Python makes of a payload.
pub fn in_python(payload: &[u8]) -> String {
    Value::from_payload(payload).to_string()
}
