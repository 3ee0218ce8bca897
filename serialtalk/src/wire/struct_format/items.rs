//! The items of a format: counts and codes.

/// A count and a code: `3f`, `10s`, `B`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// How many values; before `s` and `p`, how many bytes. 1 if no count is written.
    pub(crate) count: u16,
    /// The letter. It is not yet known to be a code.
    pub(crate) code: u8,
}

impl Item {
    /// How many values the item has.
    pub(super) const fn values(&self) -> u16 {
        match self.code {
            b'x' => 0,
            b's' | b'p' => 1,
            _ => self.count,
        }
    }
}

/// The items of a format, from the first to the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Items<'a> {
    rest: &'a [u8],
}

impl<'a> Items<'a> {
    /// The items after the prefix of `format`, if it has one.
    pub(crate) const fn new(format: &'a [u8]) -> Self {
        match format {
            [b'<' | b'=' | b'>' | b'!' | b'@', rest @ ..] => Self { rest },
            _ => Self { rest: format },
        }
    }

    /// The next item; `None` at the end.
    ///
    /// Whitespace between items is skipped. A count must be followed by its code and be at most 65,535; otherwise its
    /// last digit is taken for the code, and digits are not codes.
    pub(crate) const fn next(&mut self) -> Option<Item> {
        while let [space, rest @ ..] = self.rest
            && is_space(*space)
        {
            self.rest = rest;
        }
        let count = self.take_count();
        let [code, rest @ ..] = self.rest else { return None };
        self.rest = rest;
        Some(Item { count, code: *code })
    }

    /// Takes a count, but not the last byte of the format.
    const fn take_count(&mut self) -> u16 {
        let mut count = None;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.rest
            && !rest.is_empty()
            && let Some(longer) = append_digit(count, *digit - b'0')
        {
            count = Some(longer);
            self.rest = rest;
        }
        match count {
            Some(count) => count,
            None => 1,
        }
    }

    /// Skips the `*` of `*s`; says whether there was one.
    pub(super) const fn skip_run_time_count(&mut self) -> bool {
        if let [b'*', rest @ ..] = self.rest
            && let [b's', ..] = rest
        {
            self.rest = rest;
            return true;
        }
        false
    }
}

/// The number with one more digit; `None` if it gets too large.
const fn append_digit(number: Option<u16>, digit: u8) -> Option<u16> {
    match number {
        None => Some(digit as u16),
        Some(number) => match number.checked_mul(10) {
            Some(tens) => tens.checked_add(digit as u16),
            None => None,
        },
    }
}

/// Whether Python skips a byte between items.
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}
