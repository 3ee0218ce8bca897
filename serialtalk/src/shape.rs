//! What is known about a type's form on the wire at compile time.

mod agreement;
mod hash;
mod text;

use crate::payload::format::{Item, Items};

pub use hash::{hash, hash_two};
pub use text::FormatText;

/// The form of a type on the wire.
///
/// Made and combined at compile time only. A shape is *fixed* if its values have a place in a struct: numbers, bools,
/// arrays of bytes, and tuples, arrays and structs of those. All others travel as `repr`.
#[derive(Clone, Copy)]
pub struct Shape {
    /// The values in the order in which they are packed; text and bytes of unknown length as `TEXT` and `BYTES`.
    items: [Item; MAX_ITEMS],
    count: u16,
    fixed: bool,
    /// Bytes of the packed values, if fixed.
    size: u16,
    /// Length of the shortest literal.
    shortest: u16,
    /// The number of elements, if it is a tuple of any kind.
    elements: Option<u16>,
    /// A part of it is known to serde only, or cannot cross at all.
    opaque: bool,
    hash: u32,
}

/// More items than this leave no room for their bytes in a frame.
const MAX_ITEMS: usize = 128;
const TEXT: u8 = b't';
const BYTES: u8 = b'y';

impl Shape {
    const NONE: Self = Self {
        items: [Item { count: 0, code: 0 }; MAX_ITEMS],
        count: 0,
        fixed: true,
        size: 0,
        shortest: 0,
        elements: None,
        opaque: false,
        hash: 0,
    };

    /// A number under a struct code; `shortest` is the length of its shortest literal.
    pub const fn number(code: u8, size: u16, shortest: u16) -> Self {
        Self { size, shortest, hash: hash(b"n", code as u32), ..Self::NONE }.with(Item { count: 1, code })
    }

    /// An array of so many bytes: one value, `Ns`.
    pub const fn byte_array(length: usize) -> Self {
        let count = cap(length);
        let shortest = count.saturating_add(3);
        Self { size: count, shortest, hash: hash(b"s", count as u32), ..Self::NONE }
            .with(Item { count, code: b's' })
    }

    /// Text of unknown length.
    pub const TEXT: Self = Self { fixed: false, shortest: 2, hash: hash(b"text", 0), ..Self::NONE }
        .with(Item { count: 1, code: TEXT });

    /// Bytes of unknown length.
    pub const BYTES: Self = Self { fixed: false, shortest: 3, hash: hash(b"bytes", 0), ..Self::NONE }
        .with(Item { count: 1, code: BYTES });

    /// An integer too wide for a struct.
    pub const fn wide_integer(signed: bool) -> Self {
        Self { fixed: false, shortest: 1, hash: hash(b"wide", signed as u32), ..Self::NONE }.unpackable()
    }

    /// A list of unknown length.
    pub const fn list(element: Self) -> Self {
        Self {
            fixed: false,
            shortest: 2,
            hash: hash(b"list", element.hash),
            opaque: element.opaque,
            ..Self::NONE
        }
        .unpackable()
    }

    /// A map.
    pub const fn map(key: Self, value: Self) -> Self {
        let hash = hash_two(hash(b"map", key.hash), value.hash);
        Self { fixed: false, shortest: 2, hash, opaque: key.opaque | value.opaque, ..Self::NONE }.unpackable()
    }

    /// A value or none.
    pub const fn option(value: Self) -> Self {
        let shortest = if value.shortest < 4 { value.shortest } else { 4 };
        Self { fixed: false, shortest, hash: hash(b"option", value.hash), opaque: value.opaque, ..Self::NONE }
            .unpackable()
    }

    /// An enum with data: a tuple of the variant's name and its fields.
    pub const fn variants(variants: &[(&str, &[Self])]) -> Self {
        let mut all = Self { fixed: false, shortest: u16::MAX, hash: hash(b"enum", 0), ..Self::NONE };
        let mut variant = 0;
        while variant < variants.len() {
            let (name, fields) = variants[variant];
            let mut of_variant = hash(name.as_bytes(), 0);
            // The name in its quotes, then `, ` and a field each; with fields, parentheses around it.
            let mut shortest = cap(name.len() + 2);
            let mut field = 0;
            while field < fields.len() {
                of_variant = hash_two(of_variant, fields[field].hash);
                all.opaque |= fields[field].opaque;
                shortest = shortest.saturating_add(fields[field].shortest).saturating_add(2);
                field += 1;
            }
            if !fields.is_empty() {
                shortest = shortest.saturating_add(2);
            }
            if shortest < all.shortest {
                all.shortest = shortest;
            }
            all.hash = hash_two(all.hash, of_variant);
            variant += 1;
        }
        all.unpackable()
    }

    /// A type that only serde knows; its shape cannot be told.
    pub const OPAQUE: Self =
        Self { fixed: false, shortest: 1, opaque: true, hash: hash(b"serde", 0), ..Self::NONE }.unpackable();

    /// A tuple, a struct or a list of arguments.
    pub const fn tuple(elements: &[Self]) -> Self {
        let mut all =
            Self { elements: Some(cap(elements.len())), shortest: 2, hash: hash(b"(", 0), ..Self::NONE };
        let mut at = 0;
        while at < elements.len() {
            all = all.and(elements[at], at);
            at += 1;
        }
        all.closed()
    }

    /// One value alone: itself if its elements stand for it, otherwise a tuple of it.
    pub const fn sole(value: Self) -> Self {
        if value.is_spread() { value } else { Self::tuple(&[value]) }
    }

    /// A list of arguments; one alone as [`sole`](Self::sole) has it.
    pub const fn arguments(arguments: &[Self]) -> Self {
        match arguments {
            [argument] => Self::sole(*argument),
            _ => Self::tuple(arguments),
        }
    }

    /// An array of `length` times the same.
    pub const fn array(element: Self, length: usize) -> Self {
        let mut all = Self { elements: Some(cap(length)), shortest: 2, hash: hash(b"(", 0), ..Self::NONE };
        let mut at = 0;
        // Longer ones fit no frame; their size alone has to be right.
        while at < length && at < 256 {
            all = all.and(element, at);
            at += 1;
        }
        if length > 256 {
            all.size = u16::MAX;
            all.shortest = u16::MAX;
        }
        all.closed()
    }

    const fn and(self, element: Self, at: usize) -> Self {
        let mut all = self;
        if element.is_nothing() {
            // No byte of a struct could stand for it.
            all = all.unpackable();
            all.fixed = false;
        }
        let mut item = 0;
        while item < element.count as usize {
            all = all.with(element.items[item]);
            item += 1;
        }
        all.fixed &= element.fixed;
        all.opaque |= element.opaque;
        all.size = all.size.saturating_add(element.size);
        let separator = if at == 0 { 0 } else { 2 };
        all.shortest = all.shortest.saturating_add(element.shortest).saturating_add(separator);
        all.hash = hash_two(all.hash, element.hash);
        all
    }

    const fn closed(mut self) -> Self {
        if matches!(self.elements, Some(1)) {
            self.shortest = self.shortest.saturating_add(1);
        }
        self
    }

    const fn with(mut self, item: Item) -> Self {
        if self.count > 0 && item.code != b's' && item.code != TEXT && item.code != BYTES {
            let last = self.items[self.count as usize - 1];
            if last.code == item.code {
                self.items[self.count as usize - 1].count = last.count.saturating_add(item.count);
                return self;
            }
        }
        if self.count as usize == MAX_ITEMS {
            // Too many to fit a frame in any case: let the size say so.
            self.size = u16::MAX;
            return self;
        }
        self.items[self.count as usize] = item;
        self.count += 1;
        self
    }

    /// Takes part in no struct.
    const fn unpackable(self) -> Self {
        self.with(Item { count: 1, code: 0 })
    }

    /// Whether values of this shape have a place in a struct.
    pub const fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// Whether there is no value at all.
    pub const fn is_nothing(&self) -> bool {
        matches!(self.elements, Some(0))
    }

    /// Whether it is a tuple, an array or a struct.
    pub const fn is_tuple(&self) -> bool {
        self.elements.is_some()
    }

    /// Whether a sole value of this shape is written as the list of arguments rather than as one of them. Tuples of
    /// one element are not, for they could not be told from their element.
    pub const fn is_spread(&self) -> bool {
        matches!(self.elements, Some(elements) if elements != 1)
    }

    /// Whether a part of it is not known, so that nothing can be told of the whole.
    pub const fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// Whether it is bytes or text, which `raw` can carry, as far as can be told.
    pub const fn is_bytes(&self) -> bool {
        self.opaque || self.count == 1 && matches!(self.items[0].code, b's' | TEXT | BYTES)
    }

    /// A hash over the structure: equal for shapes that look the same on the wire.
    pub const fn hash(&self) -> u32 {
        self.hash
    }

    /// The bytes of a payload with these values in an encoding, at the least: `repr`, `raw`, `postcard`, a struct format,
    /// or nothing where there is no value.
    pub const fn shortest_under(&self, encoding: &str) -> usize {
        match encoding.as_bytes() {
            [] => 2,
            b"repr" => 5 + self.shortest as usize,
            b"raw" => 4 + self.size as usize,
            b"postcard" => 5,
            format => 1 + format.len() + packed_size(format),
        }
    }

    /// The bytes of a payload with these values when nothing else is said about how they travel, at the least.
    pub const fn shortest_payload(&self) -> usize {
        self.shortest_under(self.encoding().as_str())
    }

    /// How values of this shape travel when nothing else is said: a struct format, `repr`, or nothing where there is no
    /// value.
    pub const fn encoding(&self) -> FormatText {
        if self.fixed { self.format() } else { FormatText::EMPTY.push(b'r').push(b'e').push(b'p').push(b'r') }
    }

    /// The struct format: without a prefix where every item lies at a multiple of its own size, for then every
    /// little-endian peer reads it alike; with `<` otherwise. Empty if the shape is not fixed.
    pub const fn format(&self) -> FormatText {
        let mut format = FormatText::EMPTY;
        if !self.fixed {
            return format;
        }
        if !self.is_naturally_aligned() {
            format = format.push(b'<');
        }
        let mut at = 0;
        while at < self.count as usize {
            let Item { count, code } = self.items[at];
            if count != 1 {
                format = format.push_number(count);
            }
            format = format.push(code);
            at += 1;
        }
        format
    }

    const fn is_naturally_aligned(&self) -> bool {
        let mut offset = 0u16;
        let mut at = 0;
        while at < self.count as usize {
            let Item { count, code } = self.items[at];
            let size = size_of(code);
            if offset & (size - 1) != 0 {
                return false;
            }
            offset = offset.saturating_add(size.saturating_mul(count));
            at += 1;
        }
        true
    }
}

const fn size_of(code: u8) -> u16 {
    match code {
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' => 4,
        b'q' | b'Q' | b'd' => 8,
        _ => 1,
    }
}

/// The size of what a format packs where no alignment adds to it.
const fn packed_size(format: &[u8]) -> usize {
    let mut items = Items::new(format);
    let mut size = 0usize;
    while let Some(Item { count, code }) = items.next() {
        size += size_of(code) as usize * count as usize;
    }
    size
}

const fn cap(length: usize) -> u16 {
    if length > u16::MAX as usize { u16::MAX } else { length as u16 }
}
