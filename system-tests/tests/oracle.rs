//! The oracle returns what Python computes, without loss.

use peers::Interpreter;
use peers::oracle::Py;

#[test]
fn packs_and_unpacks() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut oracle = venv.oracle(interpreter);
        let values = [Py::int(-1), Py::float(0.5), Py::bytes(*b"ab")];
        let packed = b"\xff\xff\x00\x00\x00\x3f\x61\x62\x00".as_slice();
        assert_eq!(oracle.pack("<hf3s", &values).as_deref(), Ok(packed));
        let unpacked = oracle.unpack("<hf3s", packed);
        assert_eq!(unpacked, Ok(vec![Py::int(-1), Py::float(0.5), Py::bytes(*b"ab\0")]));
        assert_eq!(oracle.size("bi"), Ok(8));
        assert_eq!(oracle.size("<bi"), Ok(5));
        assert!(oracle.unpack("<i", b"\0").is_err());
    }
    let error = venv.oracle(Interpreter::CPython).pack("B", &[Py::int(300)]).unwrap_err();
    assert!(error.ends_with("format requires 0 <= number <= 255"), "{error}");
    assert_eq!(venv.oracle(Interpreter::MicroPython).pack("B", &[Py::int(300)]), Ok(vec![44]));
}

#[test]
fn values_round_trip() {
    let venv = peers::require!();
    let value = Py::Tuple(vec![
        Py::None,
        Py::Bool(true),
        Py::Bool(false),
        Py::int(i128::MIN),
        Py::Int("1".repeat(60)),
        Py::float(0.1),
        Py::float(5e-324),
        Py::float(-0.0),
        Py::str("é\u{20ac}\u{1f600}\u{2028}\"'\\\n\0"),
        Py::bytes((0..=255).collect::<Vec<u8>>()),
        Py::List(vec![Py::Tuple(vec![]), Py::List(vec![Py::int(1)])]),
        Py::Set(vec![Py::int(3)]),
        Py::Dict(vec![(Py::str("k"), Py::None), (Py::int(2), Py::List(vec![]))]),
    ]);
    let mut oracle = venv.oracle(Interpreter::CPython);
    let text = oracle.repr(&value).unwrap();
    assert_eq!(oracle.literal_eval(&text).as_ref(), Ok(&value));
    assert_eq!(oracle.eval(&text).as_ref(), Ok(&value));
    let mut oracle = venv.oracle(Interpreter::MicroPython);
    assert_eq!(oracle.eval(&text).as_ref(), Ok(&value), "{text}");
}

#[test]
fn invalid_literals_raise() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    assert!(oracle.literal_eval("sum([1, 2])").unwrap_err().starts_with("ValueError: malformed node"));
    assert!(oracle.literal_eval("(1,").unwrap_err().starts_with("SyntaxError"));
    assert_eq!(oracle.literal_eval("2j"), Ok(Py::Other("complex".into())));
    assert!(oracle.eval(r"'\ud800'").unwrap_err().starts_with("UnicodeEncodeError"));
    let nan = oracle.eval("float('nan')").unwrap().as_float();
    assert!(nan.is_some_and(f64::is_nan));
    assert_eq!(oracle.eval("-1e999"), Ok(Py::float(f64::NEG_INFINITY)));
}
