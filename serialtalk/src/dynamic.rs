//! Values whose types are known at run time only.

mod convert;
mod decode;
mod show;

use alloc::string::String;
use alloc::vec::Vec;

use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::shape::Shape;
use crate::value::Encode;

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
    const SHAPE: Shape = Shape::OPAQUE;

    fn pack(&self, packer: &mut impl Pack) {
        match self {
            Self::Bool(value) => packer.integer(&[u8::from(*value)], false),
            Self::Int(value) => packer.integer(&value.to_le_bytes(), true),
            Self::Float(value) => packer.float64(*value),
            Self::Str(text) => packer.bytes(text.as_bytes()),
            Self::Bytes(bytes) => packer.bytes(bytes),
            Self::Tuple(values) | Self::List(values) => values.iter().for_each(|value| value.pack(packer)),
            Self::None | Self::Set(_) | Self::Dict(_) => packer.unpackable(),
        }
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        let mut all = |open: u8, values: &[Self]| {
            writer.open(open);
            for value in values {
                writer.element();
                value.write(writer);
            }
        };
        match self {
            Self::None => writer.none(),
            Self::Bool(value) => writer.bool(*value),
            Self::Int(value) => writer.wide_integer(*value < 0, value.unsigned_abs()),
            Self::Float(value) => writer.float64(*value),
            Self::Str(text) => writer.text(text),
            Self::Bytes(bytes) => writer.bytes(bytes),
            Self::Tuple(values) => {
                all(b'(', values);
                writer.close_tuple(values.len());
            }
            Self::List(values) => {
                all(b'[', values);
                writer.close(b']');
            }
            Self::Set(values) if values.is_empty() => writer.word("set()"),
            Self::Set(values) => {
                all(b'{', values);
                writer.close(b'}');
            }
            Self::Dict(entries) => {
                writer.open(b'{');
                for (key, value) in entries {
                    writer.element();
                    key.write(writer);
                    writer.colon();
                    value.write(writer);
                }
                writer.close(b'}');
            }
        }
    }
}

/// The arguments of a dynamic call, made by [`args!`](crate::args).
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments(pub Vec<Value>);

impl Encode for Arguments {
    /// A tuple of who knows how many elements; not two, but that is never looked at, for it is not fixed.
    const SHAPE: Shape = Shape::tuple(&[Shape::OPAQUE, Shape::OPAQUE]);

    fn pack(&self, packer: &mut impl Pack) {
        self.0.iter().for_each(|value| value.pack(packer));
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.open(b'(');
        for value in &self.0 {
            writer.element();
            value.write(writer);
        }
        writer.close_tuple(self.0.len());
    }
}

/// The arguments of a dynamic call: `args![5.9, "text", [1, 2]]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        $crate::dynamic::Arguments($crate::__private::vec![$($crate::Value::from($value)),*])
    };
}
