//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Item, Items, Layout, Order, split_prefix};

/// Goes through the values of a struct payload.
///
/// A format without a prefix is native to the machine that sent it. Which widths `l`, `L`, `n`, `N` and `P` have there,
/// and whether it pads (Python does, Arduino does not), is inferred from the number of bytes: where two readings fit,
/// the one whose padding is zero is taken, widths of 4 before 8, the unpadded reading last.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a> {
    items: Items<'a>,
    data: &'a [u8],
    /// Where the next value starts.
    offset: u32,
    /// The bytes of the next value.
    size: u16,
    /// How many values of its item are left; zero at the end.
    left: u16,
    /// The code of the next value.
    code: u8,
    layout: Layout,
    /// Whether all padding so far was zero.
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
    /// None if `format` is no format or `data` has not the size that it says.
    pub fn new(format: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let mut values = Self::unchecked(format, data);
        values.begin().then_some(values)
    }

    /// The same without a look at the two; they have to [`begin`](Self::begin).
    pub(crate) fn unchecked(format: &'a [u8], data: &'a [u8]) -> Self {
        let (layout, items) = split_prefix(format);
        // Native layouts are all tried.
        let layout = layout.unwrap_or(Layout::native(0));
        Self { items, data, offset: 0, size: 0, left: 0, code: 0, layout, is_clean: true }
    }

    /// Finds the layout and the first value; false if there is no layout that fits.
    #[inline(never)]
    pub(crate) fn begin(&mut self) -> bool {
        let items = self.items;
        let mut best = None;
        loop {
            self.rewind(items);
            while self.step() {
                self.pass_over();
            }
            if self.offset as usize == self.data.len() {
                if best.is_none() || self.layout.is_aligned() && self.is_clean {
                    best = Some(self.layout);
                }
                if self.is_clean {
                    break;
                }
            }
            match self.layout.next() {
                Some(next) => self.layout = next,
                None => break,
            }
        }
        let Some(layout) = best else { return false };
        self.layout = layout;
        self.rewind(items);
        self.settle();
        true
    }

    fn rewind(&mut self, items: Items<'a>) {
        self.items = items;
        self.offset = 0;
        self.is_clean = true;
    }

    /// Whether no value is left.
    pub fn is_done(&self) -> bool {
        self.left == 0
    }

    /// The code of the next value.
    pub fn next_code(&self) -> Option<u8> {
        (self.left > 0).then_some(self.code)
    }

    /// Goes on to an item that has values.
    fn settle(&mut self) {
        while self.left == 0 && self.step() {}
    }

    /// Goes on to the next item; false at the end, or at a code that does not exist, which is then the end of no data.
    #[inline(never)]
    fn step(&mut self) -> bool {
        let Some(Item { count, code }) = self.items.next() else { return false };
        let size = self.layout.size(code);
        if size == 0 {
            self.offset = u32::MAX;
            return false;
        }
        let start = self.layout.align(self.offset, size);
        while self.offset < start {
            self.is_clean &= self.data.get(self.offset as usize).is_none_or(|byte| *byte == 0);
            self.offset += 1;
        }
        self.code = code;
        let is_bytes = matches!(code, b's' | b'p');
        self.size = if is_bytes { count } else { size.into() };
        self.left = if is_bytes { 1 } else { count };
        if code == b'x' {
            self.pass_over();
        }
        true
    }

    /// Passes over the values of an item.
    fn pass_over(&mut self) {
        let bytes = u32::from(self.size) * u32::from(self.left);
        self.offset = self.offset.saturating_add(bytes);
        self.left = 0;
    }
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    fn next(&mut self) -> Option<Packed<'a>> {
        self.left = self.left.checked_sub(1)?;
        let end = self.offset.saturating_add(self.size.into());
        let bytes = self.data.get(self.offset as usize..end as usize)?;
        let packed = Packed { code: self.code, order: self.layout.order(), bytes };
        self.offset = end;
        self.settle();
        Some(packed)
    }
}
