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
    next: Next,
    /// The items after the next values.
    items: Items<'a>,
    /// The data from the next value on.
    data: &'a [u8],
    /// The size of all data in bytes.
    len: usize,
}

/// What follows in the data.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// Values of one code without padding between them, at least one.
    Run {
        code: u8,
        kind: Kind,
        /// The size of one value in bytes.
        size: u16,
        /// How many values there are.
        count: u16,
    },
    /// The end of the format.
    End,
    /// The format is invalid, or the data are not what it says.
    Misfit,
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
        let items = Items::new(format);
        let mut values = Self { layout, next: Next::End, items, data, len: data.len() };
        values.advance();
        values
    }

    /// Whether the data end where the format ends.
    fn fit(mut self) -> bool {
        while let Next::Run { size, count, .. } = self.next {
            if self.skip_bytes(size, count).is_none() {
                return false;
            }
            self.advance();
        }
        matches!(self.next, Next::End) && self.data.is_empty()
    }

    /// Whether no value is left.
    pub(crate) fn is_done(&self) -> bool {
        !matches!(self.next, Next::Run { .. })
    }

    /// What the next value is.
    pub(crate) fn peek_kind(&self) -> Option<Kind> {
        match self.next {
            Next::Run { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Takes the next value if it has exactly this code and little-endian order. Otherwise takes nothing.
    pub(crate) fn take_exact(&mut self, wanted: u8) -> Option<&'a [u8]> {
        match self.next {
            Next::Run { code, .. } if code == wanted && self.layout.order == Order::Little => {
                self.next().map(|value| value.bytes)
            }
            _ => None,
        }
    }

    /// Counts a value of the run as taken.
    fn step(&mut self) {
        match &mut self.next {
            Next::Run { count, .. } if *count > 1 => *count -= 1,
            _ => self.advance(),
        }
    }

    /// Goes to the next item that has values, across padding.
    fn advance(&mut self) {
        self.next = Next::End;
        while let Next::End = self.next
            && let Some(item) = self.items.next()
        {
            if self.begin(item).is_none() {
                self.next = Next::Misfit;
            }
        }
    }

    /// Goes to the first value of an item, or across the item if it has none. `None` if that is impossible.
    fn begin(&mut self, Item { count, code }: Item) -> Option<()> {
        let CodeInfo { kind, width } = code_info(code)?;
        let size = self.layout.size(width)?;
        self.skip_padding(size)?;
        let (size, count) = match width {
            Width::Count => (count, 1),
            _ => (size.into(), count),
        };
        if kind == Kind::Padding {
            return self.skip_bytes(size, count);
        }
        if count > 0 {
            self.next = Next::Run { code, kind, size, count };
        }
        Some(())
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

    /// Skips `count` values of `size` bytes.
    fn skip_bytes(&mut self, size: u16, count: u16) -> Option<()> {
        self.data = self.data.get(usize::from(size).saturating_mul(count.into())..)?;
        Some(())
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Packed<'a>;

    fn next(&mut self) -> Option<Packed<'a>> {
        let Next::Run { code, kind, size, .. } = self.next else { return None };
        let (bytes, rest) = self.data.split_at_checked(size.into())?;
        self.data = rest;
        self.step();
        Some(Packed { code, kind, order: self.layout.order, bytes })
    }
}
