//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Item, Items, Layout, Order, split_prefix};
use crate::frame::MAX_LENGTH;

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
    /// Byte order of a number.
    pub order: Order,
    /// The bytes of this value.
    pub bytes: &'a [u8],
}

/// What was found in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The value that was looked for.
    Value,
    /// Its end, which is that of the data, and between them padding, all of it zero, or none though there could be.
    Fit,
    /// Its end, which is that of the data.
    RoughFit,
    /// Its end, which is not that of the data.
    Misfit,
    /// Something that is no format.
    NoFormat,
}

impl<'a> Packed<'a> {
    /// No value.
    pub(crate) const NONE: Self = Self { code: 0, order: Order::Little, bytes: &[] };
}

impl<'a> Unpack<'a> {
    /// None if `format` is no format, or `data` has not the size that it says, or one of them has more than the 255 bytes
    /// that a frame can hold.
    pub fn new(format: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let mut values = Self::nothing();
        values.begin(format, data).then_some(values)
    }

    /// No value.
    #[inline(always)]
    pub(crate) fn nothing() -> Self {
        Self { items: Items::new(&[]), data: &[], taken: 0, layout: Layout::native(0) }
    }

    /// Finds the layout; false if there is none that fits.
    #[inline(never)]
    pub(crate) fn begin(&mut self, format: &'a [u8], data: &'a [u8]) -> bool {
        // So that all values can be counted.
        if format.len() > MAX_LENGTH || data.len() > MAX_LENGTH {
            return false;
        }
        let (layout, items) = split_prefix(format);
        self.items = items;
        self.data = data;
        let mut best = None;
        // Native layouts are all tried.
        let mut layout = Some(layout.unwrap_or(Layout::native(0)));
        while let Some(tried) = layout {
            self.layout = tried;
            match self.look_for(u32::MAX, &mut { Packed::NONE }) {
                Found::Fit => {
                    best = layout;
                    break;
                }
                Found::NoFormat => break,
                Found::RoughFit if best.is_none() => best = layout,
                _ => {}
            }
            layout = tried.next();
        }
        let Some(best) = best else { return false };
        self.layout = best;
        true
    }

    /// Whether no value is left.
    pub fn is_done(&self) -> bool {
        self.next_code().is_none()
    }

    /// The code of the next value.
    pub fn next_code(&self) -> Option<u8> {
        let mut value = Packed::NONE;
        if self.peek_into(&mut value) { Some(value.code) } else { None }
    }

    /// Shows the next value; false if there is none.
    pub(crate) fn peek_into(&self, value: &mut Packed<'a>) -> bool {
        self.look_for(self.taken.into(), value) == Found::Value
    }

    /// Takes the next value; false if there is none.
    pub(crate) fn take_into(&mut self, value: &mut Packed<'a>) -> bool {
        let found = self.peek_into(value);
        // No frame holds as many.
        self.taken = self.taken.wrapping_add(found.into());
        found
    }

    /// Finds the value with this number, counted from zero.
    #[inline(never)]
    fn look_for(&self, mut number: u32, value: &mut Packed<'a>) -> Found {
        let mut items = self.items;
        let mut offset = 0;
        let mut is_clean = self.layout.is_aligned();
        while let Some(Item { count, code }) = items.next() {
            let size = self.layout.size(code);
            if size == 0 {
                return Found::NoFormat;
            }
            let start = self.layout.align(offset, size);
            while offset < start {
                is_clean &= self.data.get(offset as usize) == Some(&0);
                offset += 1;
            }
            let (size, count) = if matches!(code, b's' | b'p') { (count, 1) } else { (size.into(), count) };
            let (size, count) = (u32::from(size), u32::from(count));
            if code != b'x' {
                if number < count {
                    offset += size * number;
                    let bytes = self.data.get(offset as usize..).and_then(|data| data.get(..size as usize));
                    value.code = code;
                    value.order = self.layout.order();
                    value.bytes = bytes.unwrap_or_default();
                    return Found::Value;
                }
                number -= count;
            }
            // Below 2^32: a format of 255 bytes has at most 127 counts.
            offset += size * count;
        }
        if offset as usize != self.data.len() {
            Found::Misfit
        } else if is_clean {
            Found::Fit
        } else {
            Found::RoughFit
        }
    }
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    fn next(&mut self) -> Option<Packed<'a>> {
        let mut value = Packed::NONE;
        if self.take_into(&mut value) { Some(value) } else { None }
    }
}
