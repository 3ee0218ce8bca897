//! Decimal text to the nearest float.

use super::big::Big;

/// The longest text that is read, in bytes. A frame holds no longer one.
const LONGEST: usize = 255;

/// Reads an unsigned decimal: `5`, `5.9`, `5.`, `.5`, `1_000.5`, `1e16`, `1.5E-3`.
///
/// Gives the number as `mantissa * 2^exponent`, exact or with more bits than any float has, the last of which is set.
/// None if the text is anything else (a sign, spaces, an underscore that is not between two digits) or longer than 255
/// bytes.
#[inline(never)]
pub(crate) fn read(text: &[u8]) -> Option<(u64, i32)> {
    let mut digits = Big::new();
    let power = parse(text, &mut digits)?;

    // digits * 10^power is digits * 5^power * 2^power. A division by five takes 2.33 bits off; the longer dividend
    // leaves at least 64.
    let longer = (5 - ((power * 5) >> 5)).max(5);
    let added = digits.lengthen(longer as usize);
    digits.scale_by_fives(power);

    let (mantissa, exponent) = digits.top();
    Some((mantissa, exponent + power - 16 * added as i32))
}

/// Takes a literal apart into `digits * 10^power`. Exponents are cut off at 999, which no other digits can make up
/// for.
fn parse(text: &[u8], digits: &mut Big) -> Option<i32> {
    if text.len() > LONGEST {
        return None;
    }
    let mut last = Last::Nothing;
    let mut part = Last::Integer;
    let (mut places, mut exponent, mut sign) = (0, 0, 1);
    for &byte in text {
        last = match byte {
            b'0'..=b'9' => {
                let digit = byte - b'0';
                if part == Last::Exponent {
                    exponent = (exponent * 10 + i32::from(digit)).min(999);
                } else {
                    digits.multiply_add(10, digit.into());
                    places += i32::from(part == Last::Fraction);
                }
                part
            }
            b'_' if last == part => Last::Underscore,
            b'.' if last == Last::Integer => {
                part = Last::Fraction;
                Last::Point
            }
            b'.' if last == Last::Nothing => {
                part = Last::Fraction;
                Last::LeadingPoint
            }
            b'e' | b'E' if matches!(last, Last::Integer | Last::Point | Last::Fraction) => {
                part = Last::Exponent;
                Last::ExponentMark
            }
            b'+' | b'-' if last == Last::ExponentMark => {
                sign = if byte == b'-' { -1 } else { 1 };
                Last::Sign
            }
            _ => return None,
        };
    }
    if !matches!(last, Last::Integer | Last::Point | Last::Fraction | Last::Exponent) {
        return None;
    }
    Some(exponent * sign - places)
}

/// What the last byte of a literal was, so far.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    LeadingPoint,
    /// A point with digits before it.
    Point,
    /// A digit of the integer part.
    Integer,
    /// A digit of the fraction.
    Fraction,
    /// A digit of the exponent.
    Exponent,
    Underscore,
    ExponentMark,
    Sign,
}

#[cfg(test)]
mod tests;
