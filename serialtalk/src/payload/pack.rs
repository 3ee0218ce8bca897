//! Values to packed bytes.

use core::fmt;

use super::format::{Item, Items, Layout, Order, stated_layout};
use crate::describe::{Describe, format};
use crate::frame::FrameWriter;
use crate::number::{f32_from_f64, f32_from_int, f64_from_f32, f64_from_int};

/// Takes the values of a struct payload one after the other.
///
/// Two things implement it: [`FrameWriter`], which lays values down as they are, little-endian and without padding, and
/// [`ByFormat`], which follows a format that somebody chose.
pub trait Pack {
    /// An integer, as its little-endian bytes, in two's complement if `signed`; 1 to 16 bytes.
    fn integer(&mut self, little_endian: &[u8], signed: bool);
    /// A float.
    fn float32(&mut self, value: f32);
    /// A float.
    fn float64(&mut self, value: f64);
    /// Bytes, for `s`.
    fn bytes(&mut self, bytes: &[u8]);
    /// Something that has no place in a struct: an option, a list, a map. The frame cannot be finished then.
    fn unpackable(&mut self);
}

impl Pack for FrameWriter<'_> {
    fn integer(&mut self, little_endian: &[u8], _signed: bool) {
        self.put(little_endian);
    }

    fn float32(&mut self, value: f32) {
        self.put(&value.to_le_bytes());
    }

    fn float64(&mut self, value: f64) {
        self.put(&value.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.put(bytes);
    }

    fn unpackable(&mut self) {
        self.spoil();
    }
}

/// Packs values under a format that was chosen by hand.
///
/// Only what every peer can read is packed: `b B h H i I q Q f d s x` with counts, behind `<`, `>`, `!` or no prefix.
/// Nothing is changed to make it fit: a value that its code cannot hold is a [`PackProblem`]. Bytes shorter than their
/// `s` are filled up with zeros.
#[derive(Debug)]
pub struct ByFormat<'w, 'a, 'f> {
    frame: &'w mut FrameWriter<'a>,
    items: Items<'f>,
    order: Order,
    item: Item,
    taken: u16,
    problem: Option<PackProblem>,
}

/// Why values could not be packed under a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum PackProblem {
    /// The format has a code, or a prefix, that some peer cannot read.
    Code(u8),
    /// The format has items that need padding between them, which not every peer puts there.
    Padding,
    /// The value with this number, counted from one, cannot be held by this code.
    Value(u16, u8),
    /// There are more values than this, which is what the format has room for.
    TooMany(u16),
    /// The format wants more than this number of values.
    TooFew(u16),
}

impl PackProblem {
    pub(crate) fn describe(self, to: &mut impl Describe) {
        let (text, integer, code) = match self {
            Self::Code(code) => (
                "not every peer can read `@` in a format, use b B h H i I q Q f d s x behind `<`, `>` or nothing",
                0,
                code,
            ),
            Self::Padding => ("the format needs padding, which not every peer adds, put `<` before it", 0, 0),
            Self::Value(number, code) => ("value # does not fit the format code `@`", number, code),
            Self::TooMany(room) => ("there are more values than the # that the format takes", room, 0),
            Self::TooFew(given) => ("the format takes more values than the # given", given, 0),
        };
        let code = if code.is_ascii() { code } else { b'?' };
        for byte in text.bytes() {
            match byte {
                b'#' => to.say_integer(integer.into()),
                b'@' => to.say_byte(code),
                byte => to.say_byte(byte),
            };
        }
    }
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| self.describe(to))
    }
}

impl core::error::Error for PackProblem {}

impl<'w, 'a, 'f> ByFormat<'w, 'a, 'f> {
    /// Writes the header of the payload and is ready for values.
    pub fn new(frame: &'w mut FrameWriter<'a>, format: &'f str) -> Self {
        let format = format.as_bytes();
        frame.put_byte(format.len().min(255) as u8);
        frame.put(format);
        let order = stated_layout(format).map_or(Order::Little, Layout::order);
        let nothing = Item { count: 0, code: b'x' };
        Self {
            frame,
            items: Items::new(format),
            order,
            item: nothing,
            taken: 0,
            problem: check(format).err(),
        }
    }

    /// Says whether every value found its place.
    pub fn finish(mut self) -> Result<(), PackProblem> {
        if self.problem.is_none() && self.next_code().is_some() {
            self.problem = Some(PackProblem::TooFew(self.taken));
        }
        match self.problem {
            None => Ok(()),
            Some(problem) => {
                self.frame.spoil();
                Err(problem)
            }
        }
    }

    /// The code for the next value; pads where the format says so.
    fn next_code(&mut self) -> Option<Item> {
        loop {
            let item = self.item;
            if item.code == b's' || (item.count > 0 && item.code != b'x') {
                self.item = match item.code {
                    b's' => Item { count: 0, code: b'x' },
                    _ => Item { count: item.count - 1, ..item },
                };
                return Some(item);
            }
            for _ in 0..item.count {
                self.frame.put_byte(0);
            }
            self.item = self.items.next()?;
        }
    }

    fn place(&mut self) -> Option<Item> {
        if self.problem.is_some() {
            return None;
        }
        let item = self.next_code();
        match item {
            Some(_) => self.taken = self.taken.saturating_add(1),
            None => self.problem = Some(PackProblem::TooMany(self.taken)),
        }
        item
    }

    fn refuse(&mut self, code: u8) {
        self.problem = Some(PackProblem::Value(self.taken, code));
    }

    fn put_ordered(&mut self, little_endian: &[u8]) {
        match self.order {
            Order::Little => {
                self.frame.put(little_endian);
            }
            Order::Big => {
                for byte in little_endian.iter().rev() {
                    self.frame.put_byte(*byte);
                }
            }
        }
    }
}

impl Pack for ByFormat<'_, '_, '_> {
    fn integer(&mut self, little_endian: &[u8], signed: bool) {
        let Some(Item { code, .. }) = self.place() else { return };
        let fill = match little_endian.last() {
            Some(top) if signed && *top >= 0x80 => 0xff,
            _ => 0,
        };
        let mut wide = [fill; 16];
        for (to, from) in wide.iter_mut().zip(little_endian) {
            *to = *from;
        }
        // Fits: 16 bytes of an unsigned 128-bit integer with its top bit set are refused by every code below.
        let value = i128::from_le_bytes(wide);
        let unrepresentable = fill == 0 && value < 0;
        let width = match code {
            b'b' | b'B' => 1u32,
            b'h' | b'H' => 2,
            b'i' | b'I' => 4,
            b'q' | b'Q' => 8,
            b'f' | b'd' => {
                let magnitude = u64::try_from(value.unsigned_abs()).ok().filter(|_| !unrepresentable);
                let negative = value < 0;
                match (code, magnitude) {
                    (b'f', Some(magnitude)) => match f32_from_int(negative, magnitude) {
                        Some(value) => self.put_ordered(&value.to_le_bytes()),
                        None => self.refuse(code),
                    },
                    (_, Some(magnitude)) => match f64_from_int(negative, magnitude) {
                        Some(value) => self.put_ordered(&value.to_le_bytes()),
                        None => self.refuse(code),
                    },
                    _ => self.refuse(code),
                }
                return;
            }
            _ => return self.refuse(code),
        };
        let span = 1i128 << (8 * width);
        let (low, high) = if code.is_ascii_lowercase() { (-span / 2, span / 2) } else { (0, span) };
        if unrepresentable || value < low || value >= high {
            return self.refuse(code);
        }
        self.put_ordered(wide.get(..width as usize).unwrap_or_default());
    }

    fn float32(&mut self, value: f32) {
        match self.place() {
            Some(Item { code: b'f', .. }) => self.put_ordered(&value.to_le_bytes()),
            Some(Item { code: b'd', .. }) => self.put_ordered(&f64_from_f32(value).to_le_bytes()),
            Some(Item { code, .. }) => self.refuse(code),
            None => {}
        }
    }

    fn float64(&mut self, value: f64) {
        match self.place() {
            Some(Item { code: b'd', .. }) => self.put_ordered(&value.to_le_bytes()),
            Some(Item { code: code @ b'f', .. }) => match f32_from_f64(value) {
                Some(value) => self.put_ordered(&value.to_le_bytes()),
                None => self.refuse(code),
            },
            Some(Item { code, .. }) => self.refuse(code),
            None => {}
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        match self.place() {
            Some(Item { code: b's', count }) if bytes.len() <= usize::from(count) => {
                self.frame.put(bytes);
                for _ in bytes.len()..usize::from(count) {
                    self.frame.put_byte(0);
                }
            }
            Some(Item { code, .. }) => self.refuse(code),
            None => {}
        }
    }

    fn unpackable(&mut self) {
        if let Some(Item { code, .. }) = self.place() {
            self.refuse(code);
        }
    }
}

/// Checks that every peer can read `format` and takes it the same way.
pub const fn check(format: &[u8]) -> Result<(), PackProblem> {
    let native = match format {
        [b'<' | b'>' | b'!', ..] => false,
        [prefix @ (b'=' | b'@'), ..] => return Err(PackProblem::Code(*prefix)),
        _ => true,
    };
    let mut rest = format;
    while let [byte, behind @ ..] = rest {
        if byte.is_ascii_whitespace() {
            return Err(PackProblem::Code(*byte));
        }
        rest = behind;
    }
    let mut items = Items::new(format);
    let mut offset = 0u16;
    while let Some(Item { count, code }) = items.next() {
        let size = match code {
            b'x' | b's' | b'b' | b'B' => 1,
            b'h' | b'H' => 2,
            b'i' | b'I' | b'f' => 4,
            b'q' | b'Q' | b'd' => 8,
            _ => return Err(PackProblem::Code(code)),
        };
        if native && offset & (size - 1) != 0 {
            return Err(PackProblem::Padding);
        }
        offset = offset.saturating_add(size.saturating_mul(count));
    }
    Ok(())
}
