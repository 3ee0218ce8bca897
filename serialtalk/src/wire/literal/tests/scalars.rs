//! Constants and numbers.

use super::*;

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
