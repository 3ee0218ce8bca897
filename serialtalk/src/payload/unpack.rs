//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Item, Items, Layout, Order, split_prefix};

/// Goes through the values of a struct payload.
///
/// A format without a prefix is native to the machine that sent it. Which widths `l`, `L`, `n`, `N` and `P` have there,
/// and whether it pads (Python does, Arduino does not), is inferred from the number of bytes: where two readings fit,
/// the one whose padding is zero is taken, widths of 4 before 8, the unpadded reading last.
///
/// Every value is looked for from the start of the format: formats are short, and what is not kept takes no memory.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a> {
    items: Items<'a>,
    data: &'a [u8],
    /// How many values were taken.
    taken: u32,
    /// Where the value that was looked for starts.
    offset: u32,
    /// Its bytes.
    size: u16,
    /// Its code.
    code: u8,
    layout: Layout,
    /// Whether there may be padding, and all of it so far was zero.
    is_clean: bool,
}

/// One value of a struct payload, its bytes not yet made a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed<'a> {
    /// The letter of the format.
    pub code: u8,
    /// Byte order of a number.
    pub order: Order,
    /// The bytes of this value.
    pub bytes: &'a [u8],
}

impl<'a> Unpack<'a> {
    /// None if `format` is no format, or has more than 255 bytes, or `data` has not the size that it says.
    pub fn new(format: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let mut values = Self::nothing();
        (format.len() <= 255 && values.begin(format, data)).then_some(values)
    }

    /// No value.
    #[inline(always)]
    pub(crate) fn nothing() -> Self {
        Self {
            items: Items::new(&[]),
            data: &[],
            taken: 0,
            offset: 0,
            size: 0,
            code: 0,
            layout: Layout::native(0),
            is_clean: false,
        }
    }

    /// Finds the layout; false if there is none that fits.
    #[inline(never)]
    pub(crate) fn begin(&mut self, format: &'a [u8], data: &'a [u8]) -> bool {
        let (layout, items) = split_prefix(format);
        self.items = items;
        self.data = data;
        let mut best = None;
        // Native layouts are all tried.
        let mut layout = Some(layout.unwrap_or(Layout::native(0)));
        while let Some(tried) = layout {
            self.layout = tried;
            self.find(u32::MAX);
            if self.offset as usize == data.len() {
                if best.is_none() || self.is_clean {
                    best = layout;
                }
                if self.is_clean {
                    break;
                }
            }
            layout = tried.next();
        }
        let Some(best) = best else { return false };
        self.layout = best;
        true
    }

    /// Whether no value is left.
    pub fn is_done(&mut self) -> bool {
        !self.find(self.taken)
    }

    /// The code of the next value.
    pub fn next_code(&mut self) -> Option<u8> {
        if self.is_done() { None } else { Some(self.code) }
    }

    /// Finds the value with this number, counted from zero. If there is none, the offset is the size of all; beyond any
    /// data if there is a code that does not exist.
    #[inline(never)]
    fn find(&mut self, mut number: u32) -> bool {
        let mut items = self.items;
        let mut offset = 0;
        self.is_clean = self.layout.is_aligned();
        let found = loop {
            let Some(Item { count, code }) = items.next() else { break false };
            let size = self.layout.size(code);
            if size == 0 {
                offset = u32::MAX;
                break false;
            }
            let start = self.layout.align(offset, size);
            while offset < start {
                self.is_clean &= self.data.get(offset as usize) == Some(&0);
                offset += 1;
            }
            let (size, count) = if matches!(code, b's' | b'p') { (count, 1) } else { (size.into(), count) };
            let count = u32::from(count);
            if code != b'x' {
                if number < count {
                    self.code = code;
                    self.size = size;
                    offset += u32::from(size) * number;
                    break true;
                }
                number -= count;
            }
            // Below 2^32: a format of 255 bytes has at most 127 counts.
            offset += u32::from(size) * count;
        };
        self.offset = offset;
        found
    }
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<Packed<'a>> {
        if self.is_done() {
            return None;
        }
        self.taken += 1;
        let (_, behind) = self.data.split_at_checked(self.offset as usize)?;
        let bytes = behind.get(..usize::from(self.size))?;
        Some(Packed { code: self.code, order: self.layout.order(), bytes })
    }
}
