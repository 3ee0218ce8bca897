//! Text to values, piece by piece.

use super::cursor::{Cursor, NotALiteral};
use super::kind::Kind;
use super::scope::Scope;
use crate::wire::scalar::Scalar;

/// Reads a literal from left to right.
///
/// Strings are unescaped in place, which is why the text is mutable: an escape is never shorter than its meaning. After an
/// error the reader may be anywhere in the text, which is of no further use.
#[derive(Debug)]
pub(crate) struct LiteralReader<'a> {
    pub(super) cursor: Cursor<'a>,
    /// What the next value is part of.
    pub(super) scope: Scope,
    /// Whether that was just opened, so that no comma precedes the next element.
    pub(super) is_fresh: bool,
}

impl<'a> LiteralReader<'a> {
    /// Starts at the beginning of `text`.
    pub(crate) const fn new(text: &'a mut [u8]) -> Self {
        Self { cursor: Cursor::new(text), scope: Scope::TEXT, is_fresh: true }
    }

    /// Whether nothing but white space is left of the text.
    pub(crate) fn is_done(&mut self) -> bool {
        self.cursor.peek().is_none()
    }

    /// Tells what comes next, without taking it.
    pub(crate) fn next_kind(&mut self) -> Kind {
        Kind::of_next(&mut self.cursor)
    }

    /// Whether a sequence, a set or a map comes next.
    pub(crate) fn is_sequence(&mut self) -> bool {
        self.next_kind().is_sequence()
    }

    /// Whether a map comes next, or a set in braces, which begins alike.
    #[cfg(any(feature = "serde", test))]
    pub(crate) fn is_map(&mut self) -> bool {
        matches!(self.next_kind(), Kind::Braces | Kind::MapCall)
    }

    /// Whether bytes come next.
    pub(crate) fn is_bytes(&mut self) -> bool {
        matches!(self.next_kind(), Kind::Bytes | Kind::ByteArrayCall)
    }

    /// Takes a value that is not a sequence; `None` if a sequence, a set or a map comes next, which is not taken.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if neither comes next.
    pub(crate) fn scalar(&mut self) -> Result<Option<Scalar<'a>>, NotALiteral> {
        let kind = self.next_kind();
        let cursor = &mut self.cursor;
        Ok(Some(match kind {
            Kind::None => {
                cursor.take_word();
                Scalar::None
            }
            Kind::True | Kind::False => {
                cursor.take_word();
                Scalar::Bool(kind == Kind::True)
            }
            Kind::Number => cursor.number()?,
            Kind::Text => Scalar::Text(cursor.string()?),
            Kind::Bytes => Scalar::Bytes(cursor.string()?),
            Kind::FloatCall | Kind::ByteArrayCall => self.call(kind)?,
            Kind::Invalid => return Err(NotALiteral),
            _ => return Ok(None),
        }))
    }

    /// Takes `float('inf')` or `bytearray(b'ab')`, of which the word comes next.
    fn call(&mut self, kind: Kind) -> Result<Scalar<'a>, NotALiteral> {
        let cursor = &mut self.cursor;
        cursor.take_word();
        cursor.expect(b'(')?;
        let scalar = match (kind, cursor.peek()) {
            (Kind::FloatCall, Some(quote @ (b'\'' | b'"'))) => {
                cursor.advance();
                let number = cursor.number()?;
                cursor.expect(quote)?;
                // An integer is read as one here too; `repr` writes an exponent in a float as large.
                if let Scalar::WideInteger(_) = number {
                    return Err(NotALiteral);
                }
                number
            }
            (Kind::ByteArrayCall, Some(b'b')) => Scalar::Bytes(cursor.string()?),
            _ => return Err(NotALiteral),
        };
        cursor.expect(b')')?;
        Ok(scalar)
    }

    /// Takes `None` if it comes next, and returns whether it does.
    pub(crate) fn none(&mut self) -> bool {
        let found = self.next_kind() == Kind::None;
        if found {
            self.cursor.take_word();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use crate::wire::integer::Integer;
    use crate::wire::number::Binary;
    use alloc::vec::Vec;

    #[test]
    fn a_call_of_float_holds_a_number_in_quotes() {
        for (text, expected) in [
            ("float('inf')", Some(Binary::Infinite { negative: false })),
            ("float (\t\"-inf\" )", Some(Binary::Infinite { negative: true })),
            ("float('nan')", Some(Binary::NaN { negative: false })),
            ("float('-nan ')", Some(Binary::NaN { negative: true })),
            ("float(' inf')", None),
            ("float('inf\")", None),
            ("float(inf)", None),
            ("float('infinity')", None),
            ("float('inf', 1)", None),
            ("float('18446744073709551616')", None),
            ("float(b'1')", None),
            ("float()", None),
            ("float", None),
        ] {
            let mut copy = Vec::from(text);
            let read = LiteralReader::new(&mut copy).scalar();
            assert_eq!(read.ok(), expected.map(|float| Some(Scalar::Float(float))), "{text}");
        }
        let mut five = *b"float('5')";
        assert_eq!(LiteralReader::new(&mut five).scalar(), Ok(Some(Scalar::Integer(Integer::positive(5)))));
    }

    #[test]
    fn a_value_of_another_kind_is_not_taken() {
        let mut text = *b" [None";
        let mut reader = LiteralReader::new(&mut text);
        assert!(!reader.none() && !reader.is_bytes() && !reader.is_map());
        assert_eq!(reader.scalar(), Ok(None));
        assert!(reader.is_sequence() && !reader.is_done());
    }
}
