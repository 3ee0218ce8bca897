//! Values and errors out of replies.

extern crate alloc;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;
use core::fmt::Debug;

use super::*;
use crate::codec::encode::Encode;

/// Decodes a reply that has a value.
fn acknowledged<T, E: Debug>(decoder: ReplyDecoder<T, E>, payload: &[u8]) -> Result<T, ReplyError> {
    match decoder.decode(&mut payload.to_vec(), Suffix::Ack) {
        Ok(value) => Ok(value),
        Err(NoValue::Malformed(error)) => Err(error),
        Err(other) => panic!("{other:?}"),
    }
}

fn value<T: for<'a> Decode<'a>>(payload: &[u8]) -> Result<T, String> {
    acknowledged(ReplyDecoder::<T, Infallible>::VALUE, payload).map_err(|error| error.to_string())
}

/// Decodes an error reply: the value of the error, or the text.
fn error<E: for<'a> Decode<'a> + Debug>(payload: &[u8]) -> Result<E, String> {
    match ReplyDecoder::<u8, E>::RESULT.decode(&mut payload.to_vec(), Suffix::Err) {
        Err(NoValue::Failed(error)) => Ok(error),
        Err(NoValue::Refused(error)) => Err(error.text().into()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_has_one_value() {
    assert_eq!(value(b"\x01f\0\0\x40\x40"), Ok(3.0f32));
    assert_eq!(value(b"\x04repr(3,)"), Ok(3.0f32));
    assert_eq!(value(b"\x03f2B\0\0\x40\x40\x01\x02"), Ok((3.0f32, 1u8, 2u8)));
    assert_eq!(value(b"\x04repr(1, 2)"), Ok([1u8, 2]));
    assert_eq!(value::<u8>(b"\x01h\x2c\x01").unwrap_err(), "300 does not fit u8 (0 to 255)");
    assert_eq!(value::<u8>(b"\x022B\x01\x02").unwrap_err(), "expected 1 value(s), got more");
    assert_eq!(value::<u8>(b"\x04repr(1, 2)").unwrap_err(), "expected 1 value(s), got more");
    assert_eq!(value::<(u8, u8)>(b"\x023B\x01\x02\x03").unwrap_err(), "expected 2 value(s), got more");
    assert_eq!(value::<u8>(b"\x04repr('a',)").unwrap_err(), "expected an integer, got text");
}

#[test]
fn a_reply_without_a_value_has_many_forms() {
    for payload in [b"".as_slice(), b"\0", b"\x01z", b"\x04repr()", b"\x04reprNone"] {
        assert_eq!(value(payload), Ok(()), "{payload:?}");
        assert_eq!(value(payload), Ok(None::<u8>), "{payload:?}");
        assert_eq!(value(payload), Ok(None::<(u8, u8)>), "{payload:?}");
        assert_eq!(value::<u8>(payload).unwrap_err(), "expected 1 value(s), got 0", "{payload:?}");
    }
    assert_eq!(value(b"\x04repr(None,)"), Ok(None::<u8>));
    assert_eq!(value::<()>(b"\x01B\x05").unwrap_err(), "expected 0 value(s), got more");
}

#[test]
fn a_value_is_decoded_by_the_signature_and_by_any_other_format() {
    let decoder = ReplyDecoder::<(u8, u16), Infallible> {
        expected: Expected::new(<(u8, u16)>::SHAPE, "<BH", &[]),
        ..ReplyDecoder::VALUE
    };
    for payload in
        [b"\x03<BH\x01\x02\0".as_slice(), b"\x02BH\x01\0\x02\0", b"\x03>BH\x01\0\x02", b"\x04repr(1, 2)"]
    {
        assert_eq!(acknowledged(decoder, payload), Ok((1, 2)), "{payload:?}");
    }
    let bytes = ReplyDecoder::<Vec<u8>, Infallible> {
        expected: Expected::new(<Vec<u8>>::SHAPE, "*s", &[]),
        ..ReplyDecoder::VALUE
    };
    for payload in [b"\x022sab".as_slice(), b"\x03rawab", b"\x04repr(b'ab',)", b"\x04repr([97, 98],)"] {
        assert_eq!(acknowledged(bytes, payload), Ok(b"ab".to_vec()), "{payload:?}");
    }
}

#[test]
fn bare_bytes_are_a_value_that_the_peer_could_not_pack() {
    for payload in [b"B".as_slice(), b"bb", b"raw", b"3f", b"\x01i\x02", b"\x01l\x01\x02"] {
        let error = acknowledged(ReplyDecoder::<Vec<u8>, Infallible>::VALUE, payload);
        assert_eq!(error, Err(ReplyError::NotPacked(Text::from_bytes(payload))));
    }
    let text = value::<u8>(b"B").unwrap_err();
    assert!(text.starts_with("the peer could not pack its value and sent \"B\" instead"), "{text}");
}

#[test]
fn an_error_is_text_and_may_have_a_value() {
    assert_eq!(error::<u8>(b"\x04repr('Command failed: no',)").unwrap_err(), "Command failed: no");
    assert_eq!(error(b"\x04repr('Command failed: Moving', (3, -1))"), Ok((3u8, -1i8)));
    assert_eq!(error(b"\x04repr('Command failed: 5', 5)"), Ok(5u8));
    assert_eq!(error::<u8>(b"\x04repr('Command failed: 300', 300)").unwrap_err(), "Command failed: 300");
    assert_eq!(error::<u8>(b"\x04repr('Command failed: 5', 5, 6)").unwrap_err(), "Command failed: 5");
    assert_eq!(error::<u8>(b"\x04repr'no'").unwrap_err(), "no");
    assert_eq!(error::<u8>(b"\x04repr(5,)").unwrap_err(), "an error that is not text");
    assert_eq!(error::<u8>(b"\x03raw\xffno").unwrap_err(), "\x03raw\u{fffd}no");
    let payload = &mut b"\x04repr('Command failed: 5', 5)".to_vec();
    let plain = ReplyDecoder::<u8, Infallible>::VALUE.decode(payload, Suffix::Err);
    assert!(matches!(plain, Err(NoValue::Refused(error)) if error.to_string() == "5"));
}

#[test]
fn a_dynamic_value_is_any_value() {
    let dynamic = |payload: &[u8]| {
        let value = acknowledged(ReplyDecoder::DYNAMIC, payload);
        value.map(|value| value.to_string()).map_err(|error| error.to_string())
    };
    assert_eq!(dynamic(b"\x01f\0\0\x40\x40").as_deref(), Ok("3.0"));
    assert_eq!(dynamic(b"\x022B\x01\x02").as_deref(), Ok("(1, 2)"));
    assert_eq!(dynamic(b"\x01?\x01").as_deref(), Ok("True"));
    assert_eq!(dynamic(b"\x04repr('a', [1], {2: None})").as_deref(), Ok("('a', [1], {2: None})"));
    assert_eq!(dynamic(b"\x04repr([1],)").as_deref(), Ok("[1]"));
    assert_eq!(dynamic(b"\x04repr((1, 2),)").as_deref(), Ok("(1, 2)"));
    assert_eq!(dynamic(b"\x04repr(None,)").as_deref(), Ok("None"));
    assert_eq!(dynamic(b"\0").as_deref(), Ok("None"));
    assert_eq!(dynamic(b"").as_deref(), Ok("None"));
    assert_eq!(dynamic(b"\x03rawa").as_deref(), Ok("b'a'"));
    assert!(dynamic(b"B").is_err());
    assert_eq!(dynamic(b"\x04repr(x.y(),)").unwrap_err(), "not a Python literal");
}
