//! What a command expects its arguments to be.

use crate::payload::format::{Item, Items, Layout};
use crate::texts::{nth, position};

/// How the arguments of a command come from most peers, and what they are called.
///
/// A payload that has just this format is read without a look at the format. As joined texts: one byte that is the size of the
/// data, the format, the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected(&'static [u8]);

/// The size of data where no format is expected; no frame holds as much.
const NO_FORMAT: u8 = 255;

impl Expected {
    /// Nothing is known.
    pub(crate) const NOTHING: Self = Self(&[]);

    /// What [`bytes`](Self::bytes) describe.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// How many bytes describe a struct format, which may be empty, and names.
    pub const fn length(format: &str, names: &[u8]) -> usize {
        3 + format.len() + names.len()
    }

    /// The bytes that describe a struct format and names.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
    pub const fn bytes<const LENGTH: usize>(format: &str, names: &[u8]) -> [u8; LENGTH] {
        let format = format.as_bytes();
        let mut bytes = [0; LENGTH];
        bytes[0] = 1;
        bytes[1] = if format.is_empty() { NO_FORMAT } else { size_of_data(format) };
        bytes[2] = format.len() as u8;
        let mut at = 0;
        while at < format.len() + names.len() {
            bytes[3 + at] = if at < format.len() { format[at] } else { names[at - format.len()] };
            at += 1;
        }
        bytes
    }

    /// Whether it is this format, with so many bytes of data.
    #[inline(always)]
    pub(super) fn is(self, format: &[u8], size: usize) -> bool {
        let [_, expected, texts @ ..] = self.0 else { return false };
        // The format stands before the names.
        size == usize::from(*expected) && position(texts, format) == 0
    }

    /// The name of an argument, counted from one; empty where it has none.
    #[inline(always)]
    pub(crate) fn name(self, argument: u8) -> &'static [u8] {
        // Before the names stand the size and the format.
        nth(self.0, usize::from(argument) + 1)
    }
}

/// The size of the data of a format that lays values down without padding; that of nothing is 0, and its format `z`. What
/// no frame holds has no size here, and is refused elsewhere.
const fn size_of_data(format: &[u8]) -> u8 {
    let mut items = Items::new(format);
    let mut size = 0u16;
    while let Some(Item { count, code }) = items.next() {
        size = size.saturating_add(count.saturating_mul(Layout::LITTLE.size(code) as u16));
    }
    if size < NO_FORMAT as u16 { size as u8 } else { NO_FORMAT }
}

/// What describes a struct format and names, as bytes in flash.
#[doc(hidden)]
#[macro_export]
macro_rules! __expected {
    ($format:expr, $names:expr) => {{
        const LENGTH: $crate::__private::usize = $crate::__private::Expected::length($format, $names);
        const BYTES: [$crate::__private::u8; LENGTH] = $crate::__private::Expected::bytes($format, $names);
        $crate::__private::Expected::new(&BYTES)
    }};
}
