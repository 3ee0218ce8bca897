//! Values to packed bytes, under a format that is chosen by hand.

use super::check::{FormatError, check};
use super::items::{Item, Items};
use super::layout::{Layout, Order};
use crate::wire::frame::FrameWriter;
use crate::wire::integer::{Integer, IntegerType};
use crate::wire::number::{f32_from_f64, f32_from_int, f64_from_f32, f64_from_int};

/// Packs values under a format that was chosen by hand.
///
/// Only what every peer can read is packed: `b B h H i I q Q f d s x` with counts, after `<`, `>`, `!` or no prefix. No
/// value is changed to make it fit, except that an `f64` is rounded to `f` and bytes shorter than their `s` are filled
/// up with zeros. After an error the payload is incomplete and must not be sent.
#[derive(Debug)]
pub(crate) struct FormatPacker<'w, 'a, 'f> {
    frame: &'w mut FrameWriter<'a>,
    order: Order,
    items: Items<'f>,
    /// The code of the next values, unless `left` is zero.
    code: u8,
    /// How many values this code still takes.
    left: u16,
    /// How many values were given.
    given: u16,
}

/// Where the next value goes.
struct Place {
    code: u8,
    /// The size in bytes if the code is `s`.
    len: u16,
}

impl<'w, 'a, 'f> FormatPacker<'w, 'a, 'f> {
    /// Begins the data of a payload, of which the frame already holds the header.
    ///
    /// # Errors
    ///
    /// Returns an error if some peer cannot read the format.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>, format: &'f str) -> Result<Self, FormatError> {
        let format = format.as_bytes();
        check(format)?;
        if format.contains(&b'*') {
            return Err(FormatError::Code(b'*'));
        }
        let order = Layout::stated(format).map_or(Order::Little, |layout| layout.order);
        Ok(Self { frame, order, items: Items::new(format), code: 0, left: 0, given: 0 })
    }

    /// Packs an integer of up to 64 bits, given as two's complement extended to 64 bits.
    pub(crate) fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), FormatError> {
        let integer = if ty.is_signed() { Integer::signed(bits) } else { Integer::positive(bits) };
        self.any_integer(Some(integer))
    }

    /// Packs an integer of up to 128 bits, given as two's complement extended to 128 bits. Formats have 64 at most.
    pub(crate) fn wide_integer(&mut self, bits: u128, ty: IntegerType) -> Result<(), FormatError> {
        let negative = ty.is_signed() && bits >> 127 != 0;
        let magnitude = if negative { bits.wrapping_neg() } else { bits };
        self.any_integer(u64::try_from(magnitude).ok().map(|magnitude| Integer { negative, magnitude }))
    }

    /// Packs an integer; `None` is one of more than 64 bits.
    fn any_integer(&mut self, integer: Option<Integer>) -> Result<(), FormatError> {
        let Place { code, .. } = self.place()?;
        let Some(integer) = integer else { return self.misfit(code) };
        let Integer { negative, magnitude } = integer;
        match IntegerType::of_code(code) {
            Some(ty) if ty.holds(integer) => {
                let bytes = integer.bits().to_le_bytes();
                self.put_number(bytes.get(..ty.size()).unwrap_or_default())
            }
            Some(_) => self.misfit(code),
            None => match code {
                b'f' => self.put_float32(code, f32_from_int(negative, magnitude)),
                b'd' => self.put_float64(code, f64_from_int(negative, magnitude)),
                _ => self.misfit(code),
            },
        }
    }

    /// Packs a float.
    pub(crate) fn float32(&mut self, value: f32) -> Result<(), FormatError> {
        let Place { code, .. } = self.place()?;
        match code {
            b'f' => self.put_float32(code, Some(value)),
            b'd' => self.put_float64(code, Some(f64_from_f32(value))),
            _ => self.misfit(code),
        }
    }

    /// Packs a float, rounded if the code is `f`.
    pub(crate) fn float64(&mut self, value: f64) -> Result<(), FormatError> {
        let Place { code, .. } = self.place()?;
        match code {
            b'f' => self.put_float32(code, f32_from_f64(value)),
            b'd' => self.put_float64(code, Some(value)),
            _ => self.misfit(code),
        }
    }

    /// Packs bytes, which need an `s` that is long enough.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), FormatError> {
        let Place { code, len } = self.place()?;
        let len = usize::from(len);
        if code != b's' || bytes.len() > len {
            return self.misfit(code);
        }
        self.frame.put(bytes);
        self.put_zeros(len - bytes.len());
        Ok(())
    }

    /// Reports the error for a value that no code holds, such as an option or a list.
    pub(crate) fn unpackable(&mut self) -> Result<(), FormatError> {
        let Place { code, .. } = self.place()?;
        self.misfit(code)
    }

    /// Ends the data.
    ///
    /// # Errors
    ///
    /// Returns an error if the format takes more values.
    pub(crate) fn finish(mut self) -> Result<(), FormatError> {
        match self.next_place() {
            None => Ok(()),
            Some(_) => Err(FormatError::TooFew { given: self.given }),
        }
    }

    /// The place of the next value, which is counted.
    fn place(&mut self) -> Result<Place, FormatError> {
        let place = self.next_place().ok_or(FormatError::TooMany { room: self.given })?;
        self.given = self.given.saturating_add(1);
        Ok(place)
    }

    /// The next place for a value; writes the padding before it.
    fn next_place(&mut self) -> Option<Place> {
        while self.left == 0 {
            let Item { count, code } = self.items.next()?;
            match code {
                b'x' => self.put_zeros(count.into()),
                b's' => return Some(Place { code, len: count }),
                _ => (self.code, self.left) = (code, count),
            }
        }
        self.left -= 1;
        Some(Place { code: self.code, len: 0 })
    }

    /// The error that the value given last does not fit its code.
    fn misfit(&self, code: u8) -> Result<(), FormatError> {
        Err(FormatError::Value { number: self.given, code })
    }

    fn put_float32(&mut self, code: u8, value: Option<f32>) -> Result<(), FormatError> {
        match value {
            Some(value) => self.put_number(&value.to_le_bytes()),
            None => self.misfit(code),
        }
    }

    fn put_float64(&mut self, code: u8, value: Option<f64>) -> Result<(), FormatError> {
        match value {
            Some(value) => self.put_number(&value.to_le_bytes()),
            None => self.misfit(code),
        }
    }

    /// Writes a number in the byte order of the format.
    fn put_number(&mut self, little_endian: &[u8]) -> Result<(), FormatError> {
        match self.order {
            Order::Little => {
                self.frame.put(little_endian);
            }
            Order::Big => little_endian.iter().rev().for_each(|byte| {
                self.frame.put_byte(*byte);
            }),
        }
        Ok(())
    }

    fn put_zeros(&mut self, count: usize) {
        for _ in 0..count {
            self.frame.put_byte(0);
        }
    }
}
