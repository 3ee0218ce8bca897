//! Values whose types are known at run time only.

mod convert;
mod decode;
mod show;

use alloc::string::String;
use alloc::vec::Vec;

use super::encode::{Encode, Encoder};
use super::shape::Shape;
use crate::wire::integer::IntegerType;

/// A Python value.
///
/// Shown as Python's `repr` shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer. Python has larger ones; those are refused.
    Int(i128),
    /// A float.
    Float(f64),
    /// Text.
    Str(String),
    /// Bytes; also what comes as a `bytearray`.
    Bytes(Vec<u8>),
    /// A tuple; also what comes as a namedtuple.
    Tuple(Vec<Value>),
    /// A list; also what comes as an array.
    List(Vec<Value>),
    /// A set, in the order in which it was written.
    Set(Vec<Value>),
    /// A dict, in the order in which it was written.
    Dict(Vec<(Value, Value)>),
}

impl Encode for Value {
    const SHAPE: &'static Shape = &Shape::Opaque;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        match self {
            Self::None => encoder.none(),
            Self::Bool(value) => encoder.bool(*value),
            Self::Int(value) => match i64::try_from(*value) {
                Ok(value) => encoder.integer(value as u64, IntegerType::I64),
                Err(_) => encoder.wide_integer(*value as u128, IntegerType::I128),
            },
            Self::Float(value) => encoder.float64(*value),
            Self::Str(text) => encoder.text(text),
            Self::Bytes(bytes) => encoder.bytes(bytes),
            Self::Tuple(values) => {
                encoder.begin_tuple()?;
                encode_elements(values, encoder)?;
                encoder.end_tuple(values.len())
            }
            Self::List(values) => {
                encoder.begin_list()?;
                encode_elements(values, encoder)?;
                encoder.end_list()
            }
            Self::Set(values) => {
                encoder.begin_set(values.is_empty())?;
                encode_elements(values, encoder)?;
                encoder.end_set(values.is_empty())
            }
            Self::Dict(entries) => {
                encoder.begin_map()?;
                for (key, value) in entries {
                    encoder.element()?;
                    key.encode(encoder)?;
                    encoder.colon()?;
                    value.encode(encoder)?;
                }
                encoder.end_map()
            }
        }
    }
}

fn encode_elements<E: Encoder>(values: &[Value], encoder: &mut E) -> Result<(), E::Error> {
    values.iter().try_for_each(|value| {
        encoder.element()?;
        value.encode(encoder)
    })
}

/// The arguments of a dynamic call, made by [`args!`](crate::args).
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments(pub Vec<Value>);

impl Encode for Arguments {
    /// A tuple whose number of elements is not known, so that it is always written as a literal.
    const SHAPE: &'static Shape = &Shape::Tuple(&[&Shape::Opaque, &Shape::Opaque]);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.begin_tuple()?;
        encode_elements(&self.0, encoder)?;
        encoder.end_tuple(self.0.len())
    }
}

/// The arguments of a dynamic call: `args![5.9, "text", [1, 2]]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        $crate::Arguments($crate::__private::vec![$(<$crate::Value as ::core::convert::From<_>>::from($value)),*])
    };
}
