//! Which formats every peer reads alike.

use core::fmt;

use super::items::is_space;
use super::layout::standard_size;
use super::offset::Offset;
use super::template::{Count, TemplateItem, TemplateItems};
use crate::wire::number::write_u64;

/// Why values could not be packed under a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum FormatError {
    /// The format has a code, a prefix or a space that some peer cannot read, or a count without a code, of which this
    /// is the last digit.
    Code(u8),
    /// The format has items that need padding between them, which not every peer adds.
    Padding,
    /// The code of the format cannot hold the value.
    Value {
        /// The number of the value, counted from one.
        number: u16,
        /// The code.
        code: u8,
    },
    /// There are more values than the format takes.
    TooMany {
        /// How many values the format takes.
        room: u16,
    },
    /// The format takes more values than there are.
    TooFew {
        /// How many values there are.
        given: u16,
    },
}

impl FormatError {
    /// Writes the error as text.
    // Without the formatting of `core`: firmware sends this text too.
    pub(crate) fn describe(&self, to: &mut impl fmt::Write) -> fmt::Result {
        match *self {
            Self::Code(code) => {
                to.write_str("not every peer can read `")?;
                write_code(to, code)?;
                to.write_str("` in a format: use b B h H i I q Q f d s x after `<`, `>` or nothing")
            }
            Self::Padding => {
                to.write_str("the format needs padding, which not every peer adds: put `<` before it")
            }
            Self::Value { number, code } => {
                to.write_str("value ")?;
                write_number(to, number)?;
                to.write_str(" does not fit the format code `")?;
                write_code(to, code)?;
                to.write_str("`")
            }
            Self::TooMany { room } => {
                to.write_str("there are more values than the ")?;
                write_number(to, room)?;
                to.write_str(" that the format takes")
            }
            Self::TooFew { given } => {
                to.write_str("the format takes more values than the ")?;
                write_number(to, given)?;
                to.write_str(" given")
            }
        }
    }
}

fn write_number(to: &mut impl fmt::Write, number: u16) -> fmt::Result {
    let mut buffer = [0; 20];
    let digits = write_u64(number.into(), &mut buffer);
    digits.iter().try_for_each(|digit| to.write_char(char::from(*digit)))
}

/// Writes a code; a byte that is not ASCII as `?`.
fn write_code(to: &mut impl fmt::Write, code: u8) -> fmt::Result {
    to.write_char(if code.is_ascii() { char::from(code) } else { '?' })
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f)
    }
}

impl core::error::Error for FormatError {}

/// Checks that every peer can read a format or template, and finds the values at the same places.
pub(crate) const fn check(format: &[u8]) -> Result<(), FormatError> {
    let is_native = match format {
        [b'<' | b'>' | b'!', ..] => false,
        [prefix @ (b'=' | b'@'), ..] => return Err(FormatError::Code(*prefix)),
        _ => true,
    };
    if let Some(space) = first_space(format) {
        return Err(FormatError::Code(space));
    }
    let mut items = TemplateItems::new(format);
    let mut offset = Offset::START;
    while let Some(TemplateItem { count, code }) = items.next_item() {
        let size = match standard_size(code) {
            Some(size) if is_universal(code) => size,
            _ => return Err(FormatError::Code(code)),
        };
        if is_native && !offset.is_multiple_of(size) {
            return Err(FormatError::Padding);
        }
        offset = offset.after(count, size);
    }
    Ok(())
}

/// Whether every peer reads a code, and finds values of one size under it.
const fn is_universal(code: u8) -> bool {
    matches!(code, b'x' | b's' | b'b' | b'B' | b'h' | b'H' | b'i' | b'I' | b'q' | b'Q' | b'f' | b'd')
}

const fn first_space(format: &[u8]) -> Option<u8> {
    let mut rest = format;
    while let [byte, after @ ..] = rest {
        if is_space(*byte) {
            return Some(*byte);
        }
        rest = after;
    }
    None
}

/// The size in bytes of the data under a format with standard sizes and without padding. Bytes of run-time length, and
/// codes without a standard size, count as none.
pub(crate) const fn data_len(format: &[u8]) -> usize {
    let mut items = TemplateItems::new(format);
    let mut len = 0usize;
    while let Some(TemplateItem { count, code }) = items.next_item() {
        if let (Count::Given(count), Some(size)) = (count, standard_size(code)) {
            len = len.saturating_add((count as usize).saturating_mul(size as usize));
        }
    }
    len
}
