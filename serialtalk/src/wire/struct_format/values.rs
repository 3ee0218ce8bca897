//! Packed bytes to values, for every struct format that a peer can send.

use core::slice;

use super::code::{CodeInfo, Kind, Width, code_info};
use super::items::{Item, Items};
use super::layout::{Alignment, Layout, NATIVE_LAYOUTS, Order};
use super::packed::Packed;

/// A cursor over the values of a struct payload.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Values<'a> {
    layout: &'static Layout,
    /// The code of the next value.
    code: Option<u8>,
    /// What is left of the count of its item.
    count: u16,
    /// The items after it.
    items: Items<'a>,
    /// The data from the end of the last value on.
    data: &'a [u8],
    /// The size of all data in bytes.
    len: usize,
}

impl<'a> Values<'a> {
    /// The values that `data` hold under `format`; `None` if `format` is invalid or the size of `data` is not the one
    /// that it says.
    ///
    /// A format without a prefix is native to the machine that sent it. How wide `l`, `L`, `n`, `N` and `P` are there,
    /// and whether it aligns values (Python does, Arduino does not), is inferred from `data`: the first of
    /// [`NATIVE_LAYOUTS`] that fits is taken.
    pub(crate) fn new(format: &'a [u8], data: &'a [u8]) -> Option<Self> {
        let layouts = Layout::stated(format).map_or(NATIVE_LAYOUTS.as_slice(), slice::from_ref);
        let layout = layouts.iter().find(|layout| Self::under(layout, format, data).fit())?;
        Some(Self::under(layout, format, data))
    }

    /// The values that `data` hold under a format that is known to fit them and to have standard sizes, little-endian
    /// numbers and no padding. Where it does not, the values end early.
    pub(crate) fn expected(format: &'a [u8], data: &'a [u8]) -> Self {
        Self::under(&Layout::LITTLE, format, data)
    }

    /// The values under one layout.
    fn under(layout: &'static Layout, format: &'a [u8], data: &'a [u8]) -> Self {
        let mut values =
            Self { layout, code: None, count: 0, items: Items::new(format), data, len: data.len() };
        values.advance();
        values
    }

    /// Whether the data end where the format ends.
    fn fit(mut self) -> bool {
        while self.take_run(self.count).is_some() {}
        self.is_done() && self.data.is_empty()
    }

    /// Whether no value is left.
    pub(crate) fn is_done(&self) -> bool {
        self.code.is_none()
    }

    /// What the next value is.
    pub(crate) fn peek_kind(&self) -> Option<Kind> {
        Some(code_info(self.code?)?.kind)
    }

    /// Takes the next value if it is a little-endian number of just this code, which has `size` bytes. Otherwise takes
    /// nothing.
    pub(crate) fn take_exact(&mut self, code: u8, size: u8) -> Option<&'a [u8]> {
        if self.code != Some(code) || self.layout.order != Order::Little {
            return None;
        }
        let bytes = self.take_bytes(size, 1)?;
        self.step(1);
        Some(bytes)
    }

    /// Takes `count` values of the next item as one; of bytes always the one value that they are.
    fn take_run(&mut self, count: u16) -> Option<Packed<'a>> {
        let code = self.code?;
        let CodeInfo { kind, width } = code_info(code)?;
        let count = if width == Width::Count { self.count } else { count };
        let bytes = self.take_bytes(self.layout.size(width)?, count)?;
        self.step(count);
        Some(Packed { code, kind, order: self.layout.order, bytes })
    }

    /// Goes to the next value, after `taken` values.
    fn step(&mut self, taken: u16) {
        self.count = self.count.saturating_sub(taken);
        if self.count == 0 {
            self.advance();
        }
    }

    /// Goes to the next item that has values, across padding.
    fn advance(&mut self) {
        self.code = None;
        while let Some(item) = self.items.next() {
            if item.values() > 0 || self.skip(item).is_none() {
                (self.code, self.count) = (Some(item.code), item.count);
                return;
            }
        }
    }

    /// Skips an item without values. `None` if that is impossible.
    fn skip(&mut self, Item { count, code }: Item) -> Option<()> {
        let size = self.layout.size(code_info(code)?.width)?;
        self.take_bytes(size, count)?;
        Some(())
    }

    /// Takes the bytes of `count` values of `size` bytes, and skips the padding before them.
    fn take_bytes(&mut self, size: u8, count: u16) -> Option<&'a [u8]> {
        self.skip_padding(size)?;
        let (bytes, data) = self.data.split_at_checked(usize::from(size).saturating_mul(count.into()))?;
        self.data = data;
        Some(bytes)
    }

    /// Skips the padding before a value of `size` bytes.
    fn skip_padding(&mut self, size: u8) -> Option<()> {
        // What is left is never more than there was.
        let offset = self.len.wrapping_sub(self.data.len());
        let (padding, rest) = self.data.split_at_checked(self.layout.padding(offset, size))?;
        if self.layout.alignment == Alignment::ZeroPadding && padding.iter().any(|byte| *byte != 0) {
            return None;
        }
        self.data = rest;
        Some(())
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Packed<'a>;

    fn next(&mut self) -> Option<Packed<'a>> {
        self.take_run(1)
    }
}
