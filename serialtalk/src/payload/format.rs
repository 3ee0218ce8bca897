//! Struct formats: how Python's `struct` module writes down types, and where it puts their bytes.

use crate::problem::Came;

/// The longest format that fits a frame, with one byte each for its length, NC and a name.
pub const MAX_FORMAT: usize = 252;

/// In which order the bytes of a number stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// Where the items of a format stand in its data, and how wide the native ones are.
// As bits: a small board has to hold one more of these than it has registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout(u8);

impl Layout {
    /// The format has a prefix, which forbids `n`, `N` and `P`.
    const STATED: u8 = 1;
    /// `n`, `N` and `P` have 8 bytes, not 4.
    const WIDE_POINTER: u8 = 2;
    /// `l` and `L` have 8 bytes, not 4.
    const WIDE_LONG: u8 = 4;
    /// Padding may be anything, not only zeros.
    const ROUGH: u8 = 8;
    /// Items follow each other without padding.
    const PACKED: u8 = 16;
    const BIG_ENDIAN: u8 = 32;
    /// Native ones are little-endian too, but only stated ones say so, and therefore stand behind all the others.
    const LITTLE_ENDIAN: u8 = 64;

    /// What `<` means: little-endian, standard sizes, no padding.
    pub const LITTLE: Self = Self(Self::PACKED | Self::STATED | Self::LITTLE_ENDIAN);

    /// What `>` and `!` mean: big-endian, standard sizes, no padding.
    pub const BIG: Self = Self(Self::PACKED | Self::STATED | Self::BIG_ENDIAN);

    /// The likeliest of the native layouts of little-endian machines: it is aligned, and nothing is wide.
    pub const NATIVE: Self = Self(0);

    /// The next one that may have been meant where this one does not fit; none where a prefix states it. Of the native ones
    /// come first those whose padding is zero, then those with any padding, then those without; of each, first those in which
    /// least is wide.
    pub const fn next(self) -> Option<Self> {
        let next = self.0 + Self::WIDE_POINTER;
        if next < Self::PACKED + Self::ROUGH { Some(Self(next)) } else { None }
    }

    /// Whether a prefix says that it is this one.
    const fn is_stated(self) -> bool {
        self.0 & Self::STATED != 0
    }

    /// Whether padding may be anything, not only zeros.
    pub(crate) const fn is_rough(self) -> bool {
        self.0 & Self::ROUGH != 0
    }

    /// Byte order of numbers.
    pub const fn order(self) -> Order {
        if self.0 & Self::BIG_ENDIAN != 0 { Order::Big } else { Order::Little }
    }

    /// Whether each item starts at a multiple of its size.
    pub const fn is_aligned(self) -> bool {
        self.0 & Self::PACKED == 0
    }

    /// The size in bytes of one item of `code`, or 0 where the code does not exist. 1 for `s` and `p`, whose count
    /// is their size.
    pub const fn size(self, code: u8) -> u8 {
        self.size_of(Entry::of(code))
    }

    /// The same of what was looked up.
    #[inline(always)]
    pub(crate) const fn size_of(self, Entry(entry): Entry) -> u8 {
        let depends = entry >> Entry::DEPENDS & self.0;
        if entry == 0 || depends & Self::STATED != 0 {
            0
        } else if depends != 0 {
            8
        } else {
            1 << (entry & 3)
        }
    }

    /// Whether an item of `size` bytes may start at `offset`.
    pub const fn may_start(self, offset: u32, size: u8) -> bool {
        // Sizes are powers of two.
        let mask = if self.is_aligned() { size as u32 - 1 } else { 0 };
        offset & mask == 0
    }
}

/// The lowest code.
const FIRST_CODE: u8 = b'?';

/// What is known of a code; zero where it does not exist. From the lowest bit on, two bits for its size as a power of two,
/// two for what it is, one for what no value is counted by, three for the bits of layouts on which its size depends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry(u8);

impl Entry {
    // As what came is numbered: there is nothing to look up then.
    const INTEGER: u8 = (Came::Integer as u8) << 2;
    const FLOAT: u8 = (Came::Float as u8) << 2;
    const BYTES: u8 = (Came::Bytes as u8) << 2;
    /// Its count is no number of values.
    const UNCOUNTED: u8 = 1 << 4;
    /// Where the bits of layouts stand.
    const DEPENDS: u8 = 5;

    #[allow(clippy::indexing_slicing, reason = "the index is checked, and functions of slices are not const")]
    #[inline(always)]
    pub(crate) const fn of(code: u8) -> Self {
        let place = (code as usize).wrapping_sub(FIRST_CODE as usize);
        Self(if place < ENTRIES.len() { ENTRIES[place] } else { 0 })
    }

    /// Whether its count is no number of values, but one of bytes.
    #[inline(always)]
    pub(crate) const fn is_uncounted(self) -> bool {
        self.0 & Self::UNCOUNTED != 0
    }

    /// What its values are; nothing for padding, which is no value.
    #[inline(always)]
    pub(crate) const fn kind(self) -> Came {
        match self.0 & Self::BYTES {
            Self::INTEGER => Came::Integer,
            Self::FLOAT => Came::Float,
            Self::BYTES => Came::Bytes,
            _ => Came::Nothing,
        }
    }
}

/// That of each code from the lowest one on.
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
static ENTRIES: [u8; (b'x' - FIRST_CODE + 1) as usize] = {
    let mut entries = [0; (b'x' - FIRST_CODE + 1) as usize];
    let mut code = FIRST_CODE;
    while code <= b'x' {
        entries[(code - FIRST_CODE) as usize] = match code {
            b'x' => Entry::UNCOUNTED,
            b's' | b'p' => Entry::UNCOUNTED | Entry::BYTES,
            b'c' => Entry::BYTES,
            b'b' | b'B' | b'?' => Entry::INTEGER,
            b'h' | b'H' => Entry::INTEGER | 1,
            b'i' | b'I' => Entry::INTEGER | 2,
            b'q' | b'Q' => Entry::INTEGER | 3,
            b'e' => Entry::FLOAT | 1,
            b'f' => Entry::FLOAT | 2,
            b'd' => Entry::FLOAT | 3,
            b'l' | b'L' => Entry::INTEGER | 2 | Layout::WIDE_LONG << Entry::DEPENDS,
            b'n' | b'N' | b'P' => {
                Entry::INTEGER | 2 | (Layout::WIDE_POINTER | Layout::STATED) << Entry::DEPENDS
            }
            _ => 0,
        };
        code += 1;
    }
    entries
};

/// A count and a code: `3f`, `10s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// How many values; for `s` and `p` how many bytes. 1 where no count stands.
    pub count: u16,
    /// The letter. Not yet checked to be one that exists.
    pub code: u8,
}

impl Item {
    /// Whether the count is a size in bytes of one value.
    pub const fn is_bytes(&self) -> bool {
        matches!(self.code, b's' | b'p')
    }

    /// How many values this item stands for.
    pub const fn values(&self) -> u16 {
        match self.code {
            b's' | b'p' => 1,
            b'x' => 0,
            _ => self.count,
        }
    }
}

/// Goes through the items of a format.
#[derive(Debug, Clone, Copy)]
pub struct Items<'a> {
    rest: &'a [u8],
}

impl<'a> Items<'a> {
    /// The items behind the prefix, if there is one.
    pub const fn new(format: &'a [u8]) -> Self {
        split_prefix(format).1
    }

    /// The next item; none at the end, and an item of code 0 where a count has no code behind it or is above 65,535.
    pub const fn next(&mut self) -> Option<Item> {
        // Below zero as long as there is none: that takes no second variable.
        let mut count = -1i32;
        while let [byte, rest @ ..] = self.rest {
            self.rest = rest;
            let digit = *byte as i32 - b'0' as i32;
            if digit >= 0 && digit < 10 {
                if count < 0 {
                    count = 0;
                }
                count = count * 10 + digit;
                if count > u16::MAX as i32 {
                    return Some(Item { count: 0, code: 0 });
                }
            } else if count >= 0 || !is_space(*byte) {
                return Some(Item { count: if count < 0 { 1 } else { count as u16 }, code: *byte });
            }
        }
        if count < 0 { None } else { Some(Item { count: 0, code: 0 }) }
    }
}

/// Whether a byte stands for nothing.
const fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// The layout that a prefix states, the first of the native ones where none is stated; and what is behind it.
pub const fn split_prefix(format: &[u8]) -> (Layout, Items<'_>) {
    let [first, rest @ ..] = format else { return (Layout::NATIVE, Items { rest: format }) };
    let layout = match *first {
        b'<' | b'=' => Layout::LITTLE,
        b'>' | b'!' => Layout::BIG,
        b'@' => Layout::NATIVE,
        _ => return (Layout::NATIVE, Items { rest: format }),
    };
    (layout, Items { rest })
}

/// The layout that a prefix states; none for native formats.
pub const fn stated_layout(format: &[u8]) -> Option<Layout> {
    let (layout, _) = split_prefix(format);
    if layout.is_stated() { Some(layout) } else { None }
}
