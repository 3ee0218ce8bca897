//! Python literals, as they are read.
#![cfg(all(feature = "repr", feature = "alloc"))]

mod reading;

use std::collections::BTreeMap;

use proptest::prelude::*;
use reading::{repr, sole};
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
fn constants() {
    reads("None", ());
    reads("True", true);
    reads(" False\n", false);
    for text in
        ["none", "TRUE", "NoneType", "None.x", "True1", "Ellipsis", "...", "NotImplemented", "__debug__"]
    {
        refuses(text);
    }
}

#[test]
fn integers() {
    reads("0", 0);
    reads("-0", 0);
    reads("-17", -17);
    reads("+17", 17);
    reads("0xFf", 255);
    reads("0Xff", 255);
    reads("-0x80", -128);
    reads("0o17", 15);
    reads("0b10", 2);
    reads("9223372036854775808", 1i128 << 63);
    reads("1180591620717411303424", 1i128 << 70);
    reads(&i128::MAX.to_string(), i128::MAX);
    reads(&i128::MIN.to_string(), i128::MIN);
    reads("0X7fffffffffffffffffffffffffffffff", i128::MAX);
    refuses("170141183460469231731687303715884105728");
    refuses("340282366920938463463374607431768211456");
    refuses(&"9".repeat(250));
    for text in
        ["1_", "_1", "1__0", "0x", "0x_", "0b2", "0o8", "0xg", "1L", "- ", "-", "--1", "1 2", "1-", "0x1e+5"]
    {
        refuses(text);
    }
}

#[test]
fn floats() {
    reads("0.0", 0.0);
    reads("1.5", 1.5);
    reads("-1.5", -1.5);
    reads("5.", 5.0);
    reads(".5", 0.5);
    reads("1e5", 1e5);
    reads("1E-05", 1e-5);
    reads("1e+06", 1e6);
    reads("0.30000000000000004", 0.1 + 0.2);
    reads("5e-324", 5e-324);
    reads("1.7976931348623157e308", f64::MAX);
    reads("1e999", f64::INFINITY);
    reads("-1e999", f64::NEG_INFINITY);
    reads("inf", f64::INFINITY);
    reads("-inf", f64::NEG_INFINITY);
    reads("0e999", 0.0);
    reads("float('inf')", f64::INFINITY);
    reads("float('-inf')", f64::NEG_INFINITY);
    assert!(matches!(read("nan"), Some(Value::Float(value)) if value.is_nan()));
    assert!(matches!(read("float(\"nan\")"), Some(Value::Float(value)) if value.is_nan()));
    let Some(Value::Float(zero)) = read("-0.0") else { panic!() };
    assert!(zero == 0.0 && zero.is_sign_negative());
    for text in [
        "1e",
        "1e+",
        ".",
        "1.2.3",
        "1._5",
        "1_.5",
        "e5",
        "1 .5",
        "float(1)",
        "float('1', 2)",
        "float()",
        "infx",
        "Infinity",
    ] {
        refuses(text);
    }
}

#[test]
fn complex_numbers_are_refused() {
    for text in ["1j", "2.5J", "(2+3j)", "2+3j", "-1j", "complex(1, 2)"] {
        refuses(text);
    }
}

#[test]
fn strings() {
    reads("''", "");
    reads("\"\"", "");
    reads("'abc'", "abc");
    reads("\"it's\"", "it's");
    reads(r#"'a"b'"#, "a\"b");
    reads(r#"'a\'b"c'"#, "a'b\"c");
    reads("'é€😀'", "é€😀");
    reads(r"'\xe9\u20ac\U0001f600'", "é€😀");
    reads(r"'\n\r\t\a\b\f\v\\\'\0'", "\n\r\t\x07\x08\x0c\x0b\\'\0");
    reads(r#"'\"'"#, "\"");
    reads(r"'\0\01\012\377\18'", "\0\x01\nÿ\x018");
    reads("'a\\\nb'", "ab");
    reads(r"'\x00'", "\0");
    reads("'a' 'b'", "ab");
    reads("'a'\"b\"  'c'", "abc");
    reads("'' 'b'", "b");
    reads("'\\x41' '\\u0042'", "AB");
    for text in [
        "'",
        "\"",
        "'a",
        "'a\"",
        "'\\'",
        "'\\x4'",
        "'\\xg0'",
        "'\\u00e'",
        "'\\U0001f60'",
        "'\\U00110000'",
        "'a\nb'",
        "'\\ud800'",
        "'\\N{DASH}'",
        "'\\q'",
        "'a' b'b'",
        "'a'b",
        "'''a'''",
        "\"\"\"a\"\"\"",
        "u'a'",
        "r'a'",
        "f'a'",
        "'a' + 'b'",
        "'a' * 3",
        "'a'[0]",
        "'a'.upper()",
    ] {
        refuses(text);
    }
}

#[test]
fn bytes() {
    reads("b''", b"");
    reads("b'abc'", b"abc");
    reads(r#"b"it's""#, b"it's");
    reads(r"b'\x00\xff\n\\\'\0\377'", b"\0\xff\n\\'\0\xff");
    reads("b'a' b\"b\"", b"ab");
    reads("bytearray(b'ab')", b"ab");
    reads("bytearray( b'a' b'b' )", b"ab");
    reads("bytearray(b'')", b"");
    for text in [
        "b'é'",
        r"b'\u20ac'",
        r"b'\400'",
        "b'a' 'b'",
        "b",
        "b 'a'",
        "bytearray('a')",
        "bytearray(2)",
        "bytearray(b'a'",
        "bytearray(b'a', 1)",
        "bytes(b'a')",
        "B'a'",
        "rb'a'",
        "memoryview(b'a')",
        "b'a\nb'",
    ] {
        refuses(text);
    }
}

#[test]
fn sequences() {
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
    for text in [
        "(,)",
        "[,]",
        "(1,,)",
        "(1 2)",
        "[1",
        "(1]",
        "1]",
        "[1)",
        "(1,) (2,)",
        "1, 2",
        ",",
        "1,",
        "*[1]",
        "(x for x in [1])",
    ] {
        refuses(text);
    }
}

#[test]
fn sets_and_dicts() {
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
    for text in [
        "{1: 2, 3}",
        "{1, 2: 3}",
        "{:}",
        "{1:}",
        "{,}",
        "{**{}}",
        "set({1: 2})",
        "set(1)",
        "dict([1])",
        "dict()",
        "OrderedDict([(1,)])",
        "OrderedDict([(1, 2, 3)])",
        "{1: 2",
        "{1 2}",
        "frozenset({1}",
    ] {
        refuses(text);
    }
}

#[test]
fn calls_that_stand_for_sequences() {
    reads("array('b', [1, 2])", [1, 2]);
    reads("array('f', [1.5])", [1.5]);
    reads("array('i')", Value::List(vec![]));
    reads("deque([1, 2])", [1, 2]);
    reads("P(x=1, y='b')", (1, "b"));
    reads("Point(x=(1,), y_2=[])", tuple([tuple([1.into()]), Value::List(vec![])]));
    for text in [
        "P(1)",
        "P(x=1, 2)",
        "P(x=1 y=2)",
        "P(=1)",
        "P(x==1)",
        "P x=1",
        "P()",
        "P([1])",
        "aset()",
        "collections.deque([1])",
        "P([1], 2)",
        "P([1], x=2)",
        "array [1]",
        "array('B' 1)",
        "deque([1], maxlen=3)",
        "slice(1, 2, None)",
        "range(0, 3)",
        "array('b', b'a')",
        "array(1)",
        "array('b' [1])",
        "datetime.date(2020, 1, 2)",
        "ValueError('x')",
        "print('x')",
        "__import__('os').system('true')",
        "open('/etc/passwd')",
        "exit()",
        "exit(0)",
        "Decimal('1')",
        "[].append(1)",
        "lambda: 0",
        "<class 'int'>",
        "<built-in function len>",
        "a",
        "a.b",
        "a(b)",
        "1 if 1 else 2",
        "(1).real",
        "-[1]",
        "not 1",
    ] {
        refuses(text);
    }
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

/// What a typed value takes a text for is what it is as a value of any type.
fn typed<T: for<'a> Decode<'a>>(text: &str, integers: impl Fn(T) -> Vec<i128>) -> Result<(), TestCaseError> {
    if let Ok(value) = sole::<T>(&repr(text)) {
        let dynamic = read(text);
        prop_assert!(dynamic.is_some(), "{text:?} is no literal");
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
    fn types_take_a_text_for_what_it_is(text in nearly_literals()) {
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
        // Its entries are sorted, and keys are there once.
        let map = sole::<BTreeMap<i64, Option<i64>>>(&repr(&text));
        prop_assert!(map.is_err() || read(&text).is_some(), "{:?} is no literal", text);
    }
}
