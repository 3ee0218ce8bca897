//! One value as it arrived, in a struct payload or in a literal.

use super::integer::Integer;
use super::number::Binary;

/// One value as it arrived, not yet converted to a Rust type.
#[derive(Debug, Clone, Copy, PartialEq)]
// With a tag of a whole word, copies are of whole words: 116 B less in the firmware of a board.
#[repr(u32)]
#[cfg_attr(
    not(feature = "repr"),
    expect(dead_code, reason = "a struct payload holds numbers, bools and bytes only")
)]
pub(crate) enum Scalar<'a> {
    /// An integer of up to 64 bits.
    Integer(Integer),
    /// An integer of more than 64 bits, which only a literal holds.
    WideInteger(WideInteger<'a>),
    /// `True` or `False`, or a value under the struct code `?`.
    Bool(bool),
    /// A float of any width.
    Float(Binary),
    /// The bytes of a string, which are not yet known to be UTF-8.
    Text(&'a [u8]),
    /// A bytes object.
    Bytes(&'a [u8]),
    /// `None`.
    None,
}

/// An integer of more than 64 bits as it is written in a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WideInteger<'a> {
    /// Whether it is below zero.
    pub(crate) negative: bool,
    /// Its digits after the sign, with the prefix `0x`, `0o` or `0b` if it has one.
    pub(crate) digits: &'a [u8],
}
