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
        Self { items, data, offset: 0, size: 0, left: 0, code: 0, layout }
    }

    /// Finds the layout and the first value; false if there is no layout that fits.
    #[inline(never)]
    pub(crate) fn begin(&mut self) -> bool {
        let items = self.items;
        let mut best = None;
        let mut next = Some(self.layout);
        while let Some(layout) = next {
            self.layout = layout;
            next = layout.next();
            if let Some(is_clean) = self.fits() {
                if best.is_none() || is_clean && layout.is_aligned() {
                    best = Some(layout);
                }
                if is_clean {
                    next = None;
                }
            }
            self.items = items;
            self.offset = 0;
        }
        let Some(layout) = best else { return false };
        self.layout = layout;
        self.settle();
        true
    }

    /// Whether all padding is zero under the layout; none if the data has not the size that the format says, or the format
    /// has a code that does not exist. Goes to the end.
    fn fits(&mut self) -> Option<bool> {
        let mut is_clean = true;
        loop {
            let end = self.offset;
            let Some(padding) = self.step() else { break };
            let padding = self.data.get(end as usize..end.saturating_add(padding) as usize);
            is_clean &= padding.unwrap_or_default().iter().all(|byte| *byte == 0);
            self.pass_over();
        }
        (self.offset as usize == self.data.len()).then_some(is_clean)
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
        while self.left == 0 && self.step().is_some() {}
    }

    /// Goes on to the next item and tells how much padding stands before it; none at the end, or at a code that does
    /// not exist, which is then the end of no data.
    #[inline(never)]
    fn step(&mut self) -> Option<u32> {
        let Item { count, code } = self.items.next()?;
        let size = self.layout.size(code);
        if size == 0 {
            self.offset = u32::MAX;
            return None;
        }
        let start = self.layout.align(self.offset, size);
        let padding = start - self.offset;
        self.offset = start;
        self.code = code;
        let is_bytes = matches!(code, b's' | b'p');
        self.size = if is_bytes { count } else { size.into() };
        self.left = if is_bytes { 1 } else { count };
        if code == b'x' {
            self.pass_over();
        }
        Some(padding)
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
