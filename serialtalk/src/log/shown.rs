//! A frame as a line of text: `> mult('2f', 5.9, 94.0)`, `< multack('f', 554.6)`.

use core::fmt;

use crate::number::Shortest;
use crate::payload::Payload;
use crate::payload::unpack::Unpack;
use crate::problem::Integer;
use crate::reader::{Scalar, scalar_of};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
}

pub(super) fn show(direction: Direction, name: &[u8], payload: &[u8]) {
    let shown = Shown { name, payload };
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
    payload: &'a [u8],
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name.escape_ascii())?;
        match Payload::parse(self.payload) {
            Payload::None => {}
            Payload::Raw(bytes) => write!(f, "'raw', {}", Bytes(bytes))?,
            Payload::Repr(text) => write!(f, "'repr', {}", Text(text))?,
            Payload::Postcard(bytes) => write!(f, "'postcard', {}", Bytes(bytes))?,
            Payload::Bare(bytes) => write!(f, "{}", Bytes(bytes))?,
            Payload::Struct { format, data } => match Unpack::new(format, data) {
                None => write!(f, "{}", Bytes(self.payload))?,
                Some(values) => {
                    write!(f, "'{}'", format.escape_ascii())?;
                    for value in values {
                        write!(f, ", {}", Value(scalar_of(value)))?;
                    }
                }
            },
        }
        write!(f, ")")
    }
}

struct Bytes<'a>(&'a [u8]);

impl fmt::Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b'{}'", self.0.escape_ascii())
    }
}

/// Text of a literal, without the parentheses of its tuple.
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

struct Value<'a>(Scalar<'a>);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; 32];
        let float = match self.0 {
            Scalar::Integer(Integer { negative, magnitude }) => {
                return write!(f, "{}{magnitude}", if negative { "-" } else { "" });
            }
            Scalar::Bytes(bytes) => return write!(f, "{}", Bytes(bytes)),
            Scalar::Float(value) if !value.as_f64().is_finite() => return write!(f, "{}", value.as_f64()),
            Scalar::Float(value) => match value.as_f32() {
                Some(value) => Shortest::of(value).text(&mut buffer),
                None => Shortest::of(value.as_f64()).text(&mut buffer),
            },
            _ => return Ok(()),
        };
        write!(f, "{}", float.escape_ascii())
    }
}
