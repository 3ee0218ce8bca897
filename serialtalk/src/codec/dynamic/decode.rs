//! Payloads to dynamic values, as a Python peer decodes them.

use alloc::string::String;
use alloc::vec::Vec;

use super::Value;
use crate::codec::decode::{Decode, Decoder};
use crate::codec::error::Invalid;
use crate::wire::integer::Integer;
#[cfg(feature = "repr")]
use crate::wire::literal::{Kind, LiteralReader, NotALiteral};
use crate::wire::number::Format;
use crate::wire::payload::Payload;
use crate::wire::scalar::Scalar;
use crate::wire::struct_format::Values;

/// Literals nested deeper than this are refused.
#[cfg(feature = "repr")]
const MAX_DEPTH: usize = 32;

impl Value {
    /// Decodes a payload, all bytes of a frame between the name and the closing `>`, as a Python peer does.
    ///
    /// That includes the replacement of everything of length 1 by its only element. A payload that cannot be read is bytes,
    /// as a whole; so is text that is not a literal, because nothing is evaluated here.
    pub fn from_payload(payload: &[u8]) -> Self {
        decode(payload).unwrap_or_else(|| Self::Bytes(payload.to_vec()))
    }

    /// Reads the text of a Python literal; `None` if it is not one.
    #[cfg(feature = "repr")]
    pub fn from_literal(text: &str) -> Option<Self> {
        let mut text = text.as_bytes().to_vec();
        let mut reader = LiteralReader::new(&mut text);
        let value = read(&mut reader, 0).ok()?;
        reader.is_done().then_some(value)
    }

    /// The value of a scalar; `None` for text that is not UTF-8, and for an integer of more than 127 bits and a sign.
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        Some(match scalar {
            Scalar::None => Self::None,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::Integer(Integer { negative, magnitude }) => {
                let magnitude = i128::from(magnitude);
                Self::Int(if negative { -magnitude } else { magnitude })
            }
            #[cfg(feature = "repr")]
            Scalar::WideInteger(integer) => {
                let magnitude = crate::wire::literal::wide_magnitude(integer.digits)?;
                Self::Int(if integer.negative {
                    0i128.checked_sub_unsigned(magnitude)?
                } else {
                    magnitude.try_into().ok()?
                })
            }
            #[cfg(not(feature = "repr"))]
            Scalar::WideInteger(_) => return None,
            Scalar::Float(value) => Self::Float(value.to_float(Format::DOUBLE).map(f64::from_bits)?),
            Scalar::Text(text) => Self::Str(String::from(str::from_utf8(text).ok()?)),
            Scalar::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        })
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
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        #[cfg(feature = "repr")]
        if let Some(reader) = decoder.literal_reader() {
            let value = read(reader, 0);
            return value.map_err(|NotALiteral| decoder.not_a_literal());
        }
        let scalar = decoder.scalar("a value")?;
        Self::from_scalar(scalar).ok_or_else(|| decoder.not_a_literal())
    }
}

impl Decoder<'_> {
    /// Takes all arguments that are left.
    ///
    /// # Errors
    ///
    /// A literal that cannot be read.
    pub fn rest(&mut self) -> Result<Vec<Value>, Invalid> {
        let mut values = Vec::new();
        while self.begin_argument()? {
            values.push(Value::decode(self)?);
        }
        Ok(values)
    }
}

fn decode(payload: &[u8]) -> Option<Value> {
    match Payload::parse(payload) {
        Payload::None if payload.is_empty() => Some(Value::Bytes(Vec::new())),
        Payload::None => Some(Value::None),
        Payload::Raw(bytes) => Some(Value::Bytes(bytes.to_vec()).unwrapped()),
        #[cfg(feature = "repr")]
        Payload::Literal(text) => Some(Value::from_literal(str::from_utf8(text).ok()?)?.unwrapped()),
        #[cfg(not(feature = "repr"))]
        Payload::Literal(_) => None,
        Payload::Struct { format, data } => decode_struct(format, data),
        // In Python a slice that is too short is not an error: what there is may still be a format.
        Payload::Bare(bytes) => match bytes.get(1..)? {
            b"raw" => Some(Value::Bytes(Vec::new())),
            b"repr" => None,
            format => decode_struct(format, &[]),
        },
        Payload::Postcard(_) => None,
    }
}

fn decode_struct(format: &[u8], data: &[u8]) -> Option<Value> {
    let values: Option<Vec<_>> =
        Values::new(format, data)?.map(|value| Value::from_scalar(value.scalar())).collect();
    Some(Value::Tuple(values?).unwrapped())
}

#[cfg(feature = "repr")]
fn read(reader: &mut LiteralReader<'_>, depth: usize) -> Result<Value, NotALiteral> {
    if depth > MAX_DEPTH {
        return Err(NotALiteral);
    }
    if let Some(scalar) = reader.scalar()? {
        return Value::from_scalar(scalar).ok_or(NotALiteral);
    }
    let opened = reader.open()?;
    let mut values = Vec::new();
    let mut entries = Vec::new();
    while reader.more()? {
        let value = read(reader, depth + 1)?;
        if reader.has_colons() && reader.colon() {
            entries.push((value, read(reader, depth + 1)?));
            continue;
        }
        // Parentheses without a comma only group.
        if opened.kind == Kind::Tuple && values.is_empty() && reader.is_end() {
            reader.close(opened)?;
            return Ok(value);
        }
        values.push(value);
    }
    reader.close(opened)?;
    collect(opened.kind, values, entries)
}

/// Puts a sequence, a set or a map together.
#[cfg(feature = "repr")]
fn collect(kind: Kind, values: Vec<Value>, mut entries: Vec<(Value, Value)>) -> Result<Value, NotALiteral> {
    if !values.is_empty() && !entries.is_empty() {
        return Err(NotALiteral);
    }
    Ok(match kind {
        Kind::Tuple | Kind::RecordCall => Value::Tuple(values),
        Kind::List | Kind::ArrayCall | Kind::DequeCall => Value::List(values),
        Kind::Braces if values.is_empty() => Value::Dict(entries),
        Kind::Braces => Value::Set(values),
        Kind::SetCall if entries.is_empty() => Value::Set(values),
        Kind::MapCall => {
            for pair in values {
                let Value::Tuple(pair) = pair else { return Err(NotALiteral) };
                entries.push(<[Value; 2]>::try_from(pair).map_err(|_| NotALiteral)?.into());
            }
            Value::Dict(entries)
        }
        _ => return Err(NotALiteral),
    })
}
