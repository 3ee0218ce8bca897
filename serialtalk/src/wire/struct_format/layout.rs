//! Where the values of a format lie in its data, and how wide they are there.

use super::code::{Width, code_info};

/// The order of the bytes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// Whether each value starts at a multiple of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alignment {
    /// Values follow each other without padding.
    Packed,
    /// Values are aligned, and the padding before them must be zero.
    ZeroPadding,
    /// Values are aligned, and the padding before them may be anything.
    AnyPadding,
}

/// Where the values of a format lie in its data, and how wide they are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The byte order of numbers.
    pub(crate) order: Order,
    /// Whether values are aligned.
    pub(crate) alignment: Alignment,
    /// The size of `l` and `L` in bytes, 4 or 8.
    pub(crate) long: u8,
    /// The size of `n`, `N` and `P` in bytes, 4 or 8; `None` where these codes do not exist.
    pub(crate) pointer: Option<u8>,
}

/// The layouts that a format without a prefix may have, in the order in which they are tried. Python aligns and fills
/// with zeros, Arduino packs; of two layouts that fit, the narrower one is likelier.
pub(crate) static NATIVE_LAYOUTS: [Layout; 12] = [
    Layout::native(Alignment::ZeroPadding, 4, 4),
    Layout::native(Alignment::ZeroPadding, 4, 8),
    Layout::native(Alignment::ZeroPadding, 8, 4),
    Layout::native(Alignment::ZeroPadding, 8, 8),
    Layout::native(Alignment::AnyPadding, 4, 4),
    Layout::native(Alignment::AnyPadding, 4, 8),
    Layout::native(Alignment::AnyPadding, 8, 4),
    Layout::native(Alignment::AnyPadding, 8, 8),
    Layout::native(Alignment::Packed, 4, 4),
    Layout::native(Alignment::Packed, 4, 8),
    Layout::native(Alignment::Packed, 8, 4),
    Layout::native(Alignment::Packed, 8, 8),
];

impl Layout {
    /// The layout of the prefixes `<` and `=`: little-endian, standard sizes, without padding.
    pub(crate) const LITTLE: Self = Self::standard(Order::Little);

    /// The layout of the prefixes `>` and `!`: big-endian, standard sizes, without padding.
    pub(crate) const BIG: Self = Self::standard(Order::Big);

    const fn standard(order: Order) -> Self {
        Self { order, alignment: Alignment::Packed, long: 4, pointer: None }
    }

    const fn native(alignment: Alignment, long: u8, pointer: u8) -> Self {
        Self { order: Order::Little, alignment, long, pointer: Some(pointer) }
    }

    /// The layout that the prefix of `format` states; `None` for a native format, which has one of [`NATIVE_LAYOUTS`].
    pub(crate) const fn stated(format: &[u8]) -> Option<&'static Self> {
        match format {
            [b'<' | b'=', ..] => Some(&Self::LITTLE),
            [b'>' | b'!', ..] => Some(&Self::BIG),
            _ => None,
        }
    }

    /// The alignment of a width in bytes, which is also the size of one value unless a count says the size; a power of
    /// two. `None` where codes of this width do not exist.
    pub(crate) const fn size(&self, width: Width) -> Option<u8> {
        match width {
            Width::Fixed(size) => Some(size),
            Width::Count => Some(1),
            Width::Long => Some(self.long),
            Width::Pointer => self.pointer,
        }
    }

    /// The bytes of padding at `offset` before a value of `size` bytes, which is a power of two.
    pub(crate) const fn padding(&self, offset: usize, size: u8) -> usize {
        match self.alignment {
            Alignment::Packed => 0,
            Alignment::ZeroPadding | Alignment::AnyPadding => {
                offset.wrapping_neg() & (size as usize).wrapping_sub(1)
            }
        }
    }
}

/// The size in bytes of one value of a code after the prefix `<`, or of one byte if a count says the size; `None` if the
/// code does not exist there.
pub(crate) const fn standard_size(code: u8) -> Option<u8> {
    match code_info(code) {
        Some(info) => Layout::LITTLE.size(info.width),
        None => None,
    }
}
