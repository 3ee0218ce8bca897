//! Tuples, lists and maps out of a payload.

use core::mem;

use super::{Reader, Source};
#[cfg(feature = "repr")]
use crate::payload::literal::Scope;
use crate::problem::{Came, Problem, ProblemKind};
use crate::value::Decode;

/// A sequence that was opened by [`Reader::open`]: one of those below, or that of a literal, by the bits of what it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence(u8);

impl Sequence {
    /// Its elements simply follow, and then others may: a struct payload has no brackets.
    const FLAT: Self = Self(1);
    /// The list of arguments, which is open already.
    const ARGUMENTS: Self = Self(2);
    /// Bytes that stand for their sequence.
    const BYTES: Self = Self(3);

    /// What it is in, if it is that of a literal.
    #[cfg(feature = "repr")]
    fn outer(self) -> Option<Scope> {
        if matches!(self, Self::FLAT | Self::ARGUMENTS | Self::BYTES) {
            None
        } else {
            Some(Scope::of(self.0))
        }
    }
}

/// What has no colons.
#[cfg(feature = "repr")]
const NO_MAP: Came = Came::Set;
#[cfg(not(feature = "repr"))]
const NO_MAP: Came = Came::Bytes;

impl<'a> Reader<'a> {
    /// Begins an array of bytes, or the sequence of integers that stand for them.
    pub(crate) fn open_bytes(&mut self, length: u16) -> Sequence {
        if self.source == Source::Exact {
            self.spread = false;
        } else if !self.is_bytes() {
            // Where nothing was opened, nothing is taken either.
            return self.open().unwrap_or(Sequence::FLAT);
        } else if self.advance() && self.last.length() != usize::from(length) {
            self.wrong_length(length);
        }
        Sequence::BYTES
    }

    /// Closes an array of bytes.
    #[inline(always)]
    pub(crate) fn close_bytes(&mut self, sequence: Sequence, length: u16) {
        if sequence != Sequence::BYTES {
            self.close(sequence, length);
        }
    }

    /// The next byte of an array; something else where there is a problem.
    // Byte by byte, so that nothing has to be copied as a whole.
    pub(crate) fn next_byte(&mut self, sequence: Sequence, length: u16) -> u8 {
        let byte = if sequence == Sequence::BYTES { self.last.next_byte() } else { self.element(length) };
        byte.unwrap_or_default()
    }
}

impl<'a> Reader<'a> {
    /// Opens a sequence.
    pub fn open(&mut self) -> Option<Sequence> {
        if mem::take(&mut self.spread) {
            return Some(Sequence::ARGUMENTS);
        }
        if matches!(self.source, Source::Exact | Source::Struct) {
            return Some(Sequence::FLAT);
        }
        #[cfg(feature = "repr")]
        if self.source == Source::Literal {
            let outer = self.text.scope;
            if self.text.open() {
                return Some(Sequence(outer.bits()));
            }
        }
        self.mismatch("a sequence")
    }

    /// The next element of the sequence that was opened last, which should have `length` of them.
    pub fn element<T: Decode<'a>>(&mut self, length: u16) -> Option<T> {
        if self.begin_element(length) { T::decode(self) } else { None }
    }

    /// Whether another element comes, which it must.
    fn begin_element(&mut self, length: u16) -> bool {
        let more = self.more();
        if !more {
            self.wrong_length(length);
        }
        more
    }

    fn wrong_length(&mut self, length: u16) {
        self.wrong_count(ProblemKind::Length, length.into());
    }

    /// Notes that there are more elements, or bytes of text, than the `room` that there is. Always none.
    pub(crate) fn too_long<T>(&mut self, room: usize) -> Option<T> {
        self.wrong_count(ProblemKind::TooLong, room);
        None
    }

    #[inline(never)]
    fn wrong_count(&mut self, kind: ProblemKind, count: usize) {
        if !self.has_problem() {
            self.last.set_count(count);
        }
        self.note_kind(kind);
    }

    /// Closes a sequence that should have `length` elements.
    pub fn close(&mut self, sequence: Sequence, length: u16) -> Option<()> {
        if self.is_left(sequence) {
            self.wrong_length(length);
        }
        #[cfg(feature = "repr")]
        if let Some(outer) = sequence.outer()
            && self.text.close(outer).is_none()
        {
            self.note_kind(ProblemKind::NoLiteral);
        }
        if self.problem.is_none() { Some(()) } else { None }
    }

    /// Whether a sequence that should end here does not.
    pub(crate) fn is_left(&mut self, sequence: Sequence) -> bool {
        sequence != Sequence::FLAT && self.more()
    }

    /// The next element of a map, which may be written as one or as a sequence of pairs.
    pub fn entry<K: Decode<'a>, V: Decode<'a>>(&mut self) -> Option<(K, V)> {
        if !self.has_colons() {
            return <(K, V)>::decode(self);
        }
        let key = K::decode(self)?;
        self.colon()?;
        Some((key, V::decode(self)?))
    }

    /// Whether the elements of the sequence that was opened last are written `key: value`, if it is a map.
    pub(crate) fn has_colons(&self) -> bool {
        #[cfg(feature = "repr")]
        return self.text.has_colons();
        #[cfg(not(feature = "repr"))]
        false
    }

    /// Takes what stands between the key and the value of a map.
    pub(crate) fn colon(&mut self) -> Option<()> {
        #[cfg(feature = "repr")]
        if self.source == Source::Literal && self.text.eat(':') {
            return Some(());
        }
        self.fail(Problem::mismatch(NO_MAP, "a map"))
    }

    /// Whether bytes come next, rather than a sequence of integers that could stand for them.
    pub fn is_bytes(&mut self) -> bool {
        let found = self.begins_with_bytes();
        if found && mem::take(&mut self.spread) {
            // They are the first of the arguments, not all of them, and a literal has to be read up to there.
            #[cfg(feature = "repr")]
            self.more();
        }
        found
    }

    pub(crate) fn begins_with_bytes(&mut self) -> bool {
        match self.source {
            Source::Bytes => true,
            Source::Struct => self.values.next_kind() == Came::Bytes,
            #[cfg(feature = "repr")]
            Source::Literal => self.text.is_bytes(),
            _ => false,
        }
    }

    /// Opens a variant of an enum with data: its name alone, or a sequence that starts with it.
    pub fn variant(&mut self) -> Option<(&'a str, Option<Sequence>)> {
        #[cfg(feature = "repr")]
        let bracket = self.source == Source::Literal && self.text.is_bracket();
        #[cfg(not(feature = "repr"))]
        let bracket = false;
        if !bracket && !self.spread {
            return Some((self.text()?, None));
        }
        let sequence = self.open()?;
        if !self.more() {
            self.wrong_length(1);
            return None;
        }
        Some((self.text()?, Some(sequence)))
    }
}
