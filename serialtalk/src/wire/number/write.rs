//! Floats to the shortest decimal that reads back as the same float, laid out as Python does.

use super::big::Big;
use super::decimal::{Backwards, take_digit};
use super::format::Float;

/// A finite float as the fewest digits that read back as the same float of its width, of those the nearest to its value
/// (of two the even one): `digits * 10^power`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shortest {
    negative: bool,
    digits: u64,
    power: i32,
}

impl Shortest {
    /// Finds the digits of a finite float; of another one some that mean nothing.
    pub(crate) fn of<F: Float>(value: F) -> Self {
        let bits = value.to_bits();
        let (mantissa, exponent) = F::FORMAT.unpack(bits);
        let negative = bits & F::FORMAT.signed(true) != 0;
        let (digits, power) = shortest(mantissa, exponent, F::FORMAT.is_lopsided(bits));
        Self { negative, digits, power }
    }

    /// Writes them as Python's `repr` does, with a point or an exponent: `0.1`, `-0.0`, `1234567.0`, `1e-05`, `1e+16`.
    pub(crate) fn text<'a>(&self, buffer: &'a mut [u8; 32]) -> &'a [u8] {
        let mut text = Backwards::new(buffer);
        push_decimal(&mut text, self.digits, self.power);
        if self.negative {
            text.push(b'-');
        }
        text.finish()
    }
}

/// Writes a float as Python's `repr` shows it: `0.1`, `1e-05`, `inf`, `nan`.
pub(crate) fn python_repr<F: Float>(value: F, buffer: &mut [u8; 32]) -> &str {
    let bits = value.to_bits();
    if !F::FORMAT.is_special(bits) {
        return str::from_utf8(Shortest::of(value).text(buffer)).unwrap_or_default();
    }
    match (F::FORMAT.fraction(bits) != 0, bits & F::FORMAT.signed(true) != 0) {
        (true, _) => "nan",
        (false, false) => "inf",
        (false, true) => "-inf",
    }
}

/// Finds the shortest `digits * 10^power` that is nearer to `mantissa * 2^exponent` than to the floats next to that, of
/// which the lower one is half as far away as the upper one if they are lopsided.
fn shortest(mantissa: u64, exponent: i32, is_lopsided: bool) -> (u64, i32) {
    if mantissa == 0 {
        return (0, 0);
    }
    // What reads back lies between the halfway points to the neighbours, or is one if the mantissa is even. Counted
    // in quarters of the distance between two floats, all of them are integers.
    let odd = (mantissa & 1) as i32;
    let middle = mantissa * 4;
    // Between two floats there are 98 to 1012 steps of 10^power. In halves of a step, all are below 2^64.
    let mut power = ((exponent * 1233) >> 12) - 2;
    let mut low = scaled(middle - 2 + u64::from(is_lopsided), exponent, power, odd - 1) / 2;
    let mut value = scaled(middle, exponent, power, 0);
    let mut high = scaled(middle + 2, exponent, power, -odd) / 2;

    // Above `low` and up to `high`, the shortest ends with the first digit in which these differ.
    let (mut digit, mut rest) = (0, (value & 1) as u32);
    value /= 2;
    power -= 1;
    loop {
        // Twice the digit dropped last, and one for any dropped before: above 10 is more than half.
        rest = digit * 2 + u32::from(rest != 0);
        power += 1;
        let longest = high;
        let least = take_digit(&mut low) + 1;
        let most = take_digit(&mut high);
        digit = take_digit(&mut value);
        if low == high {
            // Up is never beyond `high`, since that is no nearer than `low`.
            let up = u32::from((rest | (digit & 1)) > 10);
            let nearest = (digit + up).max(least);
            return (longest - u64::from(most - nearest), power);
        }
    }
}

/// `quarters * 2^(exponent - 2)` in halves of `10^power`: rounded down, then the last bit set if that lost
/// anything, then corrected by some halves.
fn scaled(quarters: u64, exponent: i32, power: i32, correction: i32) -> u64 {
    let mut big = Big::new();
    big.append(quarters);
    let shift = exponent - 1 - power;
    let longer = ((shift >> 4) + 1).max(0);
    big.lengthen(longer as usize);
    big.scale_by_fives(-power);
    let halves = big.shifted((shift & 15) as u32, (longer - (shift >> 4)) as usize);
    halves.wrapping_add_signed(correction.into())
}

/// Writes `digits * 10^power`, with an exponent if it is below 10^-4 or at least 10^16.
fn push_decimal(text: &mut Backwards<'_>, digits: u64, power: i32) {
    let mut after_first = -1;
    let mut left = digits;
    while left != 0 {
        take_digit(&mut left);
        after_first += 1;
    }
    // Digits have places, counted from the point: that of the last digit, and that of the last one to be written, which
    // can be a zero after the point.
    let (mut last, mut place) = (power, power.min(-1));
    let exponent = power + after_first;
    if !(-4..16).contains(&exponent) {
        text.push_integer(exponent.unsigned_abs().into(), 2);
        text.push(if exponent < 0 { b'-' } else { b'+' });
        text.push(b'e');
        last = -after_first;
        place = last;
    }
    let point = place < 0;
    let mut left = digits;
    loop {
        if place == 0 && point {
            text.push(b'.');
        }
        let digit = if place < last { 0 } else { take_digit(&mut left) };
        text.push(b'0' + digit as u8);
        place += 1;
        if left == 0 && place > 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests;
