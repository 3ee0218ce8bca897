//! A struct payload, into values of every type: one byte for the length of the format, the format, the data.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serialtalk_fuzz::payloads;

fuzz_target!(|input: &[u8]| {
    let Some((len, rest)) = input.split_first() else { return };
    let len = usize::from(*len).min(rest.len()) as u8;
    payloads::check(&[&[len], rest].concat());
});
