//! Payloads to dynamic values, as a Python peer decodes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::Value;
use crate::payload::Payload;
#[cfg(feature = "repr")]
use crate::payload::literal::{Form, LiteralReader};
use crate::payload::unpack::Unpack;
use crate::problem::Integer;
#[cfg(feature = "repr")]
use crate::problem::ProblemKind;
use crate::reader::{Reader, Scalar, scalar_of};
use crate::value::Decode;

/// Literals nested deeper than this are refused.
#[cfg(feature = "repr")]
const MAX_DEPTH: usize = 32;

impl Value {
    /// What a Python peer would decode a payload to, all that stands behind the name of a frame.
    ///
    /// That includes what Python does with what has length 1, which is replaced by its only element. A payload that
    /// cannot be read is bytes, as a whole; so is text that is no literal, for nothing is evaluated here.
    pub fn from_payload(payload: &[u8]) -> Self {
        decode(payload).unwrap_or_else(|| Self::Bytes(payload.to_vec()))
    }

    /// Reads the text of a Python literal; none if it is not one.
    #[cfg(feature = "repr")]
    pub fn from_literal(text: &str) -> Option<Self> {
        let mut text = text.as_bytes().to_vec();
        let mut reader = LiteralReader::new(&mut text);
        let value = read(&mut reader, 0)?;
        reader.is_done().then_some(value)
    }

    /// What `value[0]` is in Python, if the value has length 1 and that exists.
    fn unwrapped(self) -> Self {
        match self {
            Self::Dict(mut entries)
                if matches!(entries.as_slice(), [(Self::Int(0) | Self::Bool(false), _)]) =>
            {
                entries.remove(0).1
            }
            Self::Tuple(mut values) | Self::List(mut values) if values.len() == 1 => values.remove(0),
            Self::Bytes(bytes) if bytes.len() == 1 => {
                Self::Int(bytes.iter().map(|byte| i128::from(*byte)).sum())
            }
            value => value,
        }
    }
}

impl Decode<'_> for Value {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        #[cfg(feature = "repr")]
        if let Some(text) = reader.as_literal() {
            let value = read(text, 0);
            return value.or_else(|| reader.wrong(ProblemKind::NoLiteral));
        }
        let is_bool = reader.is_bool();
        let value = match reader.scalar()? {
            Scalar::Integer(Integer { magnitude, .. }) if is_bool => Self::Bool(magnitude != 0),
            scalar => return of_scalar(scalar),
        };
        Some(value)
    }
}

impl Reader<'_> {
    /// All arguments that are left.
    pub fn rest(&mut self) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        while self.begin_argument() {
            values.push(Value::decode(self)?);
        }
        Some(values)
    }
}

fn decode(payload: &[u8]) -> Option<Value> {
    match Payload::parse(payload) {
        Payload::None if payload.is_empty() => Some(Value::Bytes(Vec::new())),
        Payload::None => Some(Value::None),
        Payload::Raw(bytes) => Some(Value::Bytes(bytes.to_vec()).unwrapped()),
        #[cfg(feature = "repr")]
        Payload::Repr(text) => Some(Value::from_literal(core::str::from_utf8(text).ok()?)?.unwrapped()),
        #[cfg(not(feature = "repr"))]
        Payload::Repr(_) => None,
        Payload::Struct { format, data } => structure(format, data),
        // In Python a slice that is too short is no error: what there is may still be a format.
        Payload::Bare(bytes) => match bytes.get(1..)? {
            b"raw" => Some(Value::Bytes(Vec::new())),
            b"repr" => None,
            format => structure(format, &[]),
        },
        Payload::Postcard(_) => None,
    }
}

fn structure(format: &[u8], data: &[u8]) -> Option<Value> {
    let mut values = Vec::new();
    for packed in Unpack::new(format, data)? {
        values.push(match scalar_of(packed) {
            Scalar::Integer(Integer { magnitude, .. }) if packed.code == b'?' => Value::Bool(magnitude != 0),
            scalar => of_scalar(scalar)?,
        });
    }
    Some(Value::Tuple(values).unwrapped())
}

fn of_scalar(scalar: Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Integer(Integer { negative, magnitude }) => {
            let magnitude = i128::from(magnitude);
            Value::Int(if negative { -magnitude } else { magnitude })
        }
        Scalar::Float(value) => Value::Float(value.as_f64()),
        Scalar::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        Scalar::Text(text) => Value::Str(String::from(core::str::from_utf8(text).ok()?)),
        Scalar::None => Value::None,
        #[cfg(feature = "repr")]
        Scalar::WideInteger(negative, magnitude) => {
            let magnitude = magnitude?;
            Value::Int(if negative {
                0i128.checked_sub_unsigned(magnitude)?
            } else {
                magnitude.try_into().ok()?
            })
        }
        Scalar::Sequence => return None,
    })
}

#[cfg(feature = "repr")]
fn read(text: &mut LiteralReader<'_>, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(value) = text.bool() {
        return Some(Value::Bool(value));
    }
    if !text.is_bracket() {
        return of_scalar(text.scalar()?);
    }
    let outer = text.scope;
    if !text.open() {
        return None;
    }
    let form = text.form();
    let mut values = Vec::new();
    let mut entries = Vec::new();
    while text.more()? {
        let value = read(text, depth + 1)?;
        if text.has_colons() && text.eat(':') {
            entries.push((value, read(text, depth + 1)?));
            continue;
        }
        // Parentheses without a comma only group.
        if form == Form::Tuple && values.is_empty() && text.peek() == ')' {
            text.close(outer)?;
            return Some(value);
        }
        values.push(value);
    }
    text.close(outer)?;
    if !values.is_empty() && !entries.is_empty() {
        return None;
    }
    Some(match form {
        Form::Tuple | Form::Record => Value::Tuple(values),
        Form::List => Value::List(values),
        Form::Set if entries.is_empty() => Value::Set(values),
        Form::Set => return None,
        Form::Braces if values.is_empty() => Value::Dict(entries),
        Form::Braces => Value::Set(values),
        Form::Map => {
            for pair in values {
                let Value::Tuple(pair) = pair else { return None };
                let [key, value] = <[Value; 2]>::try_from(pair).ok()?;
                entries.push((key, value));
            }
            Value::Dict(entries)
        }
    })
}
