//! The text of a Python literal, into values of every type.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serialtalk::Value;
use serialtalk_fuzz::payloads::{self, assert_same};

fuzz_target!(|text: &[u8]| {
    payloads::check(&[b"\x04repr", text].concat());
    let Some(value) = str::from_utf8(text).ok().and_then(Value::from_literal) else { return };
    let shown = value.to_string();
    let again = Value::from_literal(&shown).unwrap_or_else(|| panic!("{value:?} is shown as {shown}"));
    assert_same(&value, &again);
    assert_eq!(again.to_string(), shown);
});
