//! Whether a struct format that was written by hand packs the values of a shape.

use super::{BYTES, Shape, TEXT, packed_size, size_of};
use crate::payload::format::{Item, Items};
use crate::payload::pack::{PackProblem, check};

impl Shape {
    /// Whether values of this shape, packed one behind the other, are what `format` says.
    pub const fn is_laid_out_as(&self, format: &str) -> bool {
        if !self.fixed || self.agrees_with(format).is_err() || matches!(format.as_bytes(), [b'>' | b'!', ..])
        {
            return false;
        }
        // In a format that agrees only wider codes and padding make a difference, and both make it longer.
        packed_size(format.as_bytes()) == self.size as usize
    }

    /// Checks that `format` packs exactly these values, each without loss and so that every peer can read it.
    ///
    /// Returns what is wrong otherwise.
    pub const fn agrees_with(&self, format: &str) -> Result<(), &'static str> {
        if self.opaque {
            // Nothing can be told, and the type that makes it so is reported by itself.
            return Ok(());
        }
        match check(format.as_bytes()) {
            Ok(()) => {}
            Err(PackProblem::Padding) => {
                return Err("this format needs padding, which not every peer adds: put `<` before it");
            }
            Err(_) => {
                return Err(
                    "not every peer can read this format: use b B h H i I q Q f d s x, behind `<`, `>` or nothing",
                );
            }
        }
        let mut items = Items::new(format.as_bytes());
        let mut wanted = Item { count: 0, code: b'x' };
        let mut at = 0;
        while at < self.count as usize {
            let Item { mut count, code } = self.items[at];
            let whole = matches!(code, b's' | TEXT | BYTES);
            while count > 0 {
                while wanted.values() == 0 {
                    wanted = match items.next() {
                        Some(item) => item,
                        None => return Err("this format packs fewer values than there are"),
                    };
                }
                if let Err(wrong) = code_takes(wanted, code, if whole { count } else { 1 }) {
                    return Err(wrong);
                }
                count = if whole { 0 } else { count - 1 };
                wanted = if wanted.is_bytes() {
                    Item { count: 0, code: b'x' }
                } else {
                    Item { count: wanted.count - 1, code: wanted.code }
                };
            }
            at += 1;
        }
        loop {
            if wanted.values() > 0 {
                return Err("this format packs more values than there are");
            }
            wanted = match items.next() {
                Some(item) => item,
                None => return Ok(()),
            };
        }
    }
}

/// Whether a value under `code` of a shape can always be packed under `wanted` of a format.
const fn code_takes(wanted: Item, code: u8, count: u16) -> Result<(), &'static str> {
    let fits = match code {
        b's' => wanted.code == b's' && wanted.count == count,
        TEXT | BYTES => wanted.code == b's',
        b'f' => matches!(wanted.code, b'f' | b'd'),
        b'd' => wanted.code == b'd',
        b'b' | b'h' | b'i' | b'q' => {
            matches!(wanted.code, b'b' | b'h' | b'i' | b'q') && size_of(wanted.code) >= size_of(code)
        }
        b'B' | b'H' | b'I' | b'Q' => match wanted.code {
            b'B' | b'H' | b'I' | b'Q' => size_of(wanted.code) >= size_of(code),
            b'b' | b'h' | b'i' | b'q' => size_of(wanted.code) > size_of(code),
            _ => false,
        },
        _ => return Err("a value of this type has no place in a struct: use `repr`"),
    };
    if !fits && matches!(code, TEXT | BYTES) {
        return Err("text and bytes have their place under `s` with a count, as in `10s`");
    }
    if fits { Ok(()) } else { Err("a code of this format cannot hold every value of its type") }
}
