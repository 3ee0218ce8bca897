//! Payloads of every kind: what their headers say, and what they are decoded to.
#![cfg(feature = "repr")]

#[path = "support/decoding.rs"]
mod decoding;

use decoding::{arguments, bytes_under, repr, sole, under};
use serialtalk::proto::Payload;

#[test]
fn the_header_says_how_a_payload_is_encoded() {
    assert_eq!(Payload::parse(b""), Payload::None);
    assert_eq!(Payload::parse(b"\x01z"), Payload::None);
    assert_eq!(Payload::parse(b"\x00"), Payload::Struct { format: b"", data: b"" });
    assert_eq!(Payload::parse(b"\x01zA"), Payload::Struct { format: b"z", data: b"A" });
    assert_eq!(Payload::parse(b"\x02ff12345678"), Payload::Struct { format: b"ff", data: b"12345678" });
    assert_eq!(Payload::parse(b"\x03raw"), Payload::Raw(b""));
    assert_eq!(Payload::parse(b"\x03raw\x03raw"), Payload::Raw(b"\x03raw"));
    assert_eq!(Payload::parse(b"\x04repr(1,)"), Payload::Literal(b"(1,)"));
    assert_eq!(Payload::parse(b"\x04post\x05"), Payload::Postcard(b"\x05"));
    assert_eq!(Payload::parse(b"\x05"), Payload::Bare(b"\x05"));
    assert_eq!(Payload::parse(b"raw"), Payload::Bare(b"raw"));
    assert_eq!(Payload::parse(b"\x09ab"), Payload::Bare(b"\x09ab"));
    // A known word with another length is a format, though not a valid one.
    assert_eq!(Payload::parse(b"\x02raw"), Payload::Struct { format: b"ra", data: b"w" });
    assert_eq!(Payload::parse(b"\x05repr("), Payload::Struct { format: b"repr(", data: b"" });
}

#[test]
fn a_payload_without_a_value_has_no_arguments() {
    for payload in [b"".as_slice(), b"\x01z", b"\x00", b"\x04repr()", b"\x04reprNone", b"\x04repr ( ) "] {
        assert_eq!(sole::<()>(payload), Ok(()), "{payload:?}");
        assert_eq!(arguments::<()>(payload), Ok(()), "{payload:?}");
        let error = arguments::<(u8,)>(payload).unwrap_err();
        assert_eq!(error, "expected 1 value(s), got 0", "{payload:?}");
    }
    assert_eq!(arguments::<()>(&under("B", &[5])).unwrap_err(), "expected 0 value(s), got more");
    assert_eq!(arguments::<()>(b"\x03raw").unwrap_err(), "expected 0 value(s), got more");
}

#[test]
fn only_a_struct_pads_text_with_zeros() {
    assert_eq!(sole::<String>(&under("4s", b"ab\0\0")).as_deref(), Ok("ab"));
    assert_eq!(sole::<String>(b"\x03rawab\0\0").as_deref(), Ok("ab\0\0"));
    assert_eq!(sole::<String>(&repr("(b'ab\\0',)")).as_deref(), Ok("ab\0"));
}

#[test]
fn raw_and_bare_bytes_are_one_value_even_if_they_are_one_byte() {
    for payload in [b"\x03rawa".as_slice(), b"a"] {
        assert_eq!(bytes_under::<1>(payload), Ok(*b"a"));
        assert_eq!(sole::<heapless::String<8>>(payload).as_deref(), Ok("a"));
        assert_eq!(sole::<u8>(payload).unwrap_err(), "argument 1: expected an integer, got bytes");
    }
    assert_eq!(sole::<heapless::Vec<u8, 4>>(b"\x03raw").as_deref(), Ok(b"".as_slice()));
    assert_eq!(sole::<heapless::Vec<u8, 9>>(b"read?").as_deref(), Ok(b"read?".as_slice()));
    assert_eq!(
        arguments::<(u8, u8)>(b"\x03rawab").unwrap_err(),
        "argument 1: expected an integer, got bytes"
    );
}

#[test]
fn a_payload_that_does_not_fit_its_format_is_bytes() {
    for payload in [
        b"\x01\x02\x03".to_vec(),
        b"3s".into(),
        under("B", &[]),
        under("B", &[1, 2]),
        under("i", &[1, 2]),
        under("O", &[0; 8]),
        under("3", &[0; 3]),
        under("B\0", &[1]),
        under("<n", &[0; 8]),
        under("\u{ff}", &[1]),
        under("i<", &[0; 4]),
        under("2 B", &[0; 2]),
        under("z", b"A"),
    ] {
        let error = sole::<u8>(&payload).unwrap_err();
        assert_eq!(error, "argument 1: expected an integer, got bytes", "{payload:?}");
        assert_eq!(sole::<heapless::Vec<u8, 16>>(&payload).as_deref(), Ok(payload.as_slice()));
    }
}

#[test]
fn struct_payloads_of_every_layout_are_converted() {
    assert_eq!(arguments(&under("bi", b"\x01\0\0\0\x02\0\0\0")), Ok((1u8, 2u8)), "aligned, as Python packs");
    assert_eq!(arguments(&under("bi", b"\x01\x02\0\0\0")), Ok((1u8, 2u8)), "packed, as Arduino packs");
    assert_eq!(arguments(&under(">hB", b"\x01\x02\x03")), Ok((258u16, 3u64)), "big-endian");
    assert_eq!(arguments(&under("lL", b"\x01\0\0\0\x02\0\0\0")), Ok((1u8, 2u8)), "longs of 4 bytes");
    assert_eq!(
        arguments(&under("2l", b"\x01\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff")),
        Ok((1u8, -1i8))
    );
    assert_eq!(arguments(&under("B3si", b"\x09abc\x07\0\0\0")), Ok((9u8, *b"abc", 7i32)));
    assert_eq!(sole(&under("e", b"\x00\x3e")), Ok(1.5f32), "floats of 16 bits");
    assert_eq!(sole(&under(">d", &0.1f64.to_be_bytes())), Ok(0.1f64));
    assert_eq!(sole(&under("x?x", b"\0\x07\0")), Ok(true));
    assert_eq!(bytes_under::<1>(&under("c", b"a")), Ok(*b"a"));
    assert_eq!(bytes_under::<3>(&under("5p", b"\x03abc\0")), Ok(*b"abc"));
}
