//! Decoding of recorded frames.

use std::collections::HashMap;

use peers::vectors::{CPYTHON, Direction, Vector, load};
use serialtalk::proto::Payload;
use serialtalk::{Decoder, Value};

use crate::deviations::Deviations;
use crate::wire::{all_as_python, as_python, frames, header};

/// All that `receive_command` returned, without the errors about bytes outside frames.
fn received(vector: &Vector) -> String {
    let is_frame = |text: &&String| !text.starts_with("('err', ");
    let all: Vec<_> = vector.decoded.iter().chain(&vector.sequence).filter(is_frame).cloned().collect();
    all.join(" ")
}

/// The bytes that a library wrote or received as frames.
fn frame_bytes(vector: &Vector) -> Option<&[u8]> {
    let bytes = match vector.direction {
        Direction::Encode | Direction::Decode => vector.bytes.as_deref(),
        Direction::Serve => vector.reply.as_deref(),
        Direction::Repr => None,
    };
    // The value that a method of a SerialTalk returned is not a frame.
    bytes.filter(|bytes| !bytes.is_empty() && !vector.method)
}

/// Everything that CPython decoded, from any sender.
#[test]
fn values_are_those_of_cpython() {
    let mut deviations = Deviations::of("decode");
    for vector in load().iter().filter(|vector| vector.who == CPYTHON) {
        let Some(bytes) = frame_bytes(vector) else { continue };
        deviations.compare(&vector.id, &all_as_python(bytes), &received(vector));
    }
    deviations.finish(380);
}

/// A call that another library encoded has the values that CPython sends; layouts and widths may differ.
#[test]
fn calls_of_every_library_decode_to_the_same_values() {
    let vectors = load();
    let is_call = |vector: &&Vector| vector.direction == Direction::Encode && !vector.method;
    let by_cpython: HashMap<_, _> = vectors
        .iter()
        .filter(|vector| is_call(vector) && vector.who == CPYTHON)
        .filter_map(|vector| Some((vector.call.as_deref()?, vector)))
        .collect();
    let mut compared = HashMap::new();
    for vector in vectors.iter().filter(is_call) {
        let call = vector.call.as_deref().unwrap_or_default();
        let (Some(theirs), Some(bytes)) = (by_cpython.get(call), vector.bytes.as_deref()) else { continue };
        let (Some(frame), Some(same)) = (frames(bytes).pop(), theirs.bytes.as_deref()) else { continue };
        // A library that could not pack the values sent something else.
        if frames(same).pop().is_none_or(|same| header(&same.1) != header(&frame.1)) {
            continue;
        }
        // A build with floats of 32 bits rounds what it packs as `d` and prints.
        let is_rounded = vector.who.contains("float32") || vector.who.contains("microbit");
        if is_rounded && ["0.1", "1/3"].iter().any(|text| call.contains(text)) {
            continue;
        }
        let Vector { id, who, .. } = vector;
        let ours = as_python(&frame);
        let theirs = theirs.decoded.as_deref().unwrap_or_default();
        if ["nan", "inf", "bytearray"].iter().all(|word| !theirs.contains(word)) {
            // The Arduino library loses the sign of a zero.
            let theirs =
                if who.starts_with("arduino") { theirs.replace("-0.0", "0.0") } else { theirs.into() };
            assert_eq!(ours, theirs, "{who} {id}: {call}");
            assert_eq!(typed(&theirs, &frame.1), Ok(()), "{who} {id}: {call}");
        }
        *compared.entry(who.as_str()).or_insert(0) += 1;
    }
    let least = [
        ("cpython", 100),
        ("micropython-1.29", 80),
        ("wasm32", 80),
        ("float32", 80),
        ("microbit", 80),
        ("arduino", 12),
    ];
    for (name, least) in least {
        let count: i32 = compared.iter().filter(|(who, _)| who.contains(name)).map(|(_, count)| count).sum();
        assert!(count >= least, "only {count} calls of {name}: {compared:?}");
    }
}

/// Takes the values of `('x', VALUE)` as typed arguments out of a payload.
fn typed(expected: &str, payload: &[u8]) -> Result<(), String> {
    let expected = Value::from_literal(expected).ok_or("not a literal")?;
    let Value::Tuple(parts) = expected else { return Err("not a tuple".into()) };
    let expected = match (Payload::parse(payload), parts.into_iter().nth(1).ok_or("no value")?) {
        // As typed arguments, an empty payload is no argument, and bare bytes are bytes even if Python reads a format there.
        (Payload::None, _) => vec![],
        (Payload::Bare(bytes), _) => vec![Value::Bytes(bytes.to_vec())],
        (Payload::Literal(_), Value::None) => vec![Value::None],
        (Payload::Literal(text), value @ Value::Tuple(_)) if is_sole_tuple(text) => vec![value],
        (_, Value::Tuple(values)) => values,
        (_, value) => vec![value],
    };
    let mut payload = payload.to_vec();
    let mut decoder = Decoder::new(&mut payload);
    for value in expected {
        let taken = match &value {
            Value::Int(_) => decoder.argument::<i128>().map(Value::Int),
            Value::Bool(_) => decoder.argument::<bool>().map(Value::Bool),
            Value::Float(_) => decoder.argument::<f64>().map(Value::Float),
            Value::Str(_) => decoder.argument::<String>().map(Value::Str),
            Value::Bytes(_) => decoder.argument::<Vec<u8>>().map(Value::Bytes),
            _ => decoder.argument::<Value>(),
        };
        if taken.as_ref() != Ok(&value) {
            return Err(format!("{taken:?} instead of {value:?}, {:?}", decoder.error()));
        }
    }
    decoder.finish().map_err(|_| format!("{:?}", decoder.error()))
}

/// Whether a literal is a tuple whose only element is a tuple, which Python unwraps.
fn is_sole_tuple(text: &[u8]) -> bool {
    let text = core::str::from_utf8(text).unwrap_or_default();
    matches!(Value::from_literal(text), Some(Value::Tuple(values)) if matches!(values.as_slice(), [Value::Tuple(_)]))
}
