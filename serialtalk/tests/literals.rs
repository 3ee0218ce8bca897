//! Python literals: what is read of them, and that nothing leaves those that are written.
#![cfg(all(feature = "repr", feature = "alloc"))]

mod writing;

use proptest::prelude::*;
use serialtalk::Value;
use serialtalk::payload::literal::{Digits, Form, LiteralReader};
use writing::{literal_sole, text};

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

fn written(value: impl Into<Value>) -> String {
    let payload = literal_sole(&value.into());
    let text = text(&payload);
    text.strip_prefix('(').and_then(|text| text.strip_suffix(",)")).expect("a tuple of one").into()
}

mod reading {
    use super::*;

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
        reads("1_000_000", 1_000_000);
        reads("0xFf", 255);
        reads("0X_ff", 255);
        reads("-0x80", -128);
        reads("0o17", 15);
        reads("0b1_0", 2);
        reads("9223372036854775808", 1i128 << 63);
        reads("1180591620717411303424", 1i128 << 70);
        reads(&i128::MAX.to_string(), i128::MAX);
        reads(&i128::MIN.to_string(), i128::MIN);
        refuses("170141183460469231731687303715884105728");
        refuses(&"9".repeat(250));
        for text in [
            "1_", "_1", "1__0", "0x", "0x_", "0b2", "0o8", "0xg", "1L", "- ", "-", "--1", "1 2", "1-",
            "0x1e+5",
        ] {
            refuses(text);
        }
    }

    #[test]
    fn digits_of_either_width() {
        assert_eq!(Digits::<u64>::parse(b"18446744073709551615"), Digits::Integer(u64::MAX));
        assert_eq!(Digits::<u64>::parse(b"18446744073709551616"), Digits::TooWide);
        assert_eq!(Digits::<u64>::parse(b"0xffffffffffffffff"), Digits::Integer(u64::MAX));
        assert_eq!(Digits::<u64>::parse(b"0x1_0000_0000_0000_0000"), Digits::TooWide);
        assert_eq!(Digits::<u128>::parse(u128::MAX.to_string().as_bytes()), Digits::Integer(u128::MAX));
        assert_eq!(Digits::<u128>::parse(b"340282366920938463463374607431768211456"), Digits::TooWide);
        // Too wide, and no integer after all.
        let long = [b"9".repeat(40).as_slice(), b"x"].concat();
        assert_eq!(Digits::<u64>::parse(&long), Digits::NoInteger);
        assert_eq!(Digits::<u64>::parse(b""), Digits::NoInteger);
        assert_eq!(Digits::<u64>::parse(b"1.0"), Digits::NoInteger);
        assert_eq!(Digits::<u64>::parse(b"-1"), Digits::NoInteger);
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
        reads("1_0.2_5", 10.25);
        reads("0.30000000000000004", 0.1 + 0.2);
        reads("5e-324", 5e-324);
        reads("1.7976931348623157e308", f64::MAX);
        reads("1e999", f64::INFINITY);
        reads("-1e999", f64::NEG_INFINITY);
        reads("inf", f64::INFINITY);
        reads("-inf", f64::NEG_INFINITY);
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
        for text in [
            "OrderedDict([('a', 1)])",
            "OrderedDict({'a': 1})",
            "collections.OrderedDict({'a': 1})",
            "dict({'a': 1})",
        ] {
            reads(text, dict(vec![("a".into(), 1.into())]));
        }
        for text in ["OrderedDict()", "dict()", "OrderedDict([])", "OrderedDict({})"] {
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
            "dict(a=1)",
            "dict([1])",
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
        reads("array.array('f', [1.5])", [1.5]);
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

    #[test]
    fn pieces_are_taken_one_by_one() {
        let mut text = *b" (1, [ 'a\\x62' ], {2: None}) ";
        let mut reader = LiteralReader::new(&mut text);
        assert_eq!(reader.peek(), Some(b'('));
        let outer = reader.open().unwrap();
        assert_eq!(outer.form, Form::Tuple);
        assert_eq!(reader.more(outer), Some(true));
        assert_eq!(reader.number().unwrap().text, b"1");
        assert_eq!(reader.more(outer), Some(true));
        assert!(reader.is_bracket() && !reader.is_bytes());
        let list = reader.open().unwrap();
        assert_eq!((list.form, list.has_colons()), (Form::List, false));
        assert_eq!(reader.more(list), Some(true));
        let quoted = reader.quoted().unwrap();
        assert_eq!((quoted.bytes, quoted.is_text), (b"ab".as_slice(), true));
        assert_eq!(reader.more(list), Some(false));
        assert_eq!(reader.close(list), Some(()));
        assert_eq!(reader.more(outer), Some(true));
        let map = reader.open().unwrap();
        assert_eq!((map.form, map.has_colons()), (Form::Braces, true));
        assert_eq!(reader.close(map), None, "an element is left");
    }
}

mod writing_back {
    use super::*;

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
