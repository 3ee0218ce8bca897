//! The text of a number to its value.

use super::big::Big;
use super::digit_of;

/// The longest float that is read, in bytes. A frame holds no longer one.
const LONGEST: usize = 255;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// No number.
    Nothing,
    /// An integer.
    Integer,
    /// Its digits by this power of ten.
    Float(i32),
}

/// A number as `mantissa * 2^exponent`, exact or with more bits than any float has, the last of which is set.
pub(crate) struct Binary {
    pub(crate) mantissa: u64,
    pub(crate) exponent: i32,
}

/// Reads an unsigned number: `5`, `0x1f`, `5.9`, `5.`, `.5`, `1_000.5`, `1e16`, `1.5e-3`.
///
/// None if the text is anything else (a sign, spaces, an underscore that is not between two digits), or longer than 255 bytes.
pub(crate) fn read(text: &[u8]) -> Option<Binary> {
    let mut digits = Big::new();
    let (written, length) = parse(text, &mut digits);
    let power = match written {
        Written::Float(power) => power,
        Written::Integer => 0,
        Written::Nothing => return None,
    };
    if length != text.len() || length > LONGEST {
        return None;
    }

    // digits * 10^power is digits * 5^power * 2^power. A division by five takes 2.33 bits off; the longer dividend
    // leaves at least 64.
    let longer = (5 - ((power * 5) >> 5)).max(5);
    let added = digits.lengthen(longer as usize);
    digits.scale_by_fives(power);

    let (mantissa, exponent) = digits.top();
    Some(Binary { mantissa, exponent: exponent + power - 16 * added as i32 })
}

/// Takes the number apart with which a text begins: its digits, which are added to zero, what they are, and how much of the
/// text. Zeros may lead integers, which Python refuses.
#[inline(never)]
pub(crate) fn parse(text: &[u8], digits: &mut Big) -> (Written, usize) {
    let mut scan = Scan { rest: text, base: 10, exponent: None, digits };
    if let [b'0', letter, rest @ ..] = text {
        scan.base = match letter | 0x20 {
            b'x' => 16,
            b'o' => 8,
            b'b' => 2,
            _ => 10,
        };
        if scan.base != 10 {
            scan.rest = rest;
            // One may stand behind the prefix.
            scan.eat(b'_');
        }
    }
    let mut written = Written::Integer;
    let mut count = scan.run();
    if scan.base == 10 {
        let mut places = 0;
        if scan.eat(b'.') {
            places = scan.run();
            count += places;
            written = Written::Float(-places);
        }
        if count > 0 && (scan.eat(b'e') || scan.eat(b'E')) {
            scan.exponent = Some(0);
            let is_negative = scan.eat(b'-');
            if !is_negative {
                scan.eat(b'+');
            }
            count = scan.run();
            let power = scan.exponent.unwrap_or_default();
            written = Written::Float(if is_negative { -power } else { power } - places);
        }
    }
    (if count > 0 { written } else { Written::Nothing }, text.len() - scan.rest.len())
}

/// A number that is read from left to right.
struct Scan<'t, 'd> {
    rest: &'t [u8],
    base: u32,
    /// The exponent, once it is read.
    exponent: Option<i32>,
    digits: &'d mut Big,
}

impl Scan<'_, '_> {
    /// Takes a byte, if it comes next.
    #[inline(never)]
    fn eat(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes digits and the single underscores between them; tells how many digits that were. Exponents are cut off at
    /// 999, which no other digits can make up for.
    #[inline(never)]
    fn run(&mut self) -> i32 {
        let mut count = 0;
        let mut ahead = self.rest;
        while let [byte, rest @ ..] = ahead {
            let digit = digit_of(char::from(*byte));
            if digit >= self.base {
                break;
            }
            match &mut self.exponent {
                Some(exponent) => *exponent = (*exponent * 10 + digit as i32).min(999),
                None => self.digits.multiply_add(self.base, digit),
            }
            count += 1;
            self.rest = rest;
            ahead = rest.strip_prefix(b"_").unwrap_or(rest);
        }
        count
    }
}

#[cfg(test)]
mod tests;
