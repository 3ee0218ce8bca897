//! Tuples, lists and maps out of a payload.

use core::mem;

use super::{Reader, Source};
#[cfg(feature = "repr")]
use crate::payload::literal::Scope;
#[cfg(feature = "repr")]
use crate::problem::ProblemKind;
use crate::problem::{Came, Problem};
use crate::value::Decode;

/// A sequence that was opened by [`Reader::open`].
#[derive(Debug, Clone, Copy)]
pub struct Sequence(Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Its elements simply follow, and then others may: a struct payload has no brackets.
    Flat,
    /// The list of arguments, which is open already.
    Arguments,
    #[cfg(feature = "repr")]
    Bracket(Scope),
}

impl Sequence {
    /// Whether its entries are written `key: value`, if it is a map.
    pub(crate) fn has_colons(self) -> bool {
        match self.0 {
            Kind::Flat | Kind::Arguments => false,
            #[cfg(feature = "repr")]
            Kind::Bracket(scope) => scope.has_colons(),
        }
    }
}

/// An array of bytes that is being read.
#[derive(Debug)]
pub(crate) struct ByteArray<'a> {
    /// Its bytes, if it came as those.
    bytes: &'a [u8],
    /// What it came as if not: integers.
    sequence: Option<Sequence>,
    length: u16,
}

impl ByteArray<'_> {
    /// The next byte, if it came as bytes.
    pub(crate) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }
}

/// Byte by byte, so that nothing has to be copied as a whole and one code serves every length.
impl<'a> Reader<'a> {
    /// Begins to read an array of `length` bytes, or of integers that stand for them. Of what cannot be read it is one of
    /// no bytes.
    #[inline(never)]
    pub(crate) fn byte_array(&mut self, length: usize) -> ByteArray<'a> {
        let mut array =
            ByteArray { bytes: &[], sequence: None, length: length.min(usize::from(u16::MAX)) as u16 };
        if !self.is_bytes() {
            array.sequence = self.open();
        } else if let Some(bytes) = self.bytes() {
            array.bytes = bytes;
            if bytes.len() != length {
                self.wrong_length(array.length);
            }
        }
        array
    }

    /// The next byte of an array that came as integers; something else where there is a problem.
    #[inline(never)]
    pub(crate) fn array_byte(&mut self, array: &ByteArray<'a>) -> u8 {
        array.sequence.and_then(|sequence| self.element(sequence, array.length)).unwrap_or_default()
    }

    /// Ends the array.
    pub(crate) fn end_byte_array(&mut self, array: &ByteArray<'a>) {
        if let Some(sequence) = array.sequence {
            self.close(sequence, array.length);
        }
    }
}

impl<'a> Reader<'a> {
    /// Opens a sequence.
    pub fn open(&mut self) -> Option<Sequence> {
        if mem::take(&mut self.spread) {
            return Some(Sequence(Kind::Arguments));
        }
        if matches!(self.source, Source::Struct(_)) {
            return Some(Sequence(Kind::Flat));
        }
        #[cfg(feature = "repr")]
        if let Source::Literal(text, _) = &mut self.source
            && text.is_bracket()
        {
            let sequence = text.open().map(|scope| Sequence(Kind::Bracket(scope)));
            return sequence.or_else(|| self.wrong(ProblemKind::NoLiteral));
        }
        self.mismatch("a sequence")
    }

    /// Whether the sequence has another element, which comes next then.
    pub fn more_elements(&mut self, sequence: Sequence) -> Option<bool> {
        match sequence.0 {
            Kind::Flat | Kind::Arguments => self.more(),
            #[cfg(feature = "repr")]
            Kind::Bracket(scope) => {
                let Source::Literal(text, _) = &mut self.source else { return None };
                let more = text.more(scope);
                more.or_else(|| self.wrong(ProblemKind::NoLiteral))
            }
        }
    }

    /// The next element of a sequence that should have `length` of them.
    pub fn element<T: Decode<'a>>(&mut self, sequence: Sequence, length: u16) -> Option<T> {
        if self.begin_element(sequence, length) { T::decode(self) } else { None }
    }

    /// Whether another element comes, which it must.
    #[inline(never)]
    fn begin_element(&mut self, sequence: Sequence, length: u16) -> bool {
        let more = self.more_elements(sequence);
        if more == Some(false) {
            self.wrong_length(length);
        }
        more == Some(true)
    }

    #[inline(never)]
    fn wrong_length(&mut self, length: u16) {
        self.fail::<()>(Problem::length(length.into()));
    }

    /// Closes a sequence that should have `length` elements.
    pub fn close(&mut self, sequence: Sequence, length: u16) -> Option<()> {
        if self.is_left(sequence)? {
            self.wrong_length(length);
            return None;
        }
        #[cfg(feature = "repr")]
        if let (Kind::Bracket(scope), Source::Literal(text, _)) = (sequence.0, &mut self.source) {
            let closed = text.close(scope);
            return closed.or_else(|| self.wrong(ProblemKind::NoLiteral));
        }
        Some(())
    }

    /// Whether a sequence that should end here does not.
    pub(crate) fn is_left(&mut self, sequence: Sequence) -> Option<bool> {
        match sequence.0 {
            Kind::Flat => Some(false),
            _ => self.more_elements(sequence),
        }
    }

    /// The next element of a map, which may be written as one or as a sequence of pairs.
    pub fn entry<K: Decode<'a>, V: Decode<'a>>(&mut self, map: Sequence) -> Option<(K, V)> {
        if !map.has_colons() {
            return <(K, V)>::decode(self);
        }
        let key = K::decode(self)?;
        self.colon()?;
        Some((key, V::decode(self)?))
    }

    /// Takes what stands between the key and the value of a map.
    pub(crate) fn colon(&mut self) -> Option<()> {
        match &mut self.source {
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => {
                let is_there = text.eat(b':');
                if is_there { Some(()) } else { self.fail(Problem::mismatch(Came::Set, "a map")) }
            }
            _ => self.fail(Problem::mismatch(Came::Set, "a map")),
        }
    }

    /// Whether bytes come next, rather than a sequence of integers that could stand for them.
    pub fn is_bytes(&mut self) -> bool {
        let found = self.begins_with_bytes();
        if found && mem::take(&mut self.spread) {
            // They are the first of the arguments, not all of them.
            let _ = self.more();
        }
        found
    }

    pub(crate) fn begins_with_bytes(&mut self) -> bool {
        match &mut self.source {
            Source::Bytes(_) => true,
            Source::Struct(unpack) => matches!(unpack.next_code(), Some(b's' | b'p' | b'c')),
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => text.is_bytes(),
            _ => false,
        }
    }

    /// Opens a variant of an enum with data: its name alone, or a sequence that starts with it.
    pub fn variant(&mut self) -> Option<(&'a str, Option<Sequence>)> {
        let bracket = match &mut self.source {
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => text.is_bracket(),
            _ => false,
        };
        if !bracket && !self.spread {
            return Some((self.text()?, None));
        }
        let sequence = self.open()?;
        if !self.more_elements(sequence)? {
            return self.fail(Problem::length(1));
        }
        Some((self.text()?, Some(sequence)))
    }
}
