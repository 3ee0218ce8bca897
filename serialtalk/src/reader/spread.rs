//! What serde needs: it tells only when it asks whether it wants a sequence.

use core::mem;

use super::{Reader, Source};
use crate::problem::ProblemKind;

impl<'a> Reader<'a> {
    /// Makes the first of the arguments the next value, if the list of arguments was to be the next sequence.
    pub(crate) fn begin_spread(&mut self) -> Option<()> {
        if mem::take(&mut self.spread) && !self.more() {
            return self.wrong(ProblemKind::TooFew);
        }
        Some(())
    }

    /// Whether a sequence comes next, rather than one value or none.
    pub(crate) fn is_sequence(&mut self) -> bool {
        if self.spread {
            return self.left() == Left::Several;
        }
        self.source == Source::Literal && self.text.is_bracket()
    }

    /// Whether bytes come next that may stand for a sequence of integers.
    pub(crate) fn is_byte_sequence(&mut self) -> bool {
        self.begins_with_bytes() && (!self.spread || self.left() == Left::One)
    }

    /// Whether a map comes next.
    pub(crate) fn is_map(&mut self) -> bool {
        self.source == Source::Literal && self.text.is_map()
    }

    /// Takes a bool, if one comes next.
    pub(crate) fn take_bool(&mut self) -> Option<bool> {
        match self.source {
            Source::Struct if self.values.next_code() == Some(b'?') => {
                self.values.next().map(|packed| packed.bytes != [0])
            }
            Source::Literal => self.text.bool(),
            _ => None,
        }
    }

    /// How many arguments there are, none of them taken yet.
    fn left(&mut self) -> Left {
        let (none, one) = match self.source {
            Source::Nothing => (true, false),
            Source::Exact => (!self.last.has_bytes(), false),
            Source::Struct => {
                let mut rest = self.values;
                (rest.next().is_none(), rest.is_done())
            }
            Source::Literal => (self.text.is_end(), self.text.holds_one()),
            _ => (false, true),
        };
        match (none, one) {
            (true, _) => Left::Nothing,
            (_, true) => Left::One,
            _ => Left::Several,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Left {
    Nothing,
    One,
    Several,
}
