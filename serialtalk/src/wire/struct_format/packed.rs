//! One value of a struct payload.

use super::code::Kind;
use super::layout::Order;
use crate::wire::integer::Integer;
use crate::wire::number::{Binary, Format};
use crate::wire::scalar::Scalar;

/// One value of a struct payload: its bytes and what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed<'a> {
    /// The letter of the format.
    pub(crate) code: u8,
    /// What the value is.
    pub(crate) kind: Kind,
    /// The byte order, if it is a number.
    pub(crate) order: Order,
    /// The bytes of this value.
    pub(crate) bytes: &'a [u8],
}

impl<'a> Packed<'a> {
    /// The number, extended to 64 bits: by its sign if it is a signed integer, by zeros otherwise. Of a float, its bits.
    pub(crate) fn bits(&self) -> u64 {
        let top = match self.order {
            Order::Little => self.bytes.last(),
            Order::Big => self.bytes.first(),
        };
        let signed = matches!(self.kind, Kind::Integer { signed: true });
        let extension = if signed && top.is_some_and(|top| *top >= 0x80) { u64::MAX } else { 0 };
        let append = |bits, byte: &u8| bits << 8 | u64::from(*byte);
        match self.order {
            Order::Little => self.bytes.iter().rev().fold(extension, append),
            Order::Big => self.bytes.iter().fold(extension, append),
        }
    }

    /// The value, not yet converted to a Rust type. `p` yields the string in it, without its length and padding.
    pub(crate) fn scalar(self) -> Scalar<'a> {
        match self.kind {
            Kind::Integer { signed: true } => Scalar::Integer(Integer::signed(self.bits())),
            Kind::Integer { signed: false } => Scalar::Integer(Integer::positive(self.bits())),
            Kind::Bool => Scalar::Bool(self.bits() != 0),
            Kind::Float => Scalar::Float(Binary::of_float(self.bits(), Format::of_size(self.bytes.len()))),
            Kind::Bytes | Kind::Padding => Scalar::Bytes(self.string()),
        }
    }

    /// The bytes of a byte string.
    fn string(&self) -> &'a [u8] {
        match (self.code, self.bytes) {
            (b'p', [len, string @ ..]) => string.get(..usize::from(*len)).unwrap_or(string),
            _ => self.bytes,
        }
    }
}
