//! Numbers in literals.

use crate::number::read;

/// The text of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberText<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// Digits, and whatever else belongs to them; also `inf` and `nan`.
    pub text: &'a [u8],
}

impl NumberText<'_> {
    /// The nearest float. The inner none means that the number is finite and the float would not be.
    pub fn float32(&self) -> Option<Option<f32>> {
        let value = match self.special() {
            Some(value) => value as f32,
            None => {
                let value = read::<f32>(self.text)?;
                // `1e999` is how infinity is written, for every width of float.
                if value.is_infinite() && read::<f64>(self.text)?.is_finite() {
                    return Some(None);
                }
                value
            }
        };
        Some(Some(if self.negative { -value } else { value }))
    }

    /// The nearest float. Text beyond the range of `f64` is infinity, as in Python.
    pub fn float64(&self) -> Option<Option<f64>> {
        let value = match self.special() {
            Some(value) => value,
            None => read::<f64>(self.text)?,
        };
        Some(Some(if self.negative { -value } else { value }))
    }

    /// The integer that it is, if it is one of up to 128 bits: its sign and its distance from zero.
    #[cfg(feature = "serde")]
    pub fn integer(&self) -> Option<(bool, u128)> {
        match Digits::<u128>::parse(self.text) {
            Digits::Integer(magnitude) => Some((self.negative, magnitude)),
            _ => None,
        }
    }

    /// What kind of value this is, for a message.
    pub fn kind(&self) -> &'static str {
        // Told by its looks: whoever wants no floats need not link what reads them.
        match self.text {
            [.., b'j' | b'J'] => "a complex number",
            text if Digits::<u64>::parse(text) != Digits::NoInteger => "an integer",
            [b'0'..=b'9' | b'.', ..] => "a float",
            _ if self.special().is_some() => "a float",
            _ => "something that is no literal",
        }
    }

    fn special(&self) -> Option<f64> {
        let is = |word: &[u8]| self.text.eq_ignore_ascii_case(word);
        if is(b"inf") || is(b"infinity") {
            Some(f64::INFINITY)
        } else if is(b"nan") {
            Some(f64::NAN)
        } else {
            None
        }
    }
}

/// What the text of a number is as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits<T> {
    /// This integer.
    Integer(T),
    /// An integer that does not fit.
    TooWide,
    /// No integer.
    NoInteger,
}

impl Digits<u64> {
    /// Reads decimal, `0x`, `0o` and `0b` digits with single underscores between them. Zeros may lead,
    /// which Python refuses.
    pub fn parse(text: &[u8]) -> Self {
        parse(text, |number: u64, base, digit| number.checked_mul(base.into())?.checked_add(digit.into()))
    }
}

impl Digits<u128> {
    /// The same for wider integers.
    pub fn parse(text: &[u8]) -> Self {
        parse(text, |number: u128, base, digit| number.checked_mul(base.into())?.checked_add(digit.into()))
    }
}

fn parse<T: Default>(text: &[u8], append: impl Fn(T, u32, u32) -> Option<T>) -> Digits<T> {
    let (base, digits) = match text {
        [b'0', b'x' | b'X', digits @ ..] => (16, digits),
        [b'0', b'o' | b'O', digits @ ..] => (8, digits),
        [b'0', b'b' | b'B', digits @ ..] => (2, digits),
        _ => (10, text),
    };
    // An underscore may stand behind `0x`.
    let mut number = Some(T::default());
    let mut before = if base == 10 { b'_' } else { b'0' };
    for byte in digits {
        if *byte == b'_' {
            if before == b'_' {
                return Digits::NoInteger;
            }
        } else {
            let Some(digit) = char::from(*byte).to_digit(base) else { return Digits::NoInteger };
            number = number.and_then(|number| append(number, base, digit));
        }
        before = *byte;
    }
    match number {
        _ if before == b'_' || digits.is_empty() => Digits::NoInteger,
        Some(number) => Digits::Integer(number),
        None => Digits::TooWide,
    }
}
