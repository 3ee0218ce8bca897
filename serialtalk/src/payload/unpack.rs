//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Entry, Item, Items, Layout, Order, split_prefix};
use crate::frame::MAX_LENGTH;
use crate::problem::Came;

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
    taken: u16,
    layout: Layout,
}

/// One value of a struct payload, its bytes not yet made a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Packed<'a> {
    /// The letter of the format.
    pub code: u8,
    /// What it is.
    pub kind: Came,
    /// Byte order of a number.
    pub order: Order,
    /// The bytes of this value.
    pub bytes: &'a [u8],
}

/// What was found in a format, and where, in as many bytes as a register has.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
struct Place {
    /// None at the end of the format.
    kind: Came,
    code: u8,
    start: u8,
    /// Of the end: whether it is that of the data.
    size: u8,
}

impl Place {
    /// The end of the format, and whether it is that of the data.
    const fn end(fits: bool) -> Self {
        Self { kind: Came::Nothing, code: 0, start: 0, size: fits as u8 }
    }
}

impl<'a> Unpack<'a> {
    /// None if `format` is no format, or `data` has not the size that it says, or one of them has more than the 255 bytes
    /// that a frame can hold.
    pub fn new(format: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let mut values = Self::nothing();
        let is_short = format.len() <= MAX_LENGTH && data.len() <= MAX_LENGTH;
        (is_short && values.begin(format, data)).then_some(values)
    }

    /// No value.
    #[inline(always)]
    pub(crate) fn nothing() -> Self {
        Self { items: Items::new(&[]), data: &[], taken: 0, layout: Layout::NATIVE }
    }

    /// Finds the layout; false if there is none that fits. Both must have no more bytes than a frame, so that all values can
    /// be counted.
    #[inline(always)]
    pub(crate) fn begin(&mut self, format: &'a [u8], data: &'a [u8]) -> bool {
        let (layout, items) = split_prefix(format);
        self.items = items;
        self.data = data;
        self.layout = layout;
        loop {
            if self.look_for(u32::MAX).size != 0 {
                return true;
            }
            let Some(layout) = self.layout.next() else { return false };
            self.layout = layout;
        }
    }

    /// Whether no value is left.
    pub fn is_done(&self) -> bool {
        self.next_kind() == Came::Nothing
    }

    /// What the next value is.
    #[inline(always)]
    pub fn next_kind(&self) -> Came {
        self.look_for(self.taken.into()).kind
    }

    /// The code of the next value.
    pub fn next_code(&self) -> Option<u8> {
        let mut rest = *self;
        rest.next().map(|value| value.code)
    }

    /// Finds the value with this number, counted from zero.
    #[inline(never)]
    fn look_for(&self, mut number: u32) -> Place {
        let mut items = self.items;
        let mut offset = 0;
        while let Some(Item { count, code }) = items.next() {
            let entry = Entry::of(code);
            let size = self.layout.size_of(entry);
            if size == 0 {
                return Place::end(false);
            }
            while !self.layout.may_start(offset, size) {
                if !self.layout.is_rough() && self.data.get(offset as usize) != Some(&0) {
                    return Place::end(false);
                }
                offset += 1;
            }
            let kind = entry.kind();
            let (mut size, mut count) = (u32::from(size), u32::from(count));
            if entry.is_uncounted() {
                (size, count) = (count, 1);
            }
            if kind != Came::Nothing {
                if number < count {
                    offset += size * number;
                    // Of data of which the layout is known: nothing in them is longer.
                    return Place { kind, code, start: offset as u8, size: size as u8 };
                }
                number -= count;
            }
            // Below 2^32: a format of 255 bytes has at most 127 counts.
            offset += size * count;
        }
        Place::end(offset as usize == self.data.len())
    }
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<Packed<'a>> {
        let Place { kind, code, start, size } = self.look_for(self.taken.into());
        if kind == Came::Nothing {
            return None;
        }
        // Always there: the data are as long as the format says.
        let bytes = self.data.get(usize::from(start)..usize::from(start) + usize::from(size))?;
        // No frame holds as many.
        self.taken = self.taken.wrapping_add(1);
        Some(Packed { code, kind, order: self.layout.order(), bytes })
    }
}
