//! Payloads to values of every type, and back.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serialtalk::proto::{PayloadWriter, encode_arguments};
use serialtalk::{Arguments, Decode, Encode, EncodeError, Value};

use crate::types::{Fault, Imu, Mode};
pub use decoding::decode;
use value_size::size;

#[path = "../../serialtalk/tests/support/decoding.rs"]
mod decoding;
#[path = "../../serialtalk/tests/support/value_size.rs"]
mod value_size;

/// Decodes a payload to values of every kind of type, and checks that each is the same after another round trip.
pub fn check(payload: &[u8]) {
    one::<u8>(payload);
    one::<i64>(payload);
    one::<u128>(payload);
    one::<i128>(payload);
    one::<f32>(payload);
    one::<f64>(payload);
    one::<bool>(payload);
    one::<char>(payload);
    one::<String>(payload);
    one::<serialtalk::heapless::String<3>>(payload);
    one::<Vec<u8>>(payload);
    one::<[u8; 3]>(payload);
    one::<Vec<i16>>(payload);
    one::<serialtalk::heapless::Vec<f32, 2>>(payload);
    one::<[[u16; 2]; 2]>(payload);
    one::<()>(payload);
    one::<Vec<()>>(payload);
    one::<Option<u8>>(payload);
    one::<Option<(u8, Option<f32>)>>(payload);
    one::<Vec<(String, Option<Vec<u8>>)>>(payload);
    one::<BTreeMap<u8, Vec<[f64; 1]>>>(payload);
    one::<BTreeMap<String, Value>>(payload);
    one::<Imu>(payload);
    one::<Mode>(payload);
    one::<Fault>(payload);
    one::<Value>(payload);
    let _ =
        decode(payload, |decoder| Ok(decoder.argument::<&str>()?.len() + decoder.argument::<&[u8]>()?.len()));
    integers_agree(payload);
    dynamic(payload);
}

/// The payload that `write` writes; `None` if it does not fit a frame.
pub fn encode(write: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>) -> Option<Vec<u8>> {
    match encode_arguments("x", write) {
        Ok(payload) => Some(payload),
        Err(EncodeError::TooLong(_)) => None,
        Err(error) => panic!("what was decoded cannot be sent: {error}"),
    }
}

/// Checks that two values are the same, as far as values can be: of floats, NaN is.
#[track_caller]
pub fn assert_same<T: PartialEq + Debug>(left: &T, right: &T) {
    if left != right {
        assert_eq!(format!("{left:?}"), format!("{right:?}"));
    }
}

/// Decodes one value of this type, and several.
fn one<T: Encode + for<'a> Decode<'a> + PartialEq + Debug>(payload: &[u8]) {
    if let Ok(value) = decode(payload, |decoder| decoder.sole::<T>()) {
        let natural = encode(|payload| payload.value(&value));
        let literal = encode(|payload| Ok(payload.literal(&value)?));
        for sent in [natural, literal].into_iter().flatten() {
            match decode(&sent, |decoder| decoder.sole::<T>()) {
                Ok(again) => assert_same(&value, &again),
                Err(error) => panic!("{value:?} was sent as {sent:?}, and then: {error}"),
            }
        }
    }
    if let Ok(values) = decode(payload, |decoder| Ok((decoder.argument::<T>()?, decoder.argument::<T>()?))) {
        let natural = encode(|payload| payload.values(&values));
        let literal = encode(|payload| payload.literal_values(&values));
        for sent in [natural, literal].into_iter().flatten() {
            match decode(&sent, |decoder| Ok((decoder.argument::<T>()?, decoder.argument::<T>()?))) {
                Ok(again) => assert_same(&values, &again),
                Err(error) => panic!("{values:?} were sent as {sent:?}, and then: {error}"),
            }
        }
    }
}

/// An integer is the same for every type that holds it, and an error for every other.
fn integers_agree(payload: &[u8]) {
    fn sole<T: for<'a> Decode<'a>>(payload: &[u8]) -> Option<T> {
        decode(payload, |decoder| decoder.sole()).ok()
    }
    let Some(wide) = sole::<i128>(payload) else { return };
    assert_eq!(sole::<u8>(payload), u8::try_from(wide).ok());
    assert_eq!(sole::<i8>(payload), i8::try_from(wide).ok());
    assert_eq!(sole::<u16>(payload), u16::try_from(wide).ok());
    assert_eq!(sole::<i32>(payload), i32::try_from(wide).ok());
    assert_eq!(sole::<i64>(payload), i64::try_from(wide).ok());
    assert_eq!(sole::<u64>(payload), u64::try_from(wide).ok());
    assert_eq!(sole::<u128>(payload), u128::try_from(wide).ok());
    assert!(sole::<f64>(payload).is_none_or(|float| float as i128 == wide), "{wide} became another float");
    assert!(sole::<f32>(payload).is_none_or(|float| float as i128 == wide), "{wide} became another float");
}

/// Decodes values without types: under the format in which they came they are the same again, and shown as literals too.
fn dynamic(payload: &[u8]) {
    let whole = Value::from_payload(payload);
    // Every value takes at least one byte of the payload.
    assert!(size(&whole) <= 2 * payload.len() + 2, "{payload:?}");
    let Ok(values) = decode(payload, |decoder| decoder.rest()) else { return };
    let total: usize = values.iter().map(size).sum();
    assert!(total <= 2 * payload.len() + 2, "{payload:?}");
    let values = Arguments(values);
    let format = payload.split_first().and_then(|(len, rest)| rest.get(..usize::from(*len)));
    let format = format.and_then(|format| str::from_utf8(format).ok()).unwrap_or_default();
    // Bytes as a whole, which a payload is that cannot be read, are padded or cut under a format.
    let as_it_came = encode_arguments("x", |payload| payload.values_as(&values, format)).ok();
    let as_it_came = as_it_came.filter(|sent| sent.len() == payload.len());
    let as_literal = encode(|payload| payload.literal_values(&values));
    for sent in [as_it_came, as_literal].into_iter().flatten() {
        match decode(&sent, |decoder| decoder.rest()) {
            Ok(again) => assert_same(&values.0, &again),
            Err(error) => panic!("{values:?} were sent as {sent:?}, and then: {error}"),
        }
    }
    for value in &values.0 {
        let text = value.to_string();
        match Value::from_literal(&text) {
            Some(again) => assert_same(value, &again),
            None => panic!("{value:?} is shown as {text}"),
        }
    }
}
