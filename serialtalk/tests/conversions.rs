//! Values that arrive in one type and are decoded to another: converted without loss, or refused with the reason.
#![cfg(feature = "repr")]

#[path = "support/decoding.rs"]
mod decoding;

use decoding::{arguments, bytes_under, repr, sole, under};
use serialtalk::Decode;

fn number<T: for<'a> Decode<'a>>(text: &str) -> Result<T, String> {
    sole(&repr(&format!("({text},)")))
}

#[test]
fn integers_are_converted_exactly() {
    assert_eq!(arguments(&under("ii", &[1, 0, 0, 0, 255, 255, 255, 255])), Ok((1u8, -1i8)));
    assert_eq!(number("7"), Ok(7u8));
    assert_eq!(number("-128"), Ok(i8::MIN));
    assert_eq!(number("255"), Ok(255u8));
    assert_eq!(number("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(number("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(number("-0"), Ok(0u8));
    assert_eq!(number("True"), Ok(1u8));
    assert_eq!(number("0xff"), Ok(255u8));
    assert_eq!(number("0b101"), Ok(5i64));
    assert_eq!(number("0o17"), Ok(15u16));
    assert_eq!(number("+5"), Ok(5u8));
    assert_eq!(number("-170141183460469231731687303715884105728"), Ok(i128::MIN));
    assert_eq!(number("340282366920938463463374607431768211455"), Ok(u128::MAX));
    assert_eq!(sole(&under("q", &[0xff; 8])), Ok(-1i128));
}

#[test]
fn an_integer_out_of_range_is_refused_with_the_range() {
    let of = |value: &str, target: &str| format!("argument 1: {value} does not fit {target}");
    assert_eq!(number::<u8>("300").unwrap_err(), of("300", "u8 (0 to 255)"));
    assert_eq!(number::<u8>("-1").unwrap_err(), of("-1", "u8 (0 to 255)"));
    assert_eq!(number::<i8>("128").unwrap_err(), of("128", "i8 (-128 to 127)"));
    assert_eq!(number::<i8>("-129").unwrap_err(), of("-129", "i8 (-128 to 127)"));
    assert_eq!(number::<u16>("65536").unwrap_err(), of("65536", "u16 (0 to 65535)"));
    assert_eq!(number::<i16>("-32769").unwrap_err(), of("-32769", "i16 (-32768 to 32767)"));
    assert_eq!(number::<u32>("4294967296").unwrap_err(), of("4294967296", "u32 (0 to 4294967295)"));
    assert_eq!(number::<i32>("2147483648").unwrap_err(), of("2147483648", "i32 (-2147483648 to 2147483647)"));
    let i64s = "i64 (-9223372036854775808 to 9223372036854775807)";
    assert_eq!(number::<i64>("9223372036854775808").unwrap_err(), of("9223372036854775808", i64s));
    let u64s = "u64 (0 to 18446744073709551615)";
    assert_eq!(number::<u64>("-1").unwrap_err(), of("-1", u64s));
    assert_eq!(sole::<u8>(&under("h", &[44, 1])).unwrap_err(), of("300", "u8 (0 to 255)"));
    assert_eq!(sole::<u64>(&under("b", &[0xff])).unwrap_err(), of("-1", u64s));
    assert_eq!(number::<u128>("-1").unwrap_err(), of("-1", "u128"));
}

#[test]
fn integers_of_more_than_64_bits_are_too_wide() {
    for text in ["18446744073709551616", "1180591620717411303424", "-18446744073709551616", &"9".repeat(200)]
    {
        assert_eq!(number::<u8>(text).unwrap_err(), "argument 1: the integer is too wide for u8 (0 to 255)");
        let error = number::<u64>(text).unwrap_err();
        assert_eq!(error, "argument 1: the integer is too wide for u64 (0 to 18446744073709551615)");
        let error = number::<i8>(text).unwrap_err();
        assert_eq!(error, "argument 1: the integer is too wide for i8 (-128 to 127)");
    }
    let error = number::<u128>("340282366920938463463374607431768211456").unwrap_err();
    assert_eq!(error, "argument 1: the integer is too wide for u128");
    let error = number::<i128>("-170141183460469231731687303715884105729").unwrap_err();
    assert_eq!(error, "argument 1: the integer is too wide for i128");
}

#[test]
fn integers_become_floats_if_that_is_exact() {
    assert_eq!(arguments(&under("ii", &[3, 0, 0, 0, 254, 255, 255, 255])), Ok((3.0f32, -2.0f64)));
    assert_eq!(number("16777216"), Ok(16_777_216.0f32));
    assert_eq!(number::<f32>("16777217").unwrap_err(), "argument 1: the number does not fit f32");
    assert_eq!(number("16777217"), Ok(16_777_217.0f64));
    assert_eq!(number::<f64>("9007199254740993").unwrap_err(), "argument 1: the number does not fit f64");
    assert_eq!(sole::<f32>(&under("Q", &[0xff; 8])).unwrap_err(), "argument 1: the number does not fit f32");
    assert_eq!(sole::<f32>(&under("Q", &[0, 0, 0, 0, 0, 0, 0, 0x80])), Ok(9_223_372_036_854_775_808.0));
    assert_eq!(number("True"), Ok(1.0f32));
    assert_eq!(number("0x10"), Ok(16.0f32));
    // Even where a float of 64 bits could hold the integer exactly.
    assert_eq!(number::<f64>("18446744073709551616").unwrap_err(), "argument 1: the number does not fit f64");
}

#[test]
fn floats_are_rounded_to_the_nearest() {
    assert_eq!(number("0.1"), Ok(0.1f32));
    assert_eq!(number("0.1"), Ok(0.1f64));
    assert_eq!(number("1e-05"), Ok(1e-5f32));
    assert_eq!(number("0.33333334"), Ok(1.0f32 / 3.0));
    // Between two floats of 32 bits: rounding to 64 bits first would yield the wrong one.
    assert_eq!(number("1.00000005960464477540"), Ok(1.000_000_1f32));
    assert_eq!(sole(&under("d", &0.1f64.to_le_bytes())), Ok(0.1f32));
    assert_eq!(sole(&under("f", &0.1f32.to_le_bytes())), Ok(f64::from(0.1f32)));
    assert_eq!(number("1e-400"), Ok(0.0f64));
    assert_eq!(number::<f64>("-0.0").map(f64::to_bits), Ok((-0.0f64).to_bits()));
}

#[test]
fn a_finite_float_never_becomes_infinite() {
    let error = "argument 1: the number does not fit f32";
    assert_eq!(number::<f32>("1e39").unwrap_err(), error);
    assert_eq!(number::<f32>("-3.4028236e38").unwrap_err(), error);
    assert_eq!(number("3.4028235e+38"), Ok(f32::MAX));
    assert_eq!(sole::<f32>(&under("d", &1e39f64.to_le_bytes())).unwrap_err(), error);
}

#[test]
fn infinities_and_nan_are_read_in_every_spelling() {
    for text in ["1e999", "inf", "float('inf')", "float( \"inf\" )", "+inf", "1E400", "float('+inf')"] {
        assert_eq!(number(text), Ok(f32::INFINITY), "{text}");
        assert_eq!(number(text), Ok(f64::INFINITY), "{text}");
    }
    for text in ["-1e999", "-inf", "float('-inf')"] {
        assert_eq!(number(text), Ok(f32::NEG_INFINITY), "{text}");
        assert_eq!(number(text), Ok(f64::NEG_INFINITY), "{text}");
    }
    for text in ["nan", "-nan", "float('nan')"] {
        assert!(number::<f32>(text).unwrap().is_nan() && number::<f64>(text).unwrap().is_nan(), "{text}");
    }
    assert_eq!(sole(&under("d", &f64::NEG_INFINITY.to_le_bytes())), Ok(f32::NEG_INFINITY));
    assert!(sole::<f32>(&under("d", &f64::NAN.to_le_bytes())).unwrap().is_nan());
}

#[test]
fn a_float_never_becomes_an_integer() {
    let error = "argument 1: expected an integer, got a float";
    for text in ["1.5", "1.0", "1e3", "inf", "nan"] {
        assert_eq!(number::<i64>(text).unwrap_err(), error);
        assert_eq!(number::<i128>(text).unwrap_err(), error);
        assert_eq!(number::<bool>(text).unwrap_err(), error);
    }
    assert_eq!(sole::<u8>(&under("f", &1f32.to_le_bytes())).unwrap_err(), error);
    assert_eq!(sole::<u8>(&under("d", &1f64.to_le_bytes())).unwrap_err(), error);
}

#[test]
fn an_error_names_what_was_found_instead_of_a_number() {
    assert_eq!(number::<u8>("None").unwrap_err(), "argument 1: expected an integer, got None");
    assert_eq!(number::<u8>("'7'").unwrap_err(), "argument 1: expected an integer, got text");
    assert_eq!(number::<f32>("b'7'").unwrap_err(), "argument 1: expected a number, got bytes");
    assert_eq!(number::<f32>("[7]").unwrap_err(), "argument 1: expected a number, got a sequence");
    let error = number::<u8>("sys").unwrap_err();
    assert_eq!(error, "argument 1: not a Python literal");
    for text in ["2j", "1J", "0x", "1_000", "0x_f", "_1", "1_", "0b2", "0o8", "1.2.3", "1e", "5L", "0xg"] {
        assert!(number::<u64>(text).is_err() && number::<f64>(text).is_err(), "{text}");
    }
    assert_eq!(number("00"), Ok(0u8));
}

#[test]
fn bools_are_zero_and_one() {
    assert_eq!(arguments(&repr("(True, False, 1, 0)")), Ok((true, false, true, false)));
    assert_eq!(arguments(&under("?B", &[9, 1])), Ok((true, true)));
    assert_eq!(number::<bool>("2").unwrap_err(), "argument 1: 2 is not a valid bool");
    assert_eq!(number::<bool>("-1").unwrap_err(), "argument 1: -1 does not fit u8 (0 to 255)");
    assert_eq!(number::<bool>("None").unwrap_err(), "argument 1: expected an integer, got None");
}

#[test]
fn bytes_become_text_if_they_are_utf8() {
    let text = |payload: &[u8]| sole::<heapless::String<8>>(payload).map(|text| text.as_str().to_owned());
    for payload in [
        under("2s", "é".as_bytes()),
        under("5s", "é\0\0\0".as_bytes()),
        under("4p", "\x02é\0".as_bytes()),
        repr("('é',)"),
        repr("(b'\\xc3\\xa9',)"),
        repr("('\\xe9',)"),
        repr("'\\u00e9'"),
        repr("(bytearray(b'\\xc3\\xa9'),)"),
        [b"\x03raw", "é".as_bytes()].concat(),
        "é".into(),
    ] {
        assert_eq!(text(&payload).as_deref(), Ok("é"), "{payload:?}");
    }
    assert_eq!(text(&repr("('a\\0',)")).as_deref(), Ok("a\0"), "zeros at the end of text are part of it");
    assert_eq!(
        bytes_under::<5>(&under("5s", b"abc\0\0")),
        Ok(*b"abc\0\0"),
        "zeros at the end of bytes are part of them"
    );
    assert_eq!(text(&under("2s", b"\xff\xfe")).unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(&repr("(b'\\xff',)")).unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(b"\x04repr('\xff',)").unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(&repr("('123456789',)")).unwrap_err(), "argument 1: longer than 8");
    assert_eq!(text(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
}

#[test]
fn text_never_becomes_bytes() {
    assert_eq!(bytes_under::<1>(&repr("('a',)")).unwrap_err(), "argument 1: expected bytes, got text");
    assert_eq!(
        sole::<heapless::Vec<u8, 4>>(&repr("('a',)")).unwrap_err(),
        "argument 1: expected an integer, got text"
    );
}

#[test]
fn a_character_is_text_of_one_character() {
    assert_eq!(sole(&repr("('€',)")), Ok('€'));
    assert_eq!(sole(&under("3s", "é\0".as_bytes())), Ok('é'));
    for text in ["('',)", "('ab',)"] {
        let error = sole::<char>(&repr(text)).unwrap_err();
        assert_eq!(error, "argument 1: expected one character, got other text");
    }
}

#[test]
fn a_sequence_of_integers_becomes_bytes() {
    for payload in [
        repr("([1, 2, 255],)"),
        repr("(1, 2, 255)"),
        repr("((1, 2, 255),)"),
        under("3B", &[1, 2, 255]),
        under("3s", &[1, 2, 255]),
    ] {
        assert_eq!(sole(&payload), Ok([1u8, 2, 255]), "{payload:?}");
        assert_eq!(sole::<heapless::Vec<u8, 3>>(&payload).as_deref(), Ok([1, 2, 255].as_slice()));
    }
    assert_eq!(sole(&repr("(b'ab', b'c')")), Ok((*b"ab", *b"c")));
    assert_eq!(sole(&under("2ss", b"abc")), Ok((*b"ab", *b"c")));
    assert_eq!(sole::<[u8; 2]>(&repr("(b'ab', 5)")).unwrap_err(), "expected 1 value(s), got more");
    assert_eq!(sole::<[u8; 2]>(&repr("(1, 2, 3)")).unwrap_err(), "argument 1: expected 2 value(s), got more");
    assert_eq!(sole::<[u8; 1]>(&repr("([300],)")).unwrap_err(), "argument 1: 300 does not fit u8 (0 to 255)");
    for (text, got) in
        [("([1, 2],)", "2"), ("([1, 2, 3, 4],)", "more"), ("(b'12',)", "2"), ("(b'1234',)", "4")]
    {
        let expected = format!("argument 1: expected 3 value(s), got {got}");
        assert_eq!(sole::<[u8; 3]>(&repr(text)).unwrap_err(), expected, "{text}");
    }
    for text in ["([1, 2, 3, 4],)", "(b'1234',)"] {
        let error = sole::<heapless::Vec<u8, 3>>(&repr(text)).unwrap_err();
        assert_eq!(error, "argument 1: longer than 3", "{text}");
    }
}
