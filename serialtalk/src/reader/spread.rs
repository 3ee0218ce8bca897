//! What serde needs: it tells only when it asks whether it wants a sequence.

use core::mem;

use super::{Reader, Source};

impl<'a> Reader<'a> {
    /// Whether the list of arguments was to be the next sequence; it is not any more.
    pub(crate) fn take_spread(&mut self) -> bool {
        mem::take(&mut self.spread)
    }

    /// Makes the first of the arguments the next value, if the list of arguments was to be the next sequence.
    pub(crate) fn begin_spread(&mut self) -> Option<()> {
        if self.take_spread() { self.more().filter(|more| *more).map(drop) } else { Some(()) }
    }

    /// Whether a sequence comes next, or what may be taken for one.
    pub(crate) fn is_sequence(&mut self) -> bool {
        match &mut self.source {
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => text.is_bracket(),
            _ => false,
        }
    }

    /// Whether something in braces comes next.
    pub(crate) fn is_map(&mut self) -> bool {
        match &mut self.source {
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => text.peek() == Some(b'{'),
            _ => false,
        }
    }

    #[cfg(feature = "postcard")]
    pub(crate) fn as_postcard(&mut self) -> Option<&mut &'a [u8]> {
        match &mut self.source {
            Source::Postcard(bytes) => Some(bytes),
            _ => None,
        }
    }
}
