//! Packed bytes to values, for every struct format that a peer can send.

use super::format::{Items, Layout, Order, stated_layout};

/// Goes through the values of a struct payload.
///
/// A format without a prefix is native to the machine that sent it. Which widths `l`, `L`, `n`, `N` and `P` have there,
/// and whether it pads (Python does, Arduino does not), is inferred from the number of bytes: where two readings fit,
/// the one whose padding is zero is taken, widths of 4 before 8, the unpadded reading last.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a> {
    places: Places<'a>,
    data: &'a [u8],
    /// The item that was begun, and how many of its values are left.
    place: Place,
    left: u16,
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
        let layout = layout_of(format, data)?;
        Some(Self { places: Places::new(format, layout), data, place: Place::NONE, left: 0 })
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
}

impl<'a> Iterator for Unpack<'a> {
    type Item = Packed<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Packed<'a>> {
        while self.left == 0 {
            self.place = self.places.next()?;
            self.left = self.place.values;
        }
        self.left -= 1;
        let Place { code, start, size, .. } = self.place;
        self.place.start = start.checked_add(size)?;
        let bytes = self.data.get(usize::from(start)..usize::from(self.place.start))?;
        Some(Packed { code, order: self.places.layout.order, bytes })
    }
}

/// Where the values of an item stand.
#[derive(Debug, Clone, Copy)]
struct Place {
    code: u8,
    start: u16,
    /// The bytes of one value.
    size: u16,
    values: u16,
}

impl Place {
    const NONE: Self = Self { code: 0, start: 0, size: 0, values: 0 };
}

/// Goes through the items of a format and tells where they stand under a layout.
#[derive(Debug, Clone, Copy)]
struct Places<'a> {
    items: Items<'a>,
    layout: Layout,
    /// Where the last item ends.
    end: u16,
}

impl<'a> Places<'a> {
    fn new(format: &'a [u8], layout: Layout) -> Self {
        Self { items: Items::new(format), layout, end: 0 }
    }

    /// The next item; none at the end, or at a code that does not exist, which is then the end of no data.
    fn next(&mut self) -> Option<Place> {
        let item = self.items.next()?;
        let Some(size) = self.layout.size(item.code) else {
            self.end = u16::MAX;
            return None;
        };
        let start = self.layout.align(self.end, size);
        self.end = start.saturating_add(item.count.saturating_mul(size));
        let size = if item.is_bytes() { item.count } else { size };
        Some(Place { code: item.code, start, size, values: item.values() })
    }
}

/// The layout of `data`: the one that the format states, or the native one that fits best.
fn layout_of(format: &[u8], data: &[u8]) -> Option<Layout> {
    if let Some(layout) = stated_layout(format) {
        return fit(format, data, layout).map(|_| layout);
    }
    let mut second_best = None;
    for number in 0..8 {
        let layout = Layout::native(number);
        match fit(format, data, layout) {
            Some(Fit::Clean) if layout.aligned || second_best.is_none() => return Some(layout),
            Some(_) if second_best.is_none() => second_best = Some(layout),
            _ => {}
        }
    }
    second_best
}

/// How a layout agrees with data of the right size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Bytes that should be padding are not zero.
    Unclean,
    Clean,
}

/// None if the data has not the size that the format says, or the format has a code that does not exist.
fn fit(format: &[u8], data: &[u8], layout: Layout) -> Option<Fit> {
    let mut places = Places::new(format, layout);
    let mut fit = Fit::Clean;
    loop {
        let end = usize::from(places.end);
        let Some(place) = places.next() else { break };
        let padding = data.get(end..usize::from(place.start)).unwrap_or_default();
        if padding.iter().any(|byte| *byte != 0) {
            fit = Fit::Unclean;
        }
    }
    (usize::from(places.end) == data.len()).then_some(fit)
}
