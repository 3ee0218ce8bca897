//! What came to what was asked for: without loss, or with an error that says why not.
#![cfg(feature = "repr")]

mod reading;

use reading::{arguments, bytes_under, repr, sole, under};
use serialtalk::Decode;

fn number<T: for<'a> Decode<'a>>(text: &str) -> Result<T, String> {
    sole(&repr(&format!("({text},)")))
}

#[test]
fn integers_feed_integers_exactly() {
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
fn integers_out_of_range_are_refused_with_the_range() {
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
fn integers_of_more_than_64_bits_are_refused_as_such() {
    let more = "18446744073709551615 or more";
    for text in ["18446744073709551616", "1180591620717411303424", &"9".repeat(200)] {
        let error = number::<u8>(text).unwrap_err();
        assert_eq!(error, format!("argument 1: {more} does not fit u8 (0 to 255)"));
        let error = number::<u64>(text).unwrap_err();
        assert_eq!(error, format!("argument 1: {more} does not fit u64 (0 to 18446744073709551615)"));
    }
    let error = number::<i8>("-18446744073709551616").unwrap_err();
    assert_eq!(error, "argument 1: -18446744073709551615 or less does not fit i8 (-128 to 127)");
    let error = number::<u128>("340282366920938463463374607431768211456").unwrap_err();
    assert_eq!(error, format!("argument 1: {more} does not fit u128"));
    let error = number::<i128>("-170141183460469231731687303715884105729").unwrap_err();
    assert_eq!(error, "argument 1: -18446744073709551615 or less does not fit i128");
}

#[test]
fn integers_feed_floats_if_exact() {
    assert_eq!(arguments(&under("ii", &[3, 0, 0, 0, 254, 255, 255, 255])), Ok((3.0f32, -2.0f64)));
    assert_eq!(number("16777216"), Ok(16_777_216.0f32));
    assert_eq!(number::<f32>("16777217").unwrap_err(), "argument 1: number does not fit f32");
    assert_eq!(number("16777217"), Ok(16_777_217.0f64));
    assert_eq!(number::<f64>("9007199254740993").unwrap_err(), "argument 1: number does not fit f64");
    assert_eq!(sole::<f32>(&under("Q", &[0xff; 8])).unwrap_err(), "argument 1: number does not fit f32");
    assert_eq!(sole::<f32>(&under("Q", &[0, 0, 0, 0, 0, 0, 0, 0x80])), Ok(9_223_372_036_854_775_808.0));
    assert_eq!(number("True"), Ok(1.0f32));
    assert_eq!(number("0x10"), Ok(16.0f32));
    // Where an integer has more than 64 bits nobody looks whether it is exact.
    assert_eq!(number::<f64>("18446744073709551616").unwrap_err(), "argument 1: number does not fit f64");
}

#[test]
fn floats_feed_floats_by_rounding() {
    assert_eq!(number("0.1"), Ok(0.1f32));
    assert_eq!(number("0.1"), Ok(0.1f64));
    assert_eq!(number("1e-05"), Ok(1e-5f32));
    assert_eq!(number("0.33333334"), Ok(1.0f32 / 3.0));
    // Between two floats of 32 bits; rounding to 64 bits first would take the wrong one.
    assert_eq!(number("1.00000005960464477540"), Ok(1.000_000_1f32));
    assert_eq!(sole(&under("d", &0.1f64.to_le_bytes())), Ok(0.1f32));
    assert_eq!(sole(&under("f", &0.1f32.to_le_bytes())), Ok(f64::from(0.1f32)));
    assert_eq!(number("1e-400"), Ok(0.0f64));
    assert_eq!(number::<f64>("-0.0").map(f64::to_bits), Ok((-0.0f64).to_bits()));
}

#[test]
fn a_finite_float_never_becomes_infinite() {
    let error = "argument 1: number does not fit f32";
    assert_eq!(number::<f32>("1e39").unwrap_err(), error);
    assert_eq!(number::<f32>("-3.4028236e38").unwrap_err(), error);
    assert_eq!(number("3.4028235e+38"), Ok(f32::MAX));
    assert_eq!(sole::<f32>(&under("d", &1e39f64.to_le_bytes())).unwrap_err(), error);
}

#[test]
fn infinities_and_nan_stay_what_they_are_however_written() {
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
fn a_float_never_feeds_an_integer() {
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
fn what_is_no_number_is_named() {
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
    assert_eq!(number::<bool>("2").unwrap_err(), "argument 1: 2 is no variant of bool");
    assert_eq!(number::<bool>("-1").unwrap_err(), "argument 1: -1 does not fit u8 (0 to 255)");
    assert_eq!(number::<bool>("None").unwrap_err(), "argument 1: expected an integer, got None");
}

#[test]
fn bytes_feed_text_if_utf8() {
    let text = |payload: &[u8]| sole::<heapless::String<8>>(payload).map(|text| text.as_str().to_owned());
    for payload in [
        under("2s", "é".as_bytes()),
        under("5s", "é\0\0\0".as_bytes()),
        under("4p", "\x02é\0".as_bytes()),
        repr("('é',)"),
        repr("(b'\\xc3\\xa9',)"),
        repr("('\\xe9',)"),
        repr("'\\u00e9'"),
        repr("(bytearray(b'\\xc3\\xa9\\0'),)"),
        [b"\x03raw", "é".as_bytes()].concat(),
        "é".into(),
    ] {
        assert_eq!(text(&payload).as_deref(), Ok("é"), "{payload:?}");
    }
    assert_eq!(text(&repr("('a\\0',)")).as_deref(), Ok("a\0"), "zeros at the end of text belong to it");
    assert_eq!(bytes_under::<5>(&under("5s", b"abc\0\0")), Ok(*b"abc\0\0"), "and zeros of bytes to them");
    assert_eq!(text(&under("2s", b"\xff\xfe")).unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(&repr("(b'\\xff',)")).unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(b"\x04repr('\xff',)").unwrap_err(), "argument 1: not UTF-8");
    assert_eq!(text(&repr("('123456789',)")).unwrap_err(), "argument 1: longer than 8");
    assert_eq!(text(&repr("(5,)")).unwrap_err(), "argument 1: expected text, got an integer");
}

#[test]
fn text_feeds_no_bytes() {
    assert_eq!(bytes_under::<1>(&repr("('a',)")).unwrap_err(), "argument 1: expected bytes, got text");
    assert_eq!(
        sole::<heapless::Vec<u8, 4>>(&repr("('a',)")).unwrap_err(),
        "argument 1: expected an integer, got text"
    );
}

#[test]
fn characters_are_text_of_one() {
    assert_eq!(sole(&repr("('€',)")), Ok('€'));
    assert_eq!(sole(&under("3s", "é\0".as_bytes())), Ok('é'));
    for text in ["('',)", "('ab',)"] {
        let error = sole::<char>(&repr(text)).unwrap_err();
        assert_eq!(error, "argument 1: expected one character, got other text");
    }
}

#[test]
fn integers_in_a_list_feed_bytes() {
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
    assert_eq!(sole::<[u8; 2]>(&repr("(b'ab', 5)")).unwrap_err(), "takes 1 argument(s), more came");
    assert_eq!(sole::<[u8; 2]>(&repr("(1, 2, 3)")).unwrap_err(), "argument 1: expected 2 value(s)");
    assert_eq!(sole::<[u8; 1]>(&repr("([300],)")).unwrap_err(), "argument 1: 300 does not fit u8 (0 to 255)");
    for text in ["([1, 2],)", "([1, 2, 3, 4],)", "(b'12',)", "(b'1234',)"] {
        assert_eq!(sole::<[u8; 3]>(&repr(text)).unwrap_err(), "argument 1: expected 3 value(s)", "{text}");
    }
    for text in ["([1, 2, 3, 4],)", "(b'1234',)"] {
        let error = sole::<heapless::Vec<u8, 3>>(&repr(text)).unwrap_err();
        assert_eq!(error, "argument 1: longer than 3", "{text}");
    }
}

/// Lists of arguments, and what stands for one.
mod sequences {
    use super::*;

    #[test]
    fn arguments_are_counted() {
        assert_eq!(arguments(&under("Bh", &[7, 0, 255, 255])), Ok((7u8, -1i16)));
        assert_eq!(arguments(&repr("(7, -1)")), Ok((7u8, -1i16)));
        assert_eq!(arguments::<(u8, u8)>(&repr("(7,)")).unwrap_err(), "takes 2 argument(s), fewer came");
        assert_eq!(arguments::<(u8, u8)>(&repr("(7, 8, 9)")).unwrap_err(), "takes 2 argument(s), more came");
        assert_eq!(arguments::<(u8, u8)>(&under("B", &[7])).unwrap_err(), "takes 2 argument(s), fewer came");
        assert_eq!(
            arguments::<(u8, u8)>(&under("3B", &[7, 8, 9])).unwrap_err(),
            "takes 2 argument(s), more came"
        );
        assert_eq!(arguments::<(u8, u8)>(&repr("7")).unwrap_err(), "takes 2 argument(s), fewer came");
    }

    #[test]
    fn a_problem_names_its_argument() {
        let error = arguments::<(u8, u8, u8)>(&repr("(1, 300, 'x')")).unwrap_err();
        assert_eq!(error, "argument 2: 300 does not fit u8 (0 to 255)", "the first problem is the one");
        let error = arguments::<(u8, u8, u8)>(&repr("(1, 3, 'x')")).unwrap_err();
        assert_eq!(error, "argument 3: expected an integer, got text");
    }

    #[test]
    fn options_at_the_end_may_be_left_out() {
        type Three = (u8, Option<u8>, Option<heapless::String<4>>);
        let full = (1, Some(2), Some("x".try_into().unwrap()));
        assert_eq!(arguments::<Three>(&repr("(1, 2, 'x')")), Ok(full));
        assert_eq!(arguments::<Three>(&repr("(1, None, None)")), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&repr("(1, 2)")), Ok((1, Some(2), None)));
        assert_eq!(arguments::<Three>(&repr("(1,)")), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&under("B", &[1])), Ok((1, None, None)));
        assert_eq!(arguments::<Three>(&under("BB", &[1, 2])), Ok((1, Some(2), None)));
        assert_eq!(arguments::<Three>(b"\x01z").unwrap_err(), "takes 3 argument(s), fewer came");
        assert_eq!(sole::<Option<u8>>(b"\x01z"), Ok(None));
        assert_eq!(sole::<Option<u8>>(b""), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("(None,)")), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("None")), Ok(None));
        assert_eq!(sole::<Option<u8>>(&repr("(5,)")), Ok(Some(5)));
        assert_eq!(sole::<Option<Option<u8>>>(&repr("(5,)")), Ok(Some(Some(5))));
        assert_eq!(
            sole::<Option<u8>>(&repr("(Nonesense,)")).unwrap_err(),
            "argument 1: not a Python literal"
        );
    }

    #[test]
    fn the_sole_tuple_may_be_the_list_of_arguments() {
        for payload in [
            repr("(1, 2)"),
            repr("((1, 2),)"),
            repr("([1, 2],)"),
            repr("[1, 2]"),
            repr(" ( 1 , 2 , ) "),
            repr("(P(x=1, y=2),)"),
            repr("P(x=1, y=2)"),
            under("bi", &[1, 0, 0, 0, 2, 0, 0, 0]),
            under("<bi", &[1, 2, 0, 0, 0]),
        ] {
            assert_eq!(sole(&payload), Ok((1u8, 2i32)), "{payload:?}");
            assert_eq!(sole(&payload), Ok([1i8, 2]), "{payload:?}");
            assert_eq!(sole(&payload), Ok(Some((1i8, 2i8))), "{payload:?}");
            let list = sole::<heapless::Vec<u8, 4>>(&repr("([1, 2],)"));
            assert_eq!(list.as_deref(), Ok([1, 2].as_slice()));
            assert_eq!(
                sole::<heapless::Vec<i16, 4>>(&payload).as_deref(),
                Ok([1, 2].as_slice()),
                "{payload:?}"
            );
        }
    }

    #[test]
    fn a_sole_tuple_of_one_keeps_its_brackets() {
        assert_eq!(sole(&repr("((7,),)")), Ok((7u8,)));
        assert_eq!(sole(&repr("(7,)")), Ok((7u8,)), "Python has unwrapped it on the way");
        assert_eq!(sole(&under("B", &[7])), Ok((7u8,)));
        assert_eq!(sole(&repr("(((7,),),)")), Ok(((7u8,),)));
        assert_eq!(sole(&repr("(((1, 2),),)")), Ok(((1u8, 2u8),)));
        assert_eq!(sole(&repr("(([1],),)")), Ok(([1u16],)));
        assert_eq!(sole(&repr("([[1]],)")), Ok([[1u16]]));
    }

    #[test]
    fn nested_sequences_keep_their_form() {
        assert_eq!(sole(&repr("((1, 2), (3, 4))")), Ok(((1u8, 2u8), (3u8, 4u8))));
        assert_eq!(sole(&repr("(((1, 2), (3, 4)),)")), Ok(((1u8, 2u8), (3u8, 4u8))));
        assert_eq!(
            sole(&under("4B", &[1, 2, 3, 4])),
            Ok(((1u8, 2u8), (3u8, 4u8))),
            "a struct has no brackets"
        );
        assert_eq!(
            arguments(&under("4B", &[1, 2, 3, 4])),
            Ok(([1u8, 2], (3u8, 4u8))).map(|(a, b)| (a.map(u16::from), b))
        );
        assert_eq!(arguments(&repr("((1, 2), [3])")), Ok(((1u8, 2u8), [3u16])));
        assert_eq!(arguments(&repr("([], ())")), Ok(([0u16; 0], ())));
    }

    #[test]
    fn a_bracket_is_all_of_a_sequence_that_holds_none() {
        assert_eq!(sole(&repr("([1, 2],)")), Ok([1u8, 2]));
        assert_eq!(sole(&repr("(1, 2)")), Ok([1u8, 2]));
        let error = sole::<[u8; 2]>(&repr("([1, 2], 3)")).unwrap_err();
        assert_eq!(error, "takes 1 argument(s), more came");
        assert_eq!(sole(&repr("([1, 2], [3])")), Ok(([1u8, 2], [3u8])));
    }

    #[test]
    fn none_is_none_wherever_an_option_stands() {
        assert_eq!(sole(&repr("(None, 1)")), Ok((None::<u8>, 1u8)));
        assert_eq!(sole(&repr("((None, 1),)")), Ok(Some((None::<u8>, 1u8))));
        assert_eq!(sole(&repr("(None, 1)")), Ok(Some((None::<u8>, 1u8))));
        assert_eq!(sole(&repr("(None, None)")), Ok(Some((None::<u8>, None::<u8>))));
        assert_eq!(sole(&repr("(None,)")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("( None )")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("()")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("None")), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(b"\x01z"), Ok(None::<(Option<u8>, u8)>));
        assert_eq!(sole(&repr("((None,),)")), Ok(Some((None::<u8>,))));
        assert_eq!(sole(&repr("([None, 2],)")), Ok([None, Some(2u8)]));
    }

    #[test]
    fn the_number_of_elements_must_be_right() {
        for text in ["(1, 2)", "(1, 2, 3, 4)", "((1, 2),)", "((1, 2, 3, 4),)"] {
            let error = sole::<(u8, u8, u8)>(&repr(text)).unwrap_err();
            assert_eq!(error, "argument 1: expected 3 value(s)", "{text}");
        }
        assert_eq!(sole::<(u8,)>(&under("2B", &[1, 2])).unwrap_err(), "argument 1: expected 1 value(s)");
        assert_eq!(sole::<(u8,)>(&repr("(1, 2)")).unwrap_err(), "argument 1: expected 1 value(s)");
        assert_eq!(
            sole::<heapless::Vec<u16, 2>>(&repr("([1, 2, 3],)")).unwrap_err(),
            "argument 1: longer than 2"
        );
        assert_eq!(sole::<(u8, u8)>(&repr("(5,)")).unwrap_err(), "argument 1: expected 2 value(s)");
        assert_eq!(
            arguments::<((u8, u8), u8)>(&repr("(5, 6)")).unwrap_err(),
            "argument 1: expected a sequence, got an integer"
        );
        assert_eq!(
            arguments::<((u8, u8), u8)>(&repr("('ab', 6)")).unwrap_err(),
            "argument 1: expected a sequence, got text"
        );
    }

    #[test]
    fn what_other_interpreters_print_for_sequences_is_read() {
        let list = |text: &str| sole::<heapless::Vec<u16, 4>>(&repr(text)).map(|list| list.to_vec());
        for text in [
            "([1, 2],)",
            "((1, 2),)",
            "({1, 2},)",
            "(frozenset({1, 2}),)",
            "(set([1, 2]),)",
            "(array('B', [1, 2]),)",
            "(deque([1, 2]),)",
            "([1, 2, ],)",
            "(\n[\t1 ,\r2],)",
        ] {
            assert_eq!(list(text), Ok(vec![1, 2]), "{text}");
        }
        for text in ["(array([1, 2]),)", "(set(1),)", "(P(),)", "(P([1]),)", "(set,)"] {
            assert_eq!(
                sole::<Vec<u8>>(&repr(text)).unwrap_err(),
                "argument 1: not a Python literal",
                "{text}"
            );
        }
        for text in ["([],)", "(set(),)", "(frozenset(),)", "(array('B'),)", "(deque([]),)"] {
            assert_eq!(list(text), Ok(vec![]), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_refused() {
        for text in [
            "",
            " ",
            "(",
            "(1",
            "(1,",
            "(1 2)",
            "(,)",
            "(1,,2)",
            "[1, 2)",
            "([1)]",
            "(1,))",
            "(1,) 2",
            "('a)",
            "('a\\')",
            "(deque([1], maxlen=3),)",
            "(range(3),)",
            "(open('x'),)",
            "(P(1),)",
            "(P(x=1, 2),)",
            "(array([1]),)",
            "(__import__('os'),)",
            "(1 for x in y)",
            "(*[1],)",
            "([1] + [2],)",
            "([1][0],)",
            "(a.b,)",
            "({1: 2},)",
            "(lambda: 0,)",
            "(P(x==1),)",
            "(None",
        ] {
            let result = sole::<heapless::Vec<u16, 4>>(&repr(text));
            assert!(result.is_err(), "{text}: {result:?}");
        }
    }
}
