//! A frame as a line of text: `> mult('2f', 5.9, 94.0)`, `< multack('f', 554.6)`.

use core::fmt;

use crate::wire::number::{Format, python_repr, write_integer};
use crate::wire::payload::Payload;
use crate::wire::scalar::Scalar;
use crate::wire::struct_format::{Packed, Values};

/// Whether a frame arrived or is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
}

/// Shows a plain frame.
pub(super) fn show(direction: Direction, name: &[u8], payload: &[u8]) {
    show_payload(direction, name, Payload::parse(payload), payload);
}

/// Shows what has come in a checked frame: values that are packed under `template`, or a payload with its header.
pub(super) fn show_bare(name: &str, template: Option<&str>, payload: &[u8]) {
    let parsed = match template {
        Some(format) if !format.contains('*') => Payload::Struct { format: format.as_bytes(), data: payload },
        _ => Payload::parse(payload),
    };
    show_payload(Direction::In, name.as_bytes(), parsed, payload);
}

fn show_payload(direction: Direction, name: &[u8], payload: Payload<'_>, bytes: &[u8]) {
    let shown = Shown { name, payload, bytes };
    #[cfg(feature = "log")]
    match direction {
        Direction::In => ::log::trace!(target: "serialtalk", "< {shown}"),
        Direction::Out => ::log::trace!(target: "serialtalk", "> {shown}"),
    }
    #[cfg(feature = "defmt")]
    match direction {
        Direction::In => defmt::trace!("< {}", defmt::Display2Format(&shown)),
        Direction::Out => defmt::trace!("> {}", defmt::Display2Format(&shown)),
    }
}

/// A frame, shown as the call in Python that would send it.
struct Shown<'a> {
    name: &'a [u8],
    payload: Payload<'a>,
    /// The payload as it is.
    bytes: &'a [u8],
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name.escape_ascii())?;
        match self.payload {
            Payload::None => {}
            Payload::Raw(bytes) => write!(f, "'raw', {}", Bytes(bytes))?,
            Payload::Literal(text) => write!(f, "'repr', {}", Text(text))?,
            Payload::Postcard(bytes) => write!(f, "'postcard', {}", Bytes(bytes))?,
            Payload::Bare(bytes) => write!(f, "{}", Bytes(bytes))?,
            Payload::Struct { format, data } => match Values::new(format, data) {
                None => write!(f, "{}", Bytes(self.bytes))?,
                Some(mut values) => {
                    write!(f, "'{}'", format.escape_ascii())?;
                    values.try_for_each(|value| show_value(value, f))?;
                }
            },
        }
        write!(f, ")")
    }
}

fn show_value(value: Packed<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(", ")?;
    match value.scalar() {
        Scalar::Integer(integer) => write_integer(f, integer),
        Scalar::Bool(value) => f.write_str(if value { "True" } else { "False" }),
        Scalar::Bytes(bytes) => write!(f, "{}", Bytes(bytes)),
        // With the digits of its own width: 5.9 rather than 5.900000095367432.
        Scalar::Float(float) => match float.to_float(Format::SINGLE) {
            Some(bits) if value.bytes.len() <= 4 => {
                f.write_str(python_repr(f32::from_bits(bits as u32), &mut [0; 32]))
            }
            _ => {
                let bits = float.to_float(Format::DOUBLE).unwrap_or_default();
                f.write_str(python_repr(f64::from_bits(bits), &mut [0; 32]))
            }
        },
        // A struct holds nothing else.
        Scalar::None | Scalar::Text(_) | Scalar::WideInteger(_) => Ok(()),
    }
}

struct Bytes<'a>(&'a [u8]);

impl fmt::Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b'{}'", self.0.escape_ascii())
    }
}

/// The text of a literal, without the parentheses of its tuple.
struct Text<'a>(&'a [u8]);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.0.strip_prefix(b"(").and_then(|text| text.strip_suffix(b")"));
        let inner = inner.map(|text| text.strip_suffix(b",").unwrap_or(text));
        for chunk in inner.unwrap_or(self.0).utf8_chunks() {
            write!(f, "{}{}", chunk.valid(), chunk.invalid().escape_ascii())?;
        }
        Ok(())
    }
}
