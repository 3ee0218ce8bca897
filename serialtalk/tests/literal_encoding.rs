//! Values as Python literals, which no text and no bytes can leave.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/encoding.rs"]
mod encoding;

use encoding::{literal, text};
use proptest::prelude::*;
use serialtalk::Value;

fn read(text: &str) -> Option<Value> {
    Value::from_literal(text)
}

fn written(value: impl Into<Value>) -> String {
    let payload = literal(&value.into());
    let text = text(&payload);
    text.strip_prefix('(').and_then(|text| text.strip_suffix(",)")).expect("a tuple of one").into()
}

#[test]
fn values_are_written_as_python_writes_them() {
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

/// Python's own `inf` and `nan` are names that its `eval` does not know.
#[test]
fn infinities_and_nan_evaluate_everywhere() {
    assert_eq!(written(f64::INFINITY), "1e999");
    assert_eq!(written(f64::NEG_INFINITY), "-1e999");
    assert_eq!(written(f64::NAN), "float('nan')");
    assert_eq!(Value::from(f64::NAN).to_string(), "nan");
    assert_eq!(Value::from(f64::INFINITY).to_string(), "inf");
    assert_eq!(text(&literal(&f32::NEG_INFINITY)), "(-1e999,)");
    assert_eq!(text(&literal(&f32::NAN)), "(float('nan'),)");
}

/// Where the Python string literal at the start of a text ends, by the rules of Python's tokenizer alone.
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

/// Characters that end a literal, or that some reader might mistake for such.
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
        let payload = encoding::payload(|payload| Ok(payload.literal(&value)?));
        // A value that does not fit a frame is an error; nothing is cut.
        if let Ok(payload) = payload {
            prop_assert!(payload.starts_with(b"\x04repr("), "Python looks for a module in other text");
            prop_assert_eq!(read(text(&payload)), Some(Value::Tuple(vec![value])));
        }
    }

    #[test]
    fn a_displayed_value_can_be_read(value in value()) {
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
            let (word, after) = rest.split_at(length);
            text += word;
            // The parenthesis of a call must follow its name at once.
            if !word.ends_with("set") {
                text += spaces.next().unwrap();
            }
            rest = after;
        }
        prop_assert_eq!(read(&text), Some(value), "{}", text);
    }
}
