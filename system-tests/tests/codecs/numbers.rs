//! The text of floats and integers.

use peers::Interpreter;
use peers::oracle::Py;
use proptest::prelude::*;
use serialtalk::Value;

use crate::values::{float, to_py};
use crate::{for_all, same};

#[test]
fn floats_are_displayed_as_by_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    for_all(3000, float(), |value| {
        let theirs = oracle.repr(&Py::float(*value))?;
        same("the text", &Value::Float(*value).to_string(), &theirs)?;
        // The number with the sign of a NaN is no literal.
        let read = Value::from_literal(&theirs).map(|value| to_py(&value));
        same("the value", &read, &Some(to_py(&Value::Float(*value))))
    });
}

#[test]
fn decimals_are_read_as_python_reads_them() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let integer = "0|[1-9][0-9]{0,28}";
    let exponent = "([eE][+-]?[0-9]{1,3})?";
    let decimal = (integer, "[0-9]{0,25}", exponent)
        .prop_map(|(integer, fraction, exponent)| format!("{integer}.{fraction}{exponent}"));
    let others = prop_oneof![
        decimal,
        "\\.[0-9]{1,20}",
        "[1-9][0-9]{0,30}[eE][+-]?[0-9]{1,3}",
        integer,
        "0[xX][0-9a-fA-F]{1,30}",
        "0[oO][0-7]{1,30}",
        "0[bB][01]{1,60}",
    ];
    for_all(3000, ("[+-]?", others), |(sign, digits)| {
        let text = format!("{sign}{digits}");
        let theirs = oracle.literal_eval(&text)?;
        same("the value", &Value::from_literal(&text).map(|value| to_py(&value)), &Some(theirs))
    });
}

/// Decimals just beyond the middle of two `f32`: rounding to `f64` first would give the wrong one.
#[test]
fn decimals_are_rounded_to_f32_once() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let near = (any::<u32>(), 1u64..1 << 20).prop_map(|(bits, beside)| (f32::from_bits(bits), beside));
    for_all(500, near, |(single, beside)| {
        if !single.is_finite() {
            return Ok(());
        }
        let next = f32::from_bits(single.to_bits() + 1);
        if !next.is_finite() {
            return Ok(());
        }
        // The exact decimal, followed by digits that decide the direction.
        let halfway = (f64::from(*single) + f64::from(next)) / 2.0;
        let Py::Str(exact) = oracle.eval(&format!("format({}, '.200f')", Value::Float(halfway)))? else {
            return Err("no text".into());
        };
        let text = format!("{}{beside}", exact.trim_end_matches('0'));
        let mut payload = format!("\x04repr({text},)").into_bytes();
        if payload.len() > 240 {
            return Ok(());
        }
        let ours = serialtalk::Decoder::new(&mut payload).argument::<f32>().ok();
        let away_from_zero = if next.abs() > single.abs() { next } else { *single };
        same(&text, &ours, &Some(away_from_zero))
    });
}
