extern crate alloc;
extern crate std;
use alloc::string::{String, ToString};

use core::convert::Infallible as Never;

use super::*;

fn value<T: for<'a> Decode<'a>>(payload: &[u8]) -> Result<T, String> {
    let outcome = Outcome::<T, Never>::VALUE;
    outcome.of_reply(&mut payload.to_vec()).map_err(|problem| problem.to_string())
}

fn error<E: for<'a> Decode<'a>>(payload: &[u8]) -> Result<E, String> {
    let outcome = Outcome::<u8, E>::RESULT;
    outcome.of_error(&mut payload.to_vec()).map_err(|refusal| refusal.text().into())
}

#[test]
fn a_reply_holds_one_value() {
    assert_eq!(value(b"\x01f\0\0\x40\x40"), Ok(3.0f32));
    assert_eq!(value(b"\x04repr(3,)"), Ok(3.0f32));
    assert_eq!(value(b"\x03f2B\0\0\x40\x40\x01\x02"), Ok((3.0f32, 1u8, 2u8)));
    assert_eq!(value(b"\x04repr(1, 2)"), Ok([1u8, 2]));
    assert_eq!(value::<u8>(b"\x01h\x2c\x01").unwrap_err(), "300 does not fit u8 (0 to 255)");
    assert_eq!(value::<u8>(b"\x022B\x01\x02").unwrap_err(), "expected 1 value(s)");
    assert_eq!(value::<u8>(b"\x04repr(1, 2)").unwrap_err(), "expected 1 value(s)");
    assert_eq!(value::<(u8, u8)>(b"\x023B\x01\x02\x03").unwrap_err(), "expected 2 value(s)");
    assert_eq!(value::<u8>(b"\x04repr('a',)").unwrap_err(), "expected an integer, got text");
}

#[test]
fn done_without_a_value_is_said_in_many_ways() {
    for payload in [b"".as_slice(), b"\0", b"\x01z", b"\x04repr()"] {
        assert_eq!(value(payload), Ok(()));
        assert_eq!(value(payload), Ok(None::<u8>));
        assert_eq!(value(payload), Ok(None::<(u8, u8)>));
        assert_eq!(value::<u8>(payload).unwrap_err(), "expected 1 value(s)");
    }
    assert_eq!(value(b"\x04repr(None,)"), Ok(None::<u8>));
    assert_eq!(value::<()>(b"\x01B\x05").unwrap_err(), "expected 0 value(s)");
}

#[test]
fn bare_bytes_are_a_value_that_the_peer_could_not_pack() {
    for payload in [b"B".as_slice(), b"bb", b"raw", b"3f", b"\x01i\x02", b"\x01l\x01\x02"] {
        let problem = Outcome::<alloc::vec::Vec<u8>, Never> { value: |_| None, error: |_| None };
        let problem = problem.of_reply(&mut payload.to_vec());
        assert_eq!(problem, Err(BadReply::NotPacked(Text::from_bytes(payload))));
    }
    let text = value::<u8>(b"B").unwrap_err();
    assert!(text.starts_with("the peer could not pack its value and sent \"B\" instead"), "{text}");
}

#[test]
fn an_error_is_text_and_may_hold_a_value() {
    assert_eq!(error::<u8>(b"\x04repr('Command failed: no',)").unwrap_err(), "Command failed: no");
    assert_eq!(error(b"\x04repr('Command failed: Moving', (3, -1))"), Ok((3u8, -1i8)));
    assert_eq!(error(b"\x04repr('Command failed: 5', 5)"), Ok(5u8));
    assert_eq!(error::<u8>(b"\x04repr('Command failed: 300', 300)").unwrap_err(), "Command failed: 300");
    assert_eq!(error::<u8>(b"\x04repr('Command failed: 5', 5, 6)").unwrap_err(), "Command failed: 5");
    assert_eq!(error::<u8>(b"\x04repr'no'").unwrap_err(), "no");
    assert_eq!(error::<u8>(b"\x04repr(5,)").unwrap_err(), "an error that is no text");
    assert_eq!(error::<u8>(b"\x03raw\xffno").unwrap_err(), "\x03raw\u{fffd}no");
    let plain = Outcome::<u8, Never>::VALUE.of_error(&mut b"\x04repr('Command failed: 5', 5)".to_vec());
    assert_eq!(plain.map_err(|refusal| refusal.to_string()), Err("5".into()));
}

#[cfg(feature = "alloc")]
#[test]
fn any_value_is_taken_when_asked_for() {
    let dynamic = |payload: &[u8]| {
        let value = Outcome::DYNAMIC.of_reply(&mut payload.to_vec());
        value.map(|value| value.to_string()).map_err(|problem| problem.to_string())
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
