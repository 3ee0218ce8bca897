//! Python literals and other payloads as dynamic values.
#![cfg(all(feature = "repr", feature = "alloc"))]

#[path = "support/decoding.rs"]
mod decoding;

use std::collections::BTreeMap;

use decoding::{decode, repr, sole, under};
use proptest::prelude::*;
use serialtalk::{Decode, Value};

fn read(text: &str) -> Option<Value> {
    Value::from_literal(text)
}

#[track_caller]
fn reads(text: &str, value: impl Into<Value>) {
    assert_eq!(read(text), Some(value.into()), "{text}");
}

#[track_caller]
fn refuses(text: &str) {
    assert_eq!(read(text), None, "{text}");
}

fn tuple(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Tuple(values.into_iter().collect())
}

#[test]
fn payloads_are_decoded_as_a_python_peer_does() {
    for (payload, shown) in [
        (b"".to_vec(), "b''"),
        (b"\x01z".into(), "None"),
        (b"\0".into(), "()"),
        (b"\x05".into(), "()"),
        (b"\x03raw".into(), "b''"),
        (b"\x03rawa".into(), "97"),
        (b"\x03rawab".into(), "b'ab'"),
        (b"read?".into(), "b'read?'"),
        (b"\x04post\x05".into(), r"b'\x04post\x05'"),
        (under("2B", &[1, 2]), "(1, 2)"),
        (under("B", &[1]), "1"),
        (under("f", &0.1f32.to_le_bytes()), "0.10000000149011612"),
        (under("1s", b"a"), "b'a'"),
        (under("B", &[1, 2]), r"b'\x01B\x01\x02'"),
        (repr("(1,)"), "1"),
        (repr("[1]"), "1"),
        (repr("{0: 'a'}"), "'a'"),
        (repr("{1: 'a'}"), "{1: 'a'}"),
        (repr("'a'"), "'a'"),
        (repr("((1,),)"), "(1,)"),
        (repr("x"), r"b'\x04reprx'"),
    ] {
        assert_eq!(Value::from_payload(&payload).to_string(), shown, "{}", payload.escape_ascii());
    }
}

#[test]
fn the_arguments_of_a_payload_are_dynamic_values_too() {
    let all = |payload: &[u8]| decode(payload, |decoder| decoder.rest());
    assert_eq!(all(b"\x01z"), Ok(vec![]));
    assert_eq!(all(&under("<Bf2s", b"\x01\0\0\0\x3fab")), Ok(vec![1.into(), 0.5.into(), b"ab".into()]));
    assert_eq!(all(b"\x03rawa"), Ok(vec![b"a".into()]));
    assert_eq!(all(&repr("(1, [2])")), Ok(vec![1.into(), [2].into()]));
    assert_eq!(all(&repr("[2]")), Ok(vec![[2].into()]));
    assert_eq!(all(&repr("(1, x)")).unwrap_err(), "argument 2: not a Python literal");
}

#[test]
fn scalars_are_read() {
    reads("None", ());
    reads(" True\n", true);
    reads("-17", -17);
    reads("0xFf", 255);
    reads("1180591620717411303424", 1i128 << 70);
    reads(&i128::MAX.to_string(), i128::MAX);
    reads(&i128::MIN.to_string(), i128::MIN);
    reads("1e-05", 1e-5);
    reads("0.30000000000000004", 0.1 + 0.2);
    reads("-inf", f64::NEG_INFINITY);
    assert!(matches!(read("float(\"nan\")"), Some(Value::Float(value)) if value.is_nan()));
    reads(r#"'it\'s "so"' "\u20ac""#, "it's \"so\"€");
    reads(r"b'\x00\xff' b'\n'", b"\0\xff\n");
    reads("bytearray(b'ab')", b"ab");
    for text in [
        "",
        "none",
        "170141183460469231731687303715884105728",
        "-170141183460469231731687303715884105729",
        "1_000",
        "1L",
        "2+3j",
        "'a",
        "'\\ud800'",
        "b'é'",
        "b'a' 'b'",
        "'a' + 'b'",
        "1 2",
    ] {
        refuses(text);
    }
}

#[test]
fn sequences_are_read() {
    reads("()", tuple([]));
    reads("(1,)", tuple([1.into()]));
    reads("(1, 'a', None)", (1, "a", ()));
    reads("(1,'a',)", (1, "a"));
    reads("((1, 2), [3])", ((1, 2), [3]));
    reads("[]", Value::List(vec![]));
    reads("[[], ()]", Value::List(vec![Value::List(vec![]), tuple([])]));
    reads("[1, 2, ]", [1, 2]);
    reads("\t[ 1\n,2 ]\r\n", [1, 2]);
    // Parentheses alone do not make a tuple.
    reads("(1)", 1);
    reads("((1, 2))", (1, 2));
    reads("(('a'))", "a");
}

#[test]
fn sets_and_dicts_are_read() {
    let set = |values: &[i32]| Value::Set(values.iter().map(|value| (*value).into()).collect());
    reads("{1, 2}", set(&[1, 2]));
    reads("{1,}", set(&[1]));
    reads("set()", set(&[]));
    reads("set([1, 2])", set(&[1, 2]));
    reads("frozenset({1})", set(&[1]));
    reads("frozenset()", set(&[]));
    let dict = |entries: Vec<(Value, Value)>| Value::Dict(entries);
    reads("{}", dict(vec![]));
    reads("{'a': 1}", dict(vec![("a".into(), 1.into())]));
    reads("{1: [2], (3,): {}}", dict(vec![(1.into(), [2].into()), (tuple([3.into()]), dict(vec![]))]));
    reads("{'a': {'b': ()}, }", dict(vec![("a".into(), dict(vec![("b".into(), tuple([]))]))]));
    for text in ["OrderedDict([('a', 1)])", "OrderedDict({'a': 1})"] {
        reads(text, dict(vec![("a".into(), 1.into())]));
    }
    for text in ["OrderedDict()", "OrderedDict([])", "OrderedDict({})"] {
        reads(text, dict(vec![]));
    }
}

#[test]
fn calls_that_make_sequences_are_read() {
    reads("array('b', [1, 2])", [1, 2]);
    reads("array('f', [1.5])", [1.5]);
    reads("array('i')", Value::List(vec![]));
    reads("deque([1, 2])", [1, 2]);
    reads("P(x=1, y='b')", (1, "b"));
    reads("Point(x=(1,), y_2=[])", tuple([tuple([1.into()]), Value::List(vec![])]));
}

#[test]
fn what_only_looks_like_a_sequence_is_refused() {
    include_str!("../../testdata/refused_sequences.txt").lines().for_each(refuses);
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(32)).is_some());
    refuses(&nested(34));
    refuses(&"(".repeat(100_000));
    refuses(&"{1:".repeat(100_000));
    refuses(&"bytearray(".repeat(100));
    refuses(&"P(x=".repeat(100_000));
}

/// The integers in a value, from left to right.
fn integers_in(value: &Value) -> Vec<i128> {
    match value {
        Value::Int(value) => vec![*value],
        Value::Bool(value) => vec![i128::from(*value)],
        Value::Bytes(bytes) => bytes.iter().map(|byte| i128::from(*byte)).collect(),
        Value::Tuple(values) | Value::List(values) | Value::Set(values) => {
            values.iter().flat_map(integers_in).collect()
        }
        Value::Dict(entries) => {
            entries.iter().flat_map(|(key, value)| [integers_in(key), integers_in(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

/// Checks that a typed value of a text holds the integers that its dynamic value holds.
fn typed<T: for<'a> Decode<'a>>(text: &str, integers: impl Fn(T) -> Vec<i128>) -> Result<(), TestCaseError> {
    if let Ok(value) = sole::<T>(&repr(text)) {
        let dynamic = read(text);
        prop_assert!(dynamic.is_some(), "{text:?} is not a literal");
        prop_assert_eq!(dynamic.as_ref().map(integers_in), Some(integers(value)), "{:?}", text);
    }
    Ok(())
}

fn nearly_literals() -> impl Strategy<Value = String> {
    let scalar = prop_oneof!["-?[0-9]{1,2}", "0x[0-9a-f]", Just("b'ab'".to_owned()), Just("True".to_owned())];
    let sequences = scalar.prop_recursive(3, 8, 3, |element| {
        let elements = proptest::collection::vec(element.clone(), 0..4);
        let within = |before: &'static str, after: &'static str| {
            elements.clone().prop_map(move |elements| format!("{before}{}{after}", elements.join(", ")))
        };
        prop_oneof![
            within("(", ",)"),
            within("[", "]"),
            within("{", "}"),
            within("set([", "])"),
            within("deque([", "])"),
            within("array('h', [", "])"),
            within("P(x=", ")"),
            (element.clone(), element).prop_map(|(key, value)| format!("{{{key}: {value}}}")),
        ]
    });
    let change = (any::<prop::sample::Index>(), 0u8..3, "[\\[\\](){},:'= 0-9a-f\\x00]");
    (sequences, proptest::collection::vec(change, 0..3)).prop_map(|(text, changes)| {
        let mut characters: Vec<_> = text.chars().collect();
        for (at, what, character) in changes {
            let at = at.index(characters.len() + 1);
            let end = characters.len().min(at + usize::from(what > 0));
            characters.splice(at..end, character.chars().take(usize::from(what != 1)));
        }
        characters.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn typed_and_dynamic_values_of_a_text_agree(text in nearly_literals()) {
        let wide = |values: Vec<i64>| values.into_iter().map(i128::from).collect::<Vec<_>>();
        typed::<i64>(&text, |value| wide(vec![value]))?;
        typed::<Vec<i64>>(&text, wide)?;
        typed::<(i64, i64)>(&text, |(a, b)| wide(vec![a, b]))?;
        typed::<Vec<u8>>(&text, |bytes| bytes.into_iter().map(i128::from).collect())?;
        typed::<[u8; 2]>(&text, |bytes| bytes.map(i128::from).to_vec())?;
        typed::<Vec<Vec<i64>>>(&text, |lists| wide(lists.concat()))?;
        typed::<(Vec<i64>, i64)>(&text, |(list, last)| wide([list, vec![last]].concat()))?;
        typed::<Vec<(i64, [u8; 2])>>(&text, |pairs| {
            pairs.into_iter().flat_map(|(a, b)| [a.into(), b[0].into(), b[1].into()]).collect()
        })?;
        // The entries of a map are sorted, and its keys differ.
        let map = sole::<BTreeMap<i64, Option<i64>>>(&repr(&text));
        prop_assert!(map.is_err() || read(&text).is_some(), "{:?} is not a literal", text);
    }
}
