extern crate alloc;

mod formats;
mod native;
mod packing;
mod properties;
mod templates;
mod values;

use alloc::vec;
use alloc::vec::Vec;

use super::items::{Item, Items};
use super::layout::{Alignment, Layout, NATIVE_LAYOUTS, Order};
#[cfg(not(any(feature = "log", feature = "defmt")))]
use super::packed::Packed;
use super::*;
use crate::wire::scalar::Scalar;

/// Everything that `format` and `data` hold, as code and bytes.
fn unpack<'a>(format: &'a str, data: &'a [u8]) -> Option<Vec<(char, &'a [u8])>> {
    let mut rest = Values::new(format.as_bytes(), data)?;
    let mut values = vec![];
    loop {
        let (kind, is_done) = (rest.peek_kind(), rest.is_done());
        assert_eq!(kind.is_none(), is_done);
        let value = rest.next();
        assert_eq!(value.map(|value| value.kind), kind);
        let Some(Packed { code, bytes, .. }) = value else { return Some(values) };
        values.push((char::from(code), bytes));
    }
}

/// The one value that `format` and `data` hold.
fn scalar<'a>(format: &'a str, data: &'a [u8]) -> Scalar<'a> {
    let mut values = Values::new(format.as_bytes(), data).unwrap();
    let value = values.next().unwrap();
    assert!(values.is_done());
    value.scalar()
}

/// The integers that `format` and `data` hold.
fn integers(format: &str, data: &[u8]) -> Option<Vec<i128>> {
    let values = Values::new(format.as_bytes(), data)?;
    values
        .map(|value| match value.scalar() {
            Scalar::Integer(integer) if integer.negative => Some(-i128::from(integer.magnitude)),
            Scalar::Integer(integer) => Some(integer.magnitude.into()),
            _ => None,
        })
        .collect()
}
