//! The frames of replies.

extern crate alloc;

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::codec::decode::Decoder;
use crate::codec::encode::Encoder;
use crate::codec::shape::{Field, Shape, Variant};
use crate::wire::struct_format::FormatError;

/// The frame of a reply to `name` that `write` writes to a buffer of `size` bytes, if any fits.
fn frame(size: usize, name: &str, write: impl FnOnce(&mut Reply<'_>)) -> Option<Vec<u8>> {
    let mut buffer = vec![0xaa; size];
    let mut reply = Reply::new(&mut buffer, name.as_bytes());
    write(&mut reply);
    let size = Some(reply.finish(&Call::new(b"", &mut []), Ok(()))).filter(|size| *size > 0)?;
    Some(buffer[..size].to_vec())
}

/// The name and the payload of a reply in a buffer of full size.
fn reply(write: impl FnOnce(&mut Reply<'_>)) -> (String, Vec<u8>) {
    let frame = frame(258, "x", write).expect("a reply fits");
    assert_eq!((frame[0], usize::from(frame[1]), frame[frame.len() - 1]), (b'<', frame.len() - 3, b'>'));
    let (name, payload) = frame[3..frame.len() - 1].split_at(frame[2].into());
    (String::from_utf8(name.into()).unwrap(), payload.into())
}

/// The text of an error reply that has nothing else.
fn error(write: impl FnOnce(&mut Reply<'_>)) -> String {
    let (name, mut payload) = reply(write);
    assert_eq!(name, "xerr");
    let mut decoder = Decoder::new(&mut payload);
    let text = decoder.argument::<&str>().map(String::from);
    assert_eq!(decoder.finish(), Ok(()));
    text.unwrap()
}

fn expected<T: Encode>(template: &'static str) -> Expected {
    Expected::new(T::SHAPE, template, &[])
}

#[test]
fn a_reply_that_is_not_written_has_no_value() {
    assert_eq!(reply(|_| {}), ("xack".into(), b"\0".into()));
}

#[test]
fn a_payload_that_was_written_elsewhere_is_copied() {
    assert_eq!(reply(|reply| reply.copy(b"\x01B\x07", false)), ("xack".into(), b"\x01B\x07".into()));
    assert_eq!(error(|reply| reply.copy(b"\x04repr('no',)", true)), "no");
    assert!(error(|reply| reply.copy(&[0; 255], false)).starts_with("Response packing failed: "));
}

#[test]
fn a_value_is_written_as_its_type_says() {
    let unknown = Expected::UNKNOWN;
    assert_eq!(
        reply(|reply| reply.value(3.0f32, &expected::<f32>("f"))),
        ("xack".into(), b"\x01f\0\0\x40\x40".into())
    );
    assert_eq!(reply(|reply| reply.value("a", &unknown)), ("xack".into(), b"\x04repr('a',)".into()));
    assert_eq!(reply(|reply| reply.value((), &unknown)), ("xack".into(), b"\0".into()));
    let bytes = reply(|reply| reply.value(b"ab".as_slice(), &expected::<&[u8]>("*s")));
    assert_eq!(bytes, ("xack".into(), b"\x022sab".into()));
    assert_eq!(reply(|reply| reply.raw(b"\0a".as_slice())), ("xack".into(), b"\x03raw\0a".into()));
    assert_eq!(reply(|reply| reply.literal(7u8)), ("xack".into(), b"\x04repr(7,)".into()));
    assert_eq!(reply(|reply| reply.packed(7u16, "<H")), ("xack".into(), b"\x02<H\x07\0".into()));
    assert_eq!(reply(|reply| reply.by_format(7u16, ">i")), ("xack".into(), b"\x02>i\0\0\0\x07".into()));
}

#[test]
fn the_last_reply_that_is_written_counts() {
    let twice = reply(|reply| {
        reply.literal(1u8);
        reply.value(2u16, &expected::<u16>("H"));
    });
    assert_eq!(twice, ("xack".into(), b"\x01H\x02\0".into()));
    let after_an_error = reply(|reply| {
        reply.fail(|text| text.bytes(b"no"));
        reply.value(2u8, &expected::<u8>("B"));
    });
    assert_eq!(after_an_error, ("xack".into(), b"\x01B\x02".into()));
    let after_a_value = reply(|reply| {
        reply.value([0u8; 200], &expected::<[u8; 200]>("200s"));
        reply.fail(|text| text.bytes(b"no"));
    });
    assert_eq!(after_a_value, ("xerr".into(), b"\x04repr('Command failed: no',)".into()));
}

#[test]
fn an_error_begins_as_that_of_a_python_peer() {
    assert_eq!(error(|reply| reply.not_found()), "Command not found: x");
    assert_eq!(
        error(|reply| reply.fail(|text| text.bytes(b"it's \"so\"\n"))),
        "Command failed: it's \"so\"\n"
    );
    assert_eq!(
        error(|reply| reply.fail(|text| write!(text, "{}", u64::MAX).unwrap())),
        format!("Command failed: {}", u64::MAX)
    );
    assert_eq!(
        error(|reply| reply.value_with(|_| Err(FormatError::Value { number: 2, code: b'B' }.into()))),
        "Response packing failed: value 2 does not fit the format code `B`"
    );
    assert_eq!(
        error(|reply| reply.by_format(300u16, "B")),
        "Response packing failed: value 1 does not fit the format code `B`"
    );
    assert_eq!(
        error(|reply| reply.too_large(FrameTooLong { size: 300, limit: 64 })),
        "Command failed: 300 bytes > frame of 64"
    );
}

/// The error reply to a call that takes two integers, `a` and `b`.
fn rejected(payload: &[u8], expected: &'static Expected) -> String {
    let mut payload = payload.to_vec();
    let mut call = Call::new(b"x", &mut payload);
    let arguments = call.arguments(expected);
    arguments.set_arity(2);
    let taken =
        arguments.argument::<u8>().and_then(|_| arguments.argument::<u8>()).and_then(|_| arguments.finish());
    assert_eq!(taken, Err(Invalid));
    error(|reply| reply.reject(&call))
}

#[test]
fn a_rejected_argument_has_its_name() {
    static NAMED: Expected = Expected { argument_names: &["a", "b"], ..Expected::UNKNOWN };
    let range = "300 does not fit u8 (0 to 255)";
    let second = b"\x04repr(1, 300)".as_slice();
    assert_eq!(rejected(second, &NAMED), format!("Command failed: argument 2 (`b`): {range}"));
    assert_eq!(rejected(second, &Expected::UNKNOWN), format!("Command failed: argument 2: {range}"));
    assert_eq!(rejected(b"\x01B\x01", &NAMED), "Command failed: expected 2 value(s), got 1");
    assert_eq!(rejected(b"\x01z", &NAMED), "Command failed: expected 2 value(s), got 0");
    assert_eq!(rejected(b"\x023B\x01\x02\x03", &NAMED), "Command failed: expected 2 value(s), got more");
    let below = rejected(b"\x02bB\xff\x02", &NAMED);
    assert_eq!(below, "Command failed: argument 1 (`a`): -1 does not fit u8 (0 to 255)");
    let other = rejected(b"\x02Bf\x01\0\0\0\0\0\0\0", &NAMED);
    assert_eq!(other, "Command failed: argument 2 (`b`): expected an integer, got a float");
    let text = rejected(b"\x04repr(1, x)", &NAMED);
    assert_eq!(text, "Command failed: argument 2 (`b`): not a Python literal");
}

#[test]
fn a_call_that_is_rejected_without_a_cause_is_an_error() {
    let mut payload = *b"\x01B\x07";
    let mut call = Call::new(b"x", &mut payload);
    assert_eq!(call.arguments(&Expected::UNKNOWN).argument::<u8>(), Ok(7));
    assert_eq!(error(|reply| reply.reject(&call)), "Command failed: invalid arguments");
}

#[test]
fn a_value_that_does_not_fit_becomes_an_error() {
    let long = "q".repeat(300);
    let value = |len: usize| long.get(..len).unwrap();
    assert_eq!(error(|reply| reply.literal(value(300))), "Response packing failed: 318 bytes > frame of 258");
    // The largest size that fits, and the next.
    let frame_with = |len: usize| 3 + 4 + 5 + len + 5 + 1;
    assert_eq!(frame_with(240), 258);
    assert_eq!(reply(|reply| reply.literal(value(240))).0, "xack");
    assert_eq!(error(|reply| reply.literal(value(241))), "Response packing failed: 259 bytes > frame of 258");
    assert_eq!(
        error(|reply| reply.raw(5u8)),
        "Response packing failed: a value has no place in its encoding: use `repr`, or an enum for `Some(None)`"
    );
}

#[test]
fn texts_are_cut_to_fit_a_small_buffer() {
    let text = |size: usize| frame(size, "mult", |reply| reply.not_found());
    assert_eq!(text(32).as_deref(), Some(b"<\x1d\x07multerr\x04repr('Command not',)>".as_slice()));
    assert_eq!(text(42).unwrap().len(), 42);
    assert_eq!(text(258).unwrap(), b"<)\x07multerr\x04repr('Command not found: mult',)>");
    let long = frame(32, "mult", |reply| reply.raw([0u8; 40].as_slice()));
    assert_eq!(long.as_deref(), Some(b"<\x1d\x07multerr\x04repr('Response pa',)>".as_slice()));
}

#[test]
fn a_name_without_room_for_a_reply_gets_none() {
    let name = "n".repeat(200);
    assert_eq!(frame(32, &name, |_| {}), None);
    assert_eq!(frame(32, &name, |reply| reply.fail(|text| text.bytes(b"no"))), None);
    assert_eq!(frame(258, &"n".repeat(254), |reply| reply.literal(1u8)), None);
    let longest = "n".repeat(250);
    assert_eq!(frame(258, &longest, |_| {}), Some([b"<\xff\xfd", longest.as_bytes(), b"ack\0>"].concat()));
    assert_eq!(frame(258, &"n".repeat(251), |_| {}), None);
}

/// An error of a command, as the derive implements it.
struct Moving {
    speed: f32,
    why: String,
}

impl Encode for Moving {
    const SHAPE: &'static Shape = &Shape::Enum(&[Variant {
        name: "Moving",
        fields: &[
            Field { name: "speed", shape: &Shape::Float32 },
            Field { name: "why", shape: &Shape::Text },
        ],
    }]);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.begin_variant("Moving", 2)?;
        encoder.field("speed")?;
        self.speed.encode(encoder)?;
        encoder.field("why")?;
        self.why.encode(encoder)?;
        encoder.end_variant(2)
    }
}

#[test]
fn an_error_of_the_command_is_text_and_value() {
    let (name, payload) = reply(|reply| reply.fail_with(&(3u8, -1i8)));
    assert_eq!(
        (name.as_str(), payload.as_slice()),
        ("xerr", b"\x04repr('Command failed: (3, -1)', (3, -1))".as_slice())
    );
    let (_, payload) = reply(|reply| reply.fail_with(&Moving { speed: 0.5, why: "it's".into() }));
    let text = core::str::from_utf8(&payload).unwrap();
    assert_eq!(
        text,
        r#"repr('Command failed: Moving(speed=0.5, why="it\'s")', ('Moving', 0.5, "it's"))"#
            .replacen("repr", "\x04repr", 1)
    );
}

#[test]
fn the_text_of_an_error_is_cut_and_never_its_value() {
    for len in 0..240 {
        let moving = Moving { speed: 0.5, why: "e".repeat(len) };
        let (name, mut payload) = reply(|reply| reply.fail_with(&moving));
        assert_eq!(name, "xerr");
        let mut decoder = Decoder::new(&mut payload);
        let text = decoder.argument::<&str>().unwrap();
        let value = decoder.argument::<(&str, f32, &str)>();
        let whole = format!("Command failed: Moving(speed=0.5, why='{}')", moving.why);
        if 3 + 4 + 5 + "('', )".len() + format!("('Moving', 0.5, '{}')", moving.why).len() < 258 {
            assert_eq!(value, Ok(("Moving", 0.5, moving.why.as_str())), "{len}");
            assert_eq!(decoder.finish(), Ok(()));
            assert!(whole.starts_with(text), "{text}");
        } else {
            assert!(text.starts_with("Response packing failed: ") && value.is_err(), "{len}: {text}");
        }
    }
}

proptest! {
    #[test]
    fn an_error_is_cut_at_a_character_and_fills_its_frame(
        size in 32usize..=258,
        characters in proptest::collection::vec(any::<char>(), 0..120),
    ) {
        let why: String = characters.into_iter().collect();
        let frame = frame(size, "x", |reply| reply.fail(|text| text.write_str(&why).unwrap())).unwrap();
        prop_assert!(frame.len() <= size);
        let mut payload = frame[7..frame.len() - 1].to_vec();
        let mut decoder = Decoder::new(&mut payload);
        let text = decoder.argument::<&str>().map(String::from).unwrap();
        prop_assert_eq!(decoder.finish(), Ok(()));
        let whole = format!("Command failed: {why}");
        prop_assert!(whole.starts_with(&text));
        // The longest escape has four bytes, and so has the longest character.
        prop_assert!(text == whole || frame.len() + 3 >= size, "{} of {}", frame.len(), size);
    }
}
