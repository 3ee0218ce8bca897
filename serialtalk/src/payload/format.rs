//! Struct formats: how Python's `struct` module writes down types, and where it puts their bytes.

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

/// Where the items of a format stand in its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Byte order of numbers.
    pub order: Order,
    /// Whether each item starts at a multiple of its size.
    pub aligned: bool,
    /// Width of `l` and `L` in bytes: 4 or 8.
    pub long: u8,
    /// Width of `n`, `N` and `P` in bytes: 4 or 8; 0 where the format has a prefix, which forbids them.
    pub pointer: u8,
}

impl Layout {
    /// What `<` means: little-endian, standard sizes, no padding.
    pub const LITTLE: Self = Self { order: Order::Little, aligned: false, long: 4, pointer: 0 };

    /// What `>` and `!` mean: big-endian, standard sizes, no padding.
    pub const BIG: Self = Self { order: Order::Big, ..Self::LITTLE };

    /// The native layouts of little-endian machines, the likeliest first: 0 to 3 align their items, 4 to 7 do not.
    pub const fn native(number: u8) -> Self {
        Self {
            order: Order::Little,
            aligned: number & 4 == 0,
            long: if number & 2 == 0 { 4 } else { 8 },
            pointer: if number & 1 == 0 { 4 } else { 8 },
        }
    }

    /// The size in bytes of one item of `code`, or none where the code does not exist. 1 for `s` and `p`, whose count
    /// is their size.
    pub const fn size(&self, code: u8) -> Option<u16> {
        Some(match code {
            b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => 1,
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' => 4,
            b'q' | b'Q' | b'd' => 8,
            b'l' | b'L' => self.long as u16,
            b'n' | b'N' | b'P' if self.pointer != 0 => self.pointer as u16,
            _ => return None,
        })
    }

    /// `offset` moved up to where an item of `size` bytes may start.
    pub const fn align(&self, offset: u16, size: u16) -> u16 {
        // Sizes are powers of two.
        let mask = if self.aligned { size.wrapping_sub(1) } else { 0 };
        offset.saturating_add(mask) & !mask
    }
}

/// A count and a code: `3f`, `10s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// How many values; for `s` and `p` how many bytes. 1 where no count stands, capped at 65,535.
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
        match format {
            [b'@' | b'=' | b'<' | b'>' | b'!', rest @ ..] => Self { rest },
            rest => Self { rest },
        }
    }

    /// The next item; none at the end, and an item of code 0 where a count has no code behind it.
    pub const fn next(&mut self) -> Option<Item> {
        while let [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, rest @ ..] = self.rest {
            self.rest = rest;
        }
        let mut count: Option<u16> = None;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest {
            let so_far = match count {
                Some(count) => count.saturating_mul(10),
                None => 0,
            };
            count = Some(so_far.saturating_add((*digit - b'0') as u16));
            self.rest = rest;
        }
        match self.rest {
            [code, rest @ ..] => {
                self.rest = rest;
                Some(Item { count: if let Some(count) = count { count } else { 1 }, code: *code })
            }
            [] if count.is_some() => Some(Item { count: 0, code: 0 }),
            [] => None,
        }
    }
}

/// The layout that a prefix states; none for native formats, whose layout depends on the machine.
pub const fn stated_layout(format: &[u8]) -> Option<Layout> {
    match format {
        [b'<' | b'=', ..] => Some(Layout::LITTLE),
        [b'>' | b'!', ..] => Some(Layout::BIG),
        _ => None,
    }
}
