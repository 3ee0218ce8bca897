//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Item, Items, Layout, Order, stated_layout};

/// Goes through the values of a struct payload.
///
/// A format without a prefix is native to the machine that sent it. Which widths `l`, `L`, `n`, `N` and `P` have there,
/// and whether it pads (Python does, Arduino does not), is inferred from the number of bytes: where two readings fit,
/// the one whose padding is zero is taken, widths of 4 before 8, the unpadded reading last.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a> {
    items: Items<'a>,
    data: &'a [u8],
    layout: Layout,
    offset: u16,
    /// What is left of the item that was begun.
    item: Item,
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
        let layout = match stated_layout(format) {
            Some(layout) => (measure(format, data, layout)? != Fit::No).then_some(layout)?,
            None => infer(format, data)?,
        };
        Some(Self { items: Items::new(format), data, layout, offset: 0, item: Item { count: 0, code: b'x' } })
    }

    /// Whether no value is left.
    pub fn is_done(&self) -> bool {
        self.next_code().is_none()
    }

    /// The code of the next value.
    pub fn next_code(&self) -> Option<u8> {
        let mut rest = *self;
        rest.next().map(|value| value.code)
    }

    fn take(&mut self, size: u16) -> Option<&'a [u8]> {
        let end = self.offset.checked_add(size)?;
        let bytes = self.data.get(usize::from(self.offset)..usize::from(end))?;
        self.offset = end;
        Some(bytes)
    }
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    fn next(&mut self) -> Option<Packed<'a>> {
        loop {
            let Item { count, code } = self.item;
            if self.item.is_bytes() {
                self.item = Item { count: 0, code: b'x' };
                return Some(Packed { code, order: self.layout.order, bytes: self.take(count)? });
            }
            if count > 0 {
                let size = self.layout.size(code)?;
                self.item.count -= 1;
                let bytes = self.take(size)?;
                if code != b'x' {
                    return Some(Packed { code, order: self.layout.order, bytes });
                }
                continue;
            }
            self.item = self.items.next()?;
            self.offset = self.layout.align(self.offset, self.layout.size(self.item.code)?);
        }
    }
}

/// How a layout agrees with the data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    No,
    /// The size is right, but bytes that should be padding are not zero.
    Unclean,
    Clean,
}

/// The native layout that fits best.
fn infer(format: &[u8], data: &[u8]) -> Option<Layout> {
    let mut second_best = None;
    for aligned in [true, false] {
        for (long, pointer) in [(4, 4), (4, 8), (8, 4), (8, 8)] {
            let layout = Layout { order: Order::Little, aligned, long, pointer };
            match measure(format, data, layout)? {
                Fit::Clean if aligned || second_best.is_none() => return Some(layout),
                Fit::Unclean if second_best.is_none() => second_best = Some(layout),
                _ => {}
            }
        }
    }
    second_best
}

/// None if the format has a code that does not exist.
fn measure(format: &[u8], data: &[u8], layout: Layout) -> Option<Fit> {
    let mut items = Items::new(format);
    let mut end = 0u16;
    let mut clean = true;
    while let Some(item) = items.next() {
        let size = layout.size(item.code)?;
        let start = layout.align(end, size);
        if start != end {
            let padding = data.get(usize::from(end)..usize::from(start));
            clean &= padding.is_some_and(|padding| padding.iter().all(|byte| *byte == 0));
        }
        end = start.saturating_add(item.count.saturating_mul(size));
    }
    Some(match usize::from(end) == data.len() {
        false => Fit::No,
        true if clean => Fit::Clean,
        true => Fit::Unclean,
    })
}
