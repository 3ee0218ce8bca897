//! Signatures as text.

use crate::contract::{Signature, Type};

#[test]
fn a_signature_is_written_as_it_was_read() {
    for text in [
        "nothing()",
        "mult(a: f32, b: f32) -> f32",
        "cal(n: u8) -> {x: f32, y: f32} or {Moving(speed: f32) | Stall}",
        r#""go \"fast\" \\"(ms: i32) as "<q" -> f32 as "d""#,
        "at(x: f32, y: f32) -> (u8, u16) as repr",
        "store(data: [u8]) as raw or {Moving(speed: i16)}",
        "keep(level: u8) as postcard",
        "arm.grip(values: (u8, u16)) -> [f32?]",
        "all(a: bool, b: char, c: str, d: f64, e: i8, f: u128, g: i128, h: serde)",
        "bytes(a: [u8], b: [u8; 0], c: [u8; 64], d: (u8; 20), e: [i8], f: [[u8]], g: ((u8, i8); 2))",
        "tuples(a: (), b: (u8,), c: ((),), d: (u8; 2), e: (u8?, u8))",
        "maps(a: {str => f32}, b: {(u8; 2) => {x: u8}}, c: {u8 {A = 0} => {A | B}}, d: {u8? => ()})",
        "enums(a: {u8 | u16}, b: {A}, c: {A(u8, str) | B({x: u8})}, d: i16 {Low = -300 | High = 300})",
        "edges(a: u64 {A = 18446744073709551615}, b: i64 {A = -9223372036854775808})",
        "keywords(type: {in: u8}, r: {fn: u8, match: u8})",
        "größe(é: u8)",
        "none(e: ()) as repr -> () as repr",
        "none() -> () as repr",
        "postcard(a: u8??) as postcard",
        "9.9_(a: u8)",
    ] {
        let signature: Signature = match text.parse() {
            Ok(signature) => signature,
            // Names on the wire are ASCII, unlike those of arguments.
            Err(_) if text.starts_with("größe") => continue,
            Err(error) => panic!("{text}: {error}"),
        };
        assert_eq!(signature.to_string(), text);
    }
}

#[test]
fn what_says_the_same_in_another_way_is_no_signature() {
    for text in [
        "",
        "f",
        "f(",
        "f()x",
        "f() ",
        " f()",
        "f(a:u8)",
        "f(a: u8,)",
        "f(a: u8,b: u8)",
        "f(a: u8, a: u8)",
        "f(self: u8)",
        "f(_: u8)",
        "f(r#type: u8)",
        "f(a: U8)",
        "f(a: usize)",
        "f(a: &str)",
        "f(a: String)",
        "f(a: (u8))",
        "f(a: (u8, u8))",
        "f(a: (u8; 1))",
        "f(a: (u8; 0))",
        "f(a: (u8; 02))",
        "f(a: (u8; -2))",
        "f(a: (u8; 65536))",
        "f(a: (u8; 99999999999999999999))",
        "f(a: [u8; 4])x",
        "f(a: [u16; 4])",
        "f(a: {})",
        "f(a: {x: u8, x: u8})",
        "f(a: {x: u8, u8})",
        "f(a: {x: u8,})",
        "f(a: {A | A})",
        "f(a: {A()})",
        "f(a: {A(x: u8, u8)})",
        "f(a: {A(u8, x: u8)})",
        "f(a: {A|B})",
        "f(a: u8 {})",
        "f(a: u8 {A})",
        "f(a: u8 {A = 256})",
        "f(a: u8 {A = -1})",
        "f(a: i8 {A = -0})",
        "f(a: u8 {A = 1 | B = 1})",
        "f(a: u8 {A = 1 | A = 2})",
        "f(a: u128 {A = 1})",
        "f(a: f32 {A = 1})",
        "f(a: {u8=>u8})",
        "f() as repr",
        "f(a: u8) as \"repr\"",
        "f(a: u8) as \"\"",
        "f(a: u8) as bytes",
        "f(a: u8) as \"<B\n\"",
        "f() -> ()",
        "f() -> u8 or",
        "f() or u8 -> u8",
        "f() -> u8 -> u8",
        "\"f\"()",
        "\"\"()",
        "\"a\\n\"()",
        "\"ä\"()",
        "\"a\u{7f}\"()",
        "f()\n",
        "f(a: u8\u{202e})",
    ] {
        assert!(text.parse::<Signature>().is_err(), "{text:?}");
    }
}

#[test]
fn an_error_says_what_was_expected_and_what_came() {
    let error = "mult(a: float, b: f32)".parse::<Signature>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "no signature: expected a type at byte 8, found \"float, b: f32)\"; both ends need the same version of serialtalk"
    );
}

#[test]
fn types_may_be_nested_so_deep_and_no_deeper() {
    let nested = |depth: usize, open: &str, close: &str| {
        let (open, close) = (open.repeat(depth - 1), close.repeat(depth - 1));
        format!("f(a: {open}u16{close})").parse::<Signature>()
    };
    for (open, close) in
        [("[", "]"), ("(", ",)"), ("{x: ", "}"), ("{A(", ")}"), ("{str => ", "}"), ("", "?"), ("(", "; 2)")]
    {
        // A variant with a field is one level more, of which only the type counts.
        assert!(nested(32, open, close).is_ok(), "{open}{close}");
        for depth in [33, 100, 1000] {
            assert!(nested(depth, open, close).is_err(), "{open}{close} {depth}");
        }
    }
    assert!(nested(20, "[", "?]").is_err());
    let text = format!("f(a: {}", "(".repeat(1_000_000));
    assert!(text.parse::<Signature>().is_err());
}

#[test]
fn a_signature_is_a_tree() {
    let signature: Signature = "f(a: {u8 => {A | B(x: u8)}}) -> (f32; 3)".parse().unwrap();
    let Type::Map(key, value) = &signature.arguments()[0].ty else { panic!() };
    assert!(matches!(**key, Type::Integer(_)));
    assert!(matches!(&**value, Type::Enum(variants) if variants[1].fields[0].name == "x"));
    assert!(matches!(signature.value(), Some(Type::Array(element, 3)) if **element == Type::Float32));
}
