//! A frame as a line of text: `mult('2f', 5.9, 94.0)`, `multack('f', 554.6)`.

use core::fmt;

use crate::wire::number::{Format, python_repr, write_integer};
use crate::wire::payload::Payload;
use crate::wire::scalar::Scalar;
use crate::wire::struct_format::{Packed, Values};

/// A frame, shown as the call in Python that would send it: `mult('2f', 5.9, 94.0)`.
///
/// Bytes that are no text are escaped. The text of a literal is as it arrived, control characters included.
#[derive(Debug, Clone, Copy)]
pub struct ShownFrame<'a> {
    name: &'a [u8],
    payload: Payload<'a>,
    /// The payload as it is.
    bytes: &'a [u8],
}

impl<'a> ShownFrame<'a> {
    /// A frame with this name, and a payload with its header.
    pub fn new(name: &'a [u8], payload: &'a [u8]) -> Self {
        Self { name, payload: Payload::parse(payload), bytes: payload }
    }

    /// What a checked frame has carried for the command `name`: values that are packed under `template`, without their header, or
    /// a payload with its header, if `template` is `None` or has bytes whose number is known at run time only.
    pub fn bare(name: &'a [u8], template: Option<&'a str>, payload: &'a [u8]) -> Self {
        match template {
            Some(format) if !format.contains('*') => {
                let parsed = Payload::Struct { format: format.as_bytes(), data: payload };
                Self { name, payload: parsed, bytes: payload }
            }
            _ => Self::new(name, payload),
        }
    }
}

impl fmt::Display for ShownFrame<'_> {
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

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn every_payload_is_shown() {
        for (payload, shown) in [
            (&b""[..], "go()"),
            (b"\x01z", "go()"),
            (b"\x00", "go('')"),
            (b"\x032fB\x00\x00\x00\x40\xcd\xcc\xcc\x3d\x07", "go('2fB', 2.0, 0.1, 7)"),
            (b"\x01d\x00\x00\x00\xa0\x99\x99\xb9\x3f", "go('d', 0.10000000149011612)"),
            (b"\x012\x00", r"go(b'\x012\x00')"),
            (b"\x01f\x00", r"go(b'\x01f\x00')"),
            (b"\x03raw\x00<", r"go('raw', b'\x00<')"),
            (b"\x04repr('a', 1)", "go('repr', 'a', 1)"),
            (b"\x04repr('a',)", "go('repr', 'a')"),
            (b"\x04repr5\xff", r"go('repr', 5\xff)"),
            (b"\x04post\x01", r"go('postcard', b'\x01')"),
            (b"\x1b[2J", r"go(b'\x1b[2J')"),
        ] {
            assert_eq!(ShownFrame::new(b"go", payload).to_string(), shown);
        }
        assert_eq!(ShownFrame::new(b"\x1b", b"").to_string(), r"\x1b()");
    }

    #[test]
    fn values_without_a_header_are_shown_under_their_template() {
        let shown = |template, payload| ShownFrame::bare(b"go", template, payload).to_string();
        assert_eq!(shown(Some("h?"), b"\xff\xff\x01"), "go('h?', -1, True)");
        assert_eq!(shown(Some("h?"), b"\xff"), r"go(b'\xff')");
        assert_eq!(shown(Some("B*s"), b"\x03B2s\x05ab"), "go('B2s', 5, b'ab')");
        assert_eq!(shown(None, b"\x04repr(5,)"), "go('repr', 5)");
    }
}
