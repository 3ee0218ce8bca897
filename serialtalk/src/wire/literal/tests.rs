//! Whole literals, read into trees and written from them.

extern crate alloc;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::wire::frame::{FrameWriter, Head};
use crate::wire::integer::Integer;
use crate::wire::number::Format;
use crate::wire::scalar::Scalar;

/// A Python value.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    None,
    Bool(bool),
    Int(i128),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Tuple(Vec<Tree>),
    List(Vec<Tree>),
    Set(Vec<Tree>),
    Dict(Vec<(Tree, Tree)>),
}

impl From<i128> for Tree {
    fn from(value: i128) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Tree {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Tree {
    fn from(value: &str) -> Self {
        Self::Str(value.to_string())
    }
}

impl From<&[u8]> for Tree {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

fn ints(values: &[i128]) -> Vec<Tree> {
    values.iter().map(|value| Tree::Int(*value)).collect()
}

/// Reads a text that must be one literal.
fn read(text: &str) -> Option<Tree> {
    let mut text = text.as_bytes().to_vec();
    let mut reader = LiteralReader::new(&mut text);
    let tree = read_tree(&mut reader, 0).ok()?;
    reader.is_done().then_some(tree)
}

fn read_tree(reader: &mut LiteralReader<'_>, depth: usize) -> Result<Tree, NotALiteral> {
    if depth > 32 {
        return Err(NotALiteral);
    }
    if let Some(scalar) = reader.scalar()? {
        return tree_of(scalar);
    }
    let opened = reader.open()?;
    let (mut values, mut entries) = (Vec::new(), Vec::new());
    let mut has_comma = false;
    while reader.more()? {
        has_comma = !values.is_empty();
        let value = read_tree(reader, depth + 1)?;
        if reader.has_colons() && reader.colon() {
            entries.push((value, read_tree(reader, depth + 1)?));
            continue;
        }
        values.push(value);
        has_comma |= !reader.is_end();
    }
    reader.close(opened)?;
    if !values.is_empty() && !entries.is_empty() {
        return Err(NotALiteral);
    }
    Ok(match opened.kind {
        Kind::Tuple if values.len() == 1 && !has_comma => values.remove(0),
        Kind::Tuple | Kind::RecordCall => Tree::Tuple(values),
        Kind::List | Kind::ArrayCall | Kind::DequeCall => Tree::List(values),
        Kind::Braces if values.is_empty() => Tree::Dict(entries),
        Kind::Braces => Tree::Set(values),
        Kind::SetCall if entries.is_empty() => Tree::Set(values),
        Kind::MapCall => {
            for pair in values {
                let Tree::Tuple(pair) = pair else { return Err(NotALiteral) };
                let [key, value] = <[Tree; 2]>::try_from(pair).map_err(|_| NotALiteral)?;
                entries.push((key, value));
            }
            Tree::Dict(entries)
        }
        _ => return Err(NotALiteral),
    })
}

fn tree_of(scalar: Scalar<'_>) -> Result<Tree, NotALiteral> {
    let integer = |negative, magnitude: u128| {
        let positive = i128::try_from(magnitude).ok();
        let value = if negative { 0i128.checked_sub_unsigned(magnitude) } else { positive };
        value.map(Tree::Int).ok_or(NotALiteral)
    };
    match scalar {
        Scalar::None => Ok(Tree::None),
        Scalar::Bool(value) => Ok(Tree::Bool(value)),
        Scalar::Integer(Integer { negative, magnitude }) => integer(negative, magnitude.into()),
        Scalar::WideInteger(wide) => integer(wide.negative, wide_magnitude(wide.digits).ok_or(NotALiteral)?),
        Scalar::Float(float) => {
            Ok(Tree::Float(f64::from_bits(float.to_float(Format::DOUBLE).ok_or(NotALiteral)?)))
        }
        Scalar::Text(text) => Ok(Tree::from(core::str::from_utf8(text).map_err(|_| NotALiteral)?)),
        Scalar::Bytes(bytes) => Ok(Tree::from(bytes)),
    }
}

#[track_caller]
fn reads(text: &str, value: impl Into<Tree>) {
    assert_eq!(read(text), Some(value.into()), "{text}");
}

#[track_caller]
fn refuses(texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn constants_are_read() {
    reads("None", Tree::None);
    reads("True", true);
    reads(" False\n", false);
    refuses(&[
        "",
        " ",
        "\0",
        "none",
        "TRUE",
        "NoneType",
        "None.x",
        "None\0",
        "True1",
        "_True",
        "Ellipsis",
        "...",
        "NotImplemented",
        "__debug__",
    ]);
}

#[test]
fn integers_of_every_base_are_read() {
    for (text, value) in [
        ("0", 0),
        ("-0", 0),
        ("-17", -17),
        ("+17", 17),
        ("0xFf", 255),
        ("0Xff", 255),
        ("-0x80", -128),
        ("0o17", 15),
        ("0b10", 2),
        ("9223372036854775808", 1 << 63),
        ("18446744073709551615", (1 << 64) - 1),
        ("18446744073709551616", 1 << 64),
        ("1180591620717411303424", 1 << 70),
        ("170141183460469231731687303715884105727", i128::MAX),
        ("-170141183460469231731687303715884105728", i128::MIN),
        ("0X7fffffffffffffffffffffffffffffff", i128::MAX),
    ] {
        reads(text, value);
    }
    refuses(&[
        "170141183460469231731687303715884105728",
        "340282366920938463463374607431768211456",
        &"9".repeat(250),
        "1_",
        "_1",
        "1__0",
        "0x",
        "0x_",
        "0b2",
        "0o8",
        "0xg",
        "00x1",
        "1x1",
        "1L",
        "- ",
        "-",
        "--1",
        "1 2",
        "1-",
        "0x1e+5",
    ]);
}

#[test]
fn floats_are_read() {
    for (text, value) in [
        ("0.0", 0.0),
        ("1.5", 1.5),
        ("-1.5", -1.5),
        ("5.", 5.0),
        (".5", 0.5),
        ("1e5", 1e5),
        ("1E-05", 1e-5),
        ("1e+06", 1e6),
        ("0.30000000000000004", 0.1 + 0.2),
        ("5e-324", 5e-324),
        ("1.7976931348623157e308", f64::MAX),
        ("1e999", f64::INFINITY),
        ("-1e999", f64::NEG_INFINITY),
        ("inf", f64::INFINITY),
        ("-inf", f64::NEG_INFINITY),
        ("0e999", 0.0),
        ("float('inf')", f64::INFINITY),
        ("float('-inf')", f64::NEG_INFINITY),
        ("float( '1.5' )", 1.5),
    ] {
        reads(text, value);
    }
    for text in ["nan", "-nan", "float(\"nan\")"] {
        assert!(matches!(read(text), Some(Tree::Float(value)) if value.is_nan()));
    }
    assert!(matches!(read("-0.0"), Some(Tree::Float(zero)) if zero == 0.0 && zero.is_sign_negative()));
    refuses(&[
        "1e",
        "1e+",
        ".",
        "1.2.3",
        "1._5",
        "1_.5",
        "e5",
        "1 .5",
        "- inf",
        "float(1)",
        "float('1', 2)",
        "float('')",
        "float('1\")",
        "float()",
        "infx",
        "Infinity",
    ]);
}

#[test]
fn complex_numbers_are_refused() {
    refuses(&["1j", "2.5J", "(2+3j)", "2+3j", "-1j", "complex(1, 2)"]);
}

#[test]
fn strings_are_read_with_every_escape() {
    for (text, value) in [
        ("''", ""),
        ("\"\"", ""),
        ("'abc'", "abc"),
        ("\"it's\"", "it's"),
        (r#"'a"b'"#, "a\"b"),
        (r#"'a\'b"c'"#, "a'b\"c"),
        ("'é€😀'", "é€😀"),
        (r"'\xe9\u20ac\U0001f600'", "é€😀"),
        (
            r"'\x7f\x80\u07ff\u0800\uffff\U00010000\U0010ffff'",
            "\x7f\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}",
        ),
        (r"'\n\r\t\a\b\f\v\\\'\0'", "\n\r\t\x07\x08\x0c\x0b\\'\0"),
        (r#"'\"'"#, "\""),
        (r"'\0\01\012\377\777\18'", "\0\x01\nÿ\u{1ff}\x018"),
        ("'a\\\nb'", "ab"),
        ("'a\rb'", "a\rb"),
        (r"'\x00'", "\0"),
        ("'a' 'b'", "ab"),
        ("'a'\"b\"  'c'", "abc"),
        ("'' 'b'", "b"),
        ("'\\x41' '\\u0042'", "AB"),
    ] {
        reads(text, value);
    }
    refuses(&[
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
        "'\\U1234567g'",
        "'a\nb'",
        "'a\0b'",
        "'a\\\0b'",
        "'\\ud800'",
        "'\\N{DASH}'",
        "'\\q'",
        "'\\8'",
        "'a' b'b'",
        "'a'b",
        "'''a'''",
        "\"\"\"a\"\"\"",
        "''''",
        "u'a'",
        "r'a'",
        "f'a'",
        "'a' + 'b'",
        "'a' * 3",
        "'a'[0]",
        "'a'.upper()",
    ]);
}

#[test]
fn bytes_are_read() {
    for (text, value) in [
        ("b''", &b""[..]),
        ("b'abc'", b"abc"),
        (r#"b"it's""#, b"it's"),
        (r"b'\x00\xff\n\\\'\0\377'", b"\0\xff\n\\'\0\xff"),
        ("b'a' b\"b\"", b"ab"),
        ("bytearray(b'ab')", b"ab"),
        ("bytearray( b'a' b'b' )", b"ab"),
        ("bytearray (b'')", b""),
    ] {
        reads(text, value);
    }
    refuses(&[
        "b'é'",
        r"b'\u20ac'",
        r"b'\400'",
        r"b'\xg0'",
        "b'a' 'b'",
        "b'a' bb",
        "b",
        "b 'a'",
        "bytearray('a')",
        "bytearray(2)",
        "bytearray(b'a'",
        "bytearray(b'a', 1)",
        "bytes(b'a')",
        "B'a'",
        "rb'a'",
        "br'a'",
        "b''''",
        "memoryview(b'a')",
        "b'a\nb'",
    ]);
}

#[test]
fn sequences_are_read() {
    let tuple = |values: &[i128]| Tree::Tuple(ints(values));
    let list = |values: &[i128]| Tree::List(ints(values));
    reads("()", tuple(&[]));
    reads("(1,)", tuple(&[1]));
    reads("(1, 'a', None)", Tree::Tuple(vec![1.into(), "a".into(), Tree::None]));
    reads("(1,'a',)", Tree::Tuple(vec![1.into(), "a".into()]));
    reads("((1, 2), [3])", Tree::Tuple(vec![tuple(&[1, 2]), list(&[3])]));
    reads("[]", list(&[]));
    reads("[[], ()]", Tree::List(vec![list(&[]), tuple(&[])]));
    reads("[1, 2, ]", list(&[1, 2]));
    reads("\t[ 1\n,2 ]\r\n", list(&[1, 2]));
    reads("(1)", 1);
    reads("((1, 2))", tuple(&[1, 2]));
    reads("(('a'))", "a");
    refuses(&[
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
    ]);
}

#[test]
fn sets_and_dicts_are_read() {
    let set = |values: &[i128]| Tree::Set(ints(values));
    reads("{1, 2}", set(&[1, 2]));
    reads("{1,}", set(&[1]));
    reads("set()", set(&[]));
    reads("set([1, 2])", set(&[1, 2]));
    reads("frozenset({1})", set(&[1]));
    reads("frozenset()", set(&[]));
    let dict = |entries: &[(Tree, Tree)]| Tree::Dict(entries.to_vec());
    reads("{}", dict(&[]));
    reads("{'a': 1}", dict(&[("a".into(), 1.into())]));
    reads(
        "{1: [2], (3,): {}}",
        dict(&[(1.into(), Tree::List(ints(&[2]))), (Tree::Tuple(ints(&[3])), dict(&[]))]),
    );
    reads("{'a': {'b': ()}, }", dict(&[("a".into(), dict(&[("b".into(), Tree::Tuple(vec![]))]))]));
    for text in ["OrderedDict([('a', 1)])", "OrderedDict({'a': 1})"] {
        reads(text, dict(&[("a".into(), 1.into())]));
    }
    for text in ["OrderedDict()", "OrderedDict([])", "OrderedDict({})"] {
        reads(text, dict(&[]));
    }
    refuses(&[
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
    ]);
}

#[test]
fn calls_that_make_sequences_are_read() {
    let tuple = |values: &[Tree]| Tree::Tuple(values.to_vec());
    reads("array('b', [1, 2])", Tree::List(ints(&[1, 2])));
    reads("array('f', [1.5])", Tree::List(vec![1.5.into()]));
    reads("array('i')", Tree::List(vec![]));
    reads("deque([1, 2])", Tree::List(ints(&[1, 2])));
    reads("P(x=1, y='b')", tuple(&[1.into(), "b".into()]));
    reads("Point(x=(1,), y_2=[])", tuple(&[Tree::Tuple(ints(&[1])), Tree::List(vec![])]));
    refuses(&[
        "P(1)",
        "P(x=1, 2)",
        "P(x=1 y=2)",
        "P(=1)",
        "P(x==1)",
        "P(x =1)",
        "P x=1",
        "P (x=1)",
        "_P(x=1)",
        "P()",
        "P(",
        "P([1])",
        "aset()",
        "collections.deque([1])",
        "P([1], 2)",
        "P([1], x=2)",
        "array [1]",
        "array('B' 1)",
        "deque([1], maxlen=3)",
        "deque ([1])",
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
    ]);
}

#[test]
fn nesting_takes_a_time_that_grows_with_the_text() {
    for opening in ["(", "{1:", "P(x=", "deque(["] {
        let mut text = opening.repeat(100_000).into_bytes();
        let mut reader = LiteralReader::new(&mut text);
        while reader.open().is_ok() && reader.more() == Ok(true) {
            if reader.has_colons() {
                assert_eq!(reader.scalar(), Ok(Some(Scalar::Integer(Integer::positive(1)))));
                assert!(reader.colon());
            }
        }
        assert!(reader.is_done());
    }
}

fn written(tree: &Tree) -> String {
    let mut buffer = [0; 258];
    let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
    let start = frame.len();
    write_tree(tree, &mut LiteralWriter::new(&mut frame));
    let end = frame.finish().unwrap() - 1;
    core::str::from_utf8(&buffer[start..end]).unwrap().to_string()
}

fn write_tree(tree: &Tree, writer: &mut LiteralWriter<'_, '_>) {
    let all = |writer: &mut LiteralWriter<'_, '_>, bracket, trees: &[Tree]| {
        writer.open(bracket);
        for tree in trees {
            writer.element();
            write_tree(tree, writer);
        }
    };
    match tree {
        Tree::None => writer.none(),
        Tree::Bool(value) => writer.bool(*value),
        Tree::Int(value) => writer.wide_integer(*value < 0, value.unsigned_abs()),
        Tree::Float(value) => writer.float64(*value),
        Tree::Str(value) => writer.text(value),
        Tree::Bytes(value) => writer.bytes(value),
        Tree::Tuple(values) => {
            all(writer, b'(', values);
            writer.close_tuple(values.len());
        }
        Tree::List(values) => {
            all(writer, b'[', values);
            writer.close(b']');
        }
        Tree::Set(values) if values.is_empty() => writer.word("set()"),
        Tree::Set(values) => {
            all(writer, b'{', values);
            writer.close(b'}');
        }
        Tree::Dict(entries) => {
            writer.open(b'{');
            for (key, value) in entries {
                writer.element();
                write_tree(key, writer);
                writer.colon();
                write_tree(value, writer);
            }
            writer.close(b'}');
        }
    }
}

#[test]
fn a_text_is_written_as_it_was_read() {
    for text in [
        "None",
        "True",
        "-5",
        "-170141183460469231731687303715884105728",
        "0.1",
        "-0.0",
        "1e+16",
        "1e-05",
        "1e999",
        "-1e999",
        "'abc'",
        "\"it's\"",
        r#"'it\'s "so"'"#,
        r"'\\\n\r\t\x00\x07\x7f\x80\xa0\xad'",
        "'é€😀'",
        r#"b'a\x00\xff\'"'"#,
        "b\"it's\"",
        "(1,)",
        "(1, 'a')",
        "[[1], [2]]",
        "()",
        "[]",
        "set()",
        "{1, 2}",
        "{}",
        "{'a': 1, 2: None}",
        "({(1, b''): [{1: (2,)}, {3}]},)",
    ] {
        assert_eq!(read(text).map(|tree| written(&tree)).as_deref(), Some(text));
    }
    assert_eq!(written(&Tree::Float(f64::NAN)), "float('nan')");
}

#[test]
fn every_character_is_read_as_it_was_written() {
    for character in
        (0..0x3000).chain(0xff00..0x1_0100).chain(0x10_fff0..=0x10_ffff).filter_map(char::from_u32)
    {
        let text = Tree::Str(['\'', character, '"', character].iter().collect());
        assert_eq!(read(&written(&text)), Some(text));
    }
    for byte in 0..=u8::MAX {
        let bytes = Tree::Bytes(vec![byte, b'\'', byte]);
        assert!(written(&bytes).is_ascii());
        assert_eq!(read(&written(&bytes)), Some(bytes));
    }
}
