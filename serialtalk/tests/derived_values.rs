//! Types that derive `Value`.
#![cfg(all(feature = "alloc", feature = "repr"))]

#[path = "support/decoding.rs"]
mod decoding;
#[path = "support/encoding.rs"]
mod encoding;

use std::fmt::Debug;

use decoding::{decode, repr, sole};
use serialtalk::{Decode, Encode, Value};

#[derive(Value, Debug, Clone, Copy, PartialEq)]
struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

#[derive(Value, Debug, Clone, PartialEq)]
struct Pair<T>(T, T);

#[derive(Value, Debug, Clone, PartialEq)]
struct Meters(f32);

#[derive(Value, Debug, Clone, PartialEq)]
struct Nothing;

#[derive(Value, Debug, Clone, PartialEq)]
struct Text<'a> {
    text: &'a str,
    more: Option<u8>,
}

#[derive(Value, Debug, Clone, PartialEq)]
struct Block<'a> {
    at: u16,
    data: &'a [u8],
    sum: u32,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
enum Mode {
    Off,
    On = 7,
    Fast,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[repr(i16)]
enum Signed {
    Low = -300,
    High = 300,
}

#[derive(Value, Debug, Clone, PartialEq)]
enum State {
    Idle,
    Moving(u8),
    At { x: f32, y: f32 },
}

fn encoding_of<T: Encode>() -> String {
    T::SHAPE.encoding().as_str().to_owned()
}

/// Checks the payload of a reply with `value`, in the encoding of its type, and that it is decoded to the value.
#[track_caller]
fn crosses<T: Encode + for<'a> Decode<'a> + Debug + PartialEq>(value: T, payload: &[u8]) {
    assert_eq!(encoding::value(&value), payload);
    assert_eq!(sole(payload).as_ref(), Ok(&value));
    assert_eq!(sole(&encoding::literal(&value)).as_ref(), Ok(&value));
}

#[test]
fn the_fields_of_a_type_are_its_shape() {
    assert_eq!(encoding_of::<Imu>(), "3f");
    assert_eq!(encoding_of::<Pair<u8>>(), "2B");
    assert_eq!(encoding_of::<Pair<Meters>>(), "2f");
    assert_eq!(encoding_of::<Meters>(), "f");
    assert_eq!(encoding_of::<Nothing>(), "");
    assert_eq!(encoding_of::<Text<'_>>(), "repr");
    assert_eq!(encoding_of::<Block<'_>>(), "<H*sI");
    assert_eq!(encoding_of::<Mode>(), "B");
    assert_eq!(encoding_of::<Signed>(), "h");
    assert_eq!(encoding_of::<State>(), "repr");
}

#[test]
fn structs_are_packed_if_all_their_fields_are() {
    crosses(Imu { x: 0.5, y: 0.0, z: 1.0 }, b"\x023f\0\0\0\x3f\0\0\0\0\0\0\x80\x3f");
    crosses(Pair(1u8, 2), b"\x022B\x01\x02");
    crosses(Pair(Meters(1.0), Meters(0.0)), b"\x022f\0\0\x80\x3f\0\0\0\0");
    crosses(Meters(1.0), b"\x01f\0\0\x80\x3f");
    crosses(Nothing, b"\0");
    assert_eq!(encoding::value(&Text { text: "a", more: None }), b"\x04repr('a', None)");
    let text = decode(&repr("('a',)"), |decoder| decoder.sole::<Text<'_>>().map(|text| text.text.len()));
    assert_eq!(text.unwrap_err(), "argument 1: expected 2 value(s), got 1");
    let text = decode(&repr("('a', 3)"), |decoder| {
        let text: Text<'_> = decoder.sole()?;
        Ok((text.text.to_owned(), text.more))
    });
    assert_eq!(text, Ok(("a".into(), Some(3))), "text is borrowed from the payload");
    let payload = encoding::value(&Block { at: 1, data: b"abc", sum: 2 });
    assert_eq!(payload, b"\x05<H3sI\x01\0abc\x02\0\0\0");
    let block = decode(&payload, |decoder| {
        let block: Block<'_> = decoder.sole()?;
        Ok((block.at, block.data.to_vec(), block.sum))
    });
    assert_eq!(block, Ok((1, b"abc".to_vec(), 2)));
}

#[test]
fn enums_without_data_are_integers() {
    crosses(Mode::Off, b"\x01B\0");
    crosses(Mode::On, b"\x01B\x07");
    crosses(Mode::Fast, b"\x01B\x08");
    crosses(Signed::Low, b"\x01h\xd4\xfe");
    crosses(Signed::High, b"\x01h\x2c\x01");
    assert_eq!(sole(&repr("(-300,)")), Ok(Signed::Low));
    assert_eq!(sole::<Mode>(&repr("(3,)")).unwrap_err(), "argument 1: 3 is not a valid Mode");
    assert_eq!(sole::<Signed>(&repr("(-1,)")).unwrap_err(), "argument 1: -1 is not a valid Signed");
    assert_eq!(sole::<Mode>(&repr("(300,)")).unwrap_err(), "argument 1: 300 does not fit u8 (0 to 255)");
}

#[test]
fn enums_with_data_are_names_and_fields() {
    crosses(State::Idle, b"\x04repr('Idle',)");
    crosses(State::Moving(3), b"\x04repr(('Moving', 3),)");
    crosses(State::At { x: 0.5, y: 1.0 }, b"\x04repr(('At', 0.5, 1.0),)");
    assert_eq!(sole::<State>(&repr("('Stuck',)")).unwrap_err(), "argument 1: not a variant of State");
    assert_eq!(sole::<State>(&repr("(('At', 1.0),)")).unwrap_err(), "argument 1: expected 3 value(s), got 2");
}
