//! Python literals, as they are written, and that nothing leaves them.
#![cfg(all(feature = "repr", feature = "alloc"))]

mod writing;

use proptest::prelude::*;
use serialtalk::Value;
use writing::{literal_sole, text};

fn read(text: &str) -> Option<Value> {
    Value::from_literal(text)
}

fn written(value: impl Into<Value>) -> String {
    let payload = literal_sole(&value.into());
    let text = text(&payload);
    text.strip_prefix('(').and_then(|text| text.strip_suffix(",)")).expect("a tuple of one").into()
}

#[test]
fn as_python_writes() {
    assert_eq!(written(()), "None");
    assert_eq!(written(true), "True");
    assert_eq!(written(-5), "-5");
    assert_eq!(written(i128::MIN), i128::MIN.to_string());
    assert_eq!(written(0.1), "0.1");
    assert_eq!(written(-0.0), "-0.0");
    assert_eq!(written(1e16), "1e+16");
    assert_eq!(written(1e-5), "1e-05");
    assert_eq!(written("abc"), "'abc'");
    assert_eq!(written("it's"), "\"it's\"");
    assert_eq!(written("it's \"so\""), r#"'it\'s "so"'"#);
    assert_eq!(written("\\\n\r\t\0\x07\x7f\u{80}\u{a0}\u{ad}"), r"'\\\n\r\t\x00\x07\x7f\x80\xa0\xad'");
    assert_eq!(written("é€😀"), "'é€😀'");
    assert_eq!(written(b"a\0\xff'\""), r#"b'a\x00\xff\'"'"#);
    assert_eq!(written(b"it's"), "b\"it's\"");
    assert_eq!(written((1,)), "(1,)");
    assert_eq!(written((1, "a")), "(1, 'a')");
    assert_eq!(written([[1], [2]]), "[[1], [2]]");
    assert_eq!(written(Value::Tuple(vec![])), "()");
    assert_eq!(written(Value::List(vec![])), "[]");
    assert_eq!(written(Value::Set(vec![])), "set()");
    assert_eq!(written(Value::Set(vec![1.into(), 2.into()])), "{1, 2}");
    assert_eq!(written(Value::Dict(vec![])), "{}");
    assert_eq!(
        written(Value::Dict(vec![("a".into(), 1.into()), (2.into(), ().into())])),
        "{'a': 1, 2: None}"
    );
}

/// Python's own `inf` and `nan` are names that an `eval` does not know.
#[test]
fn what_is_not_finite_evaluates_everywhere() {
    assert_eq!(written(f64::INFINITY), "1e999");
    assert_eq!(written(f64::NEG_INFINITY), "-1e999");
    assert_eq!(written(f64::NAN), "float('nan')");
    assert_eq!(Value::from(f64::NAN).to_string(), "nan");
    assert_eq!(Value::from(f64::INFINITY).to_string(), "inf");
    assert_eq!(text(&literal_sole(&f32::NEG_INFINITY)), "(-1e999,)");
    assert_eq!(text(&literal_sole(&f32::NAN)), "(float('nan'),)");
}

#[test]
fn a_float_has_the_digits_of_its_own_width() {
    assert_eq!(text(&literal_sole(&0.1f32)), "(0.1,)");
    assert_eq!(text(&literal_sole(&(1.0f32 / 3.0))), "(0.33333334,)");
    assert_eq!(text(&literal_sole(&f32::MAX)), "(3.4028235e+38,)");
    assert_eq!(text(&literal_sole(&0.1f64)), "(0.1,)");
}

#[test]
fn integers_have_all_their_digits() {
    for value in [0, 1, 9, 10, u128::from(u64::MAX), u128::from(u64::MAX) + 1, u128::MAX] {
        assert_eq!(text(&literal_sole(&value)), format!("({value},)"));
    }
    for value in [i64::MIN, -1, 0, i64::MAX] {
        assert_eq!(text(&literal_sole(&value)), format!("({value},)"));
    }
}

/// Where a Python string literal that starts here ends, by the rules of Python's tokenizer alone.
fn end_of_string(text: &str) -> Option<usize> {
    let text = text.strip_prefix('b').map_or((text, 0), |rest| (rest, 1));
    let (text, start) = text;
    let mut characters = text.char_indices();
    let (_, quote) = characters.next()?;
    if text.len() >= 3 && text.starts_with(&[quote; 3].iter().collect::<String>()) {
        return None;
    }
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => _ = characters.next()?,
            '\n' | '\r' | '\0' => return None,
            _ if character == quote => return Some(start + at + 1),
            _ => {}
        }
    }
    None
}

/// Characters that could end a literal, or that somebody might take for such.
fn nasty() -> impl Strategy<Value = char> {
    let marks = "'\"\\\n\r\t\0()[]{},:#bruNxU0a7\u{7f}\u{80}\u{85}\u{a0}\u{ad}\u{2028}\u{2029}\u{200b}\u{202e}\u{feff}\u{fffd}\u{e000}\u{10ffff}é€😀";
    let marks: Vec<_> = marks.chars().collect();
    prop_oneof![proptest::sample::select(marks), any::<char>()]
}

fn value() -> impl Strategy<Value = Value> {
    let text =
        proptest::collection::vec(nasty(), 0..6).prop_map(|text| Value::Str(text.into_iter().collect()));
    let finite = any::<f64>().prop_filter("NaN is not equal to itself", |value| !value.is_nan());
    let leaf = prop_oneof![
        Just(Value::None),
        any::<bool>().prop_map(Value::Bool),
        any::<i128>().prop_map(Value::Int),
        (-300i128..300).prop_map(Value::Int),
        finite.prop_map(Value::Float),
        text,
        proptest::collection::vec(any::<u8>(), 0..6).prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = || proptest::collection::vec(inner.clone(), 0..4);
        let entries = proptest::collection::vec((inner.clone(), inner.clone()), 0..3);
        prop_oneof![
            some().prop_map(Value::Tuple),
            some().prop_map(Value::List),
            some().prop_map(Value::Set),
            entries.prop_map(Value::Dict),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_its_literal(characters in proptest::collection::vec(nasty(), 0..40)) {
        let value: String = characters.into_iter().collect();
        let text = written(value.as_str());
        prop_assert_eq!(end_of_string(&text), Some(text.len()), "{}", text);
        prop_assert_eq!(read(&text), Some(Value::Str(value.clone())));
        // Strings side by side stay two.
        let both = format!("({text}, {text})");
        prop_assert_eq!(read(&both), Some((value.as_str(), value.as_str()).into()));
    }

    #[test]
    fn no_bytes_leave_their_literal(value in proptest::collection::vec(any::<u8>(), 0..60)) {
        let text = written(value.as_slice());
        prop_assert!(text.is_ascii());
        prop_assert_eq!(end_of_string(&text), Some(text.len()), "{}", text);
        prop_assert_eq!(read(&text), Some(Value::Bytes(value)));
    }

    #[test]
    fn values_round_trip(value in value()) {
        let payload = writing::payload(|payload| {
            payload.literal_sole(&value);
            Ok(())
        });
        // What does not fit a frame is an error, and cut nowhere.
        if let Ok(payload) = payload {
            prop_assert!(payload.starts_with(b"\x04repr("), "Python looks for a module in other text");
            prop_assert_eq!(read(text(&payload)), Some(Value::Tuple(vec![value])));
        }
    }

    #[test]
    fn what_is_shown_can_be_read(value in value()) {
        let shown = value.to_string();
        prop_assert_eq!(read(&shown), Some(value), "{}", shown);
    }

    #[test]
    fn spaces_between_words_make_no_difference(
        value in value(),
        spaces in proptest::collection::vec(proptest::sample::select(vec!["", " ", "\n", "\t ", "\r\n"]), 1..8),
    ) {
        let mut spaces = spaces.iter().cycle();
        let mut text = String::new();
        let shown = value.to_string();
        let mut rest = shown.as_str();
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '\'' | '"' => end_of_string(rest).unwrap(),
                'b' if matches!(rest.as_bytes().get(1), Some(b'\'' | b'"')) => end_of_string(rest).unwrap(),
                ' ' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' => 1,
                _ => rest.find(['(', ')', '[', ']', '{', '}', ',', ':']).unwrap_or(rest.len()),
            };
            let (word, behind) = rest.split_at(length);
            text += word;
            // A call needs its parenthesis right behind its name: spaces there make it none.
            if !word.ends_with("set") {
                text += spaces.next().unwrap();
            }
            rest = behind;
        }
        prop_assert_eq!(read(&text), Some(value), "{}", text);
    }
}
