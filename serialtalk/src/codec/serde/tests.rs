//! Types that have only serde: as literals, from what Python sends, and in postcard.

#[cfg(feature = "repr")]
mod literals;
#[cfg(feature = "postcard")]
mod postcard;

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Debug;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::*;
use crate::codec::decode::Decoder;
use crate::codec::error::{EncodeError, Invalid, Unencodable};
use crate::codec::payload_writer::PayloadWriter;
use crate::wire::frame::{FrameWriter, Head, MAX_FRAME};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Reading {
    id: u8,
    values: Vec<f32>,
    note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Metres(f64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Point(i32, i32);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Shape {
    Empty,
    Circle(f32),
    Line(Point, Point),
    Named { name: String, corners: Vec<(i16, i16)> },
}

/// Any value, by what arrives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Any {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Pair((u8, u8)),
    List(Vec<Any>),
    Map(BTreeMap<String, Any>),
    None,
}

fn under(format: &str, data: &[u8]) -> Vec<u8> {
    [&[format.len() as u8], format.as_bytes(), data].concat()
}

fn repr(text: &str) -> Vec<u8> {
    [b"\x04repr", text.as_bytes()].concat()
}

/// The payload that `write` writes, in a frame whose name has one letter.
fn payload(
    write: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), Unencodable>,
) -> Result<Vec<u8>, EncodeError> {
    let mut buffer = [0; MAX_FRAME];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    write(&mut PayloadWriter::new(&mut frame))?;
    let size = frame.finish()?;
    Ok(buffer[4..size - 1].to_vec())
}

fn decode<T>(payload: &[u8], take: impl FnOnce(&mut Decoder<'_>) -> Result<T, Invalid>) -> Result<T, String> {
    let mut payload = payload.to_vec();
    let mut decoder = Decoder::new(&mut payload);
    let value = take(&mut decoder).and_then(|value| decoder.finish().map(|()| value));
    value.map_err(|Invalid| decoder.error().expect("the decoder keeps the cause").to_string())
}

/// Decodes the only argument.
fn sole<T: DeserializeOwned>(payload: &[u8]) -> Result<T, String> {
    decode(payload, |decoder| decoder.serde_sole())
}

/// Decodes two arguments.
fn two<A: DeserializeOwned, B: DeserializeOwned>(payload: &[u8]) -> Result<(A, B), String> {
    decode(payload, |decoder| Ok((decoder.serde_argument()?, decoder.serde_argument()?)))
}

fn reading_strategy() -> impl Strategy<Value = Reading> {
    let values = proptest::collection::vec(-1e30f32..1e30, 0..6);
    let note =
        proptest::option::of(proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter));
    (any::<u8>(), values, note).prop_map(|(id, values, note)| Reading { id, values, note })
}

fn shape_strategy() -> impl Strategy<Value = Shape> {
    let point = || (any::<i32>(), any::<i32>()).prop_map(|(x, y)| Point(x, y));
    let corners = proptest::collection::vec((any::<i16>(), any::<i16>()), 0..6);
    prop_oneof![
        Just(Shape::Empty),
        (-1e30f32..1e30).prop_map(Shape::Circle),
        (point(), point()).prop_map(|(from, to)| Shape::Line(from, to)),
        ("[a-z'\"\\\\]{0,9}", corners).prop_map(|(name, corners)| Shape::Named { name, corners }),
    ]
}
