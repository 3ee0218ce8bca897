//! Text and bytes.

use super::*;

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
