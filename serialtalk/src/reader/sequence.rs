//! Tuples, lists and maps out of a payload.

use core::mem;

use super::{Reader, Source};
#[cfg(feature = "repr")]
use crate::payload::literal::Scope;
use crate::problem::ProblemKind;
use crate::value::Decode;

/// A sequence that was opened by [`Reader::open`].
#[derive(Debug, Clone, Copy)]
pub struct Sequence(Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Its elements simply follow: a struct payload has no brackets, and the list of arguments is open already.
    Flat,
    #[cfg(feature = "repr")]
    Bracket(Scope),
}

impl<'a> Reader<'a> {
    /// Opens a sequence.
    pub fn open(&mut self) -> Option<Sequence> {
        if mem::take(&mut self.spread) {
            return Some(Sequence(Kind::Flat));
        }
        match &mut self.source {
            Source::Struct(_) => return Some(Sequence(Kind::Flat)),
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => {
                if text.is_bracket() {
                    let scope = text.open();
                    return scope
                        .map(|scope| Sequence(Kind::Bracket(scope)))
                        .or_else(|| self.fail(ProblemKind::NoLiteral));
                }
            }
            _ => {}
        }
        self.mismatch("a sequence")
    }

    /// Whether the sequence has another element, which comes next then.
    pub fn more_elements(&mut self, sequence: Sequence) -> Option<bool> {
        match sequence.0 {
            Kind::Flat => self.more(),
            #[cfg(feature = "repr")]
            Kind::Bracket(scope) => {
                let Source::Literal(text, _) = &mut self.source else { return None };
                let more = text.more(scope);
                more.or_else(|| self.fail(ProblemKind::NoLiteral))
            }
        }
    }

    /// The next element of a sequence that should have `length` of them.
    pub fn element<T: Decode<'a>>(&mut self, sequence: Sequence, length: u16) -> Option<T> {
        match self.more_elements(sequence)? {
            true => T::decode(self),
            false => self.fail(ProblemKind::Length(length)),
        }
    }

    /// Closes a sequence that should have `length` elements.
    pub fn close(&mut self, sequence: Sequence, length: u16) -> Option<()> {
        let _ = length;
        match sequence.0 {
            Kind::Flat => Some(()),
            #[cfg(feature = "repr")]
            Kind::Bracket(scope) => {
                if self.more_elements(sequence)? {
                    return self.fail(ProblemKind::Length(length));
                }
                let Source::Literal(text, _) = &mut self.source else { return None };
                let closed = text.close(scope);
                closed.or_else(|| self.fail(ProblemKind::NoLiteral))
            }
        }
    }

    /// The next element of a map, which may be written as one or as a sequence of pairs.
    pub fn entry<K: Decode<'a>, V: Decode<'a>>(&mut self, map: Sequence) -> Option<(K, V)> {
        let colons = match map.0 {
            Kind::Flat => false,
            #[cfg(feature = "repr")]
            Kind::Bracket(scope) => scope.has_colons(),
        };
        if !colons {
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
                if is_there {
                    Some(())
                } else {
                    self.fail(ProblemKind::Type { came: "a set", expected: "a map" })
                }
            }
            _ => self.fail(ProblemKind::Type { came: "a set", expected: "a map" }),
        }
    }

    /// Whether bytes come next, rather than a sequence of integers that could stand for them.
    pub fn is_bytes(&mut self) -> bool {
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
            return self.fail(ProblemKind::Length(1));
        }
        Some((self.text()?, Some(sequence)))
    }
}
