//! Where the text of a signature is written to.

use core::fmt;

use super::Hasher;

/// Writes the text of a signature: it is hashed, counted and, where there is room, kept.
#[derive(Debug)]
pub(crate) struct SignatureWriter<'b> {
    hasher: Hasher,
    /// How many bytes were written.
    len: usize,
    /// Where the bytes from `start` on are kept, as many as fit.
    window: &'b mut [u8],
    start: usize,
}

impl<'b> SignatureWriter<'b> {
    /// Keeps as much of the text as `window` holds, from the byte `start` on.
    pub(crate) const fn new(window: &'b mut [u8], start: usize) -> Self {
        Self { hasher: Hasher::new(), len: 0, window, start }
    }

    /// The length of the text in bytes.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The hash of the text.
    pub(crate) const fn hash(&self) -> u32 {
        self.hasher.finish()
    }

    /// Appends a text.
    pub(crate) const fn str(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.hasher = self.hasher.bytes(bytes);
        let mut at = 0;
        while at < bytes.len() {
            if self.len >= self.start && self.len - self.start < self.window.len() {
                self.window[self.len - self.start] = bytes[at];
            }
            self.len += 1;
            at += 1;
        }
    }

    /// Appends an integer in decimal.
    pub(crate) const fn integer(&mut self, value: i128) {
        if value < 0 {
            self.str("-");
        }
        self.natural(value.unsigned_abs());
    }

    const fn natural(&mut self, value: u128) {
        const DIGITS: &str = "0123456789";
        if value >= 10 {
            self.natural(value / 10);
        }
        let digit = (value % 10) as usize;
        self.str(DIGITS.split_at(digit).1.split_at(1).0);
    }
}

/// Shows the text that `write` writes, one window after the other.
pub(crate) fn display(f: &mut fmt::Formatter<'_>, write: impl Fn(&mut SignatureWriter<'_>)) -> fmt::Result {
    let mut start = 0;
    loop {
        let mut window = [0; 256];
        let mut writer = SignatureWriter::new(&mut window, start);
        write(&mut writer);
        let len = writer.len();
        let kept = window.get(..len.saturating_sub(start)).unwrap_or(&window);
        // A character that the window cuts begins the next one.
        let whole = match core::str::from_utf8(kept) {
            Ok(text) => text,
            Err(error) => core::str::from_utf8(kept.split_at(error.valid_up_to()).0).unwrap_or_default(),
        };
        f.write_str(whole)?;
        start += whole.len();
        if start >= len || whole.is_empty() {
            return Ok(());
        }
    }
}
