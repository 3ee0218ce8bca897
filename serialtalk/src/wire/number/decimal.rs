//! Decimal digits of integers, from the last to the first.

use core::fmt;

use crate::wire::integer::Integer;

/// The most decimal digits of 64 bits.
const MAX_DIGITS: usize = 20;

/// Writes an integer in decimal to a text, without the formatting machinery of `core::fmt`.
pub(crate) fn write_integer(out: &mut impl fmt::Write, value: Integer) -> fmt::Result {
    if value.negative {
        out.write_str("-")?;
    }
    // A vector, because an array would be filled with zeros first.
    let mut digits = heapless::Vec::<u8, MAX_DIGITS>::new();
    let mut left = value.magnitude;
    while digits.push(b'0' + take_digit(&mut left) as u8).is_ok() && left != 0 {}
    // Digit by digit: to check that they are UTF-8 takes more code than to write them.
    digits.iter().rev().try_for_each(|digit| out.write_char(char::from(*digit)))
}

/// Writes an integer in decimal.
pub(crate) fn write_u64(value: u64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut text = Backwards::new(buffer);
    text.push_integer(value, 1);
    text.finish()
}

/// Writes an integer of up to 128 bits in decimal.
pub(crate) fn write_u128(value: u128, buffer: &mut [u8; 39]) -> &[u8] {
    let mut text = Backwards::new(buffer);
    let mut left = value;
    loop {
        text.push(b'0' + (left % 10) as u8);
        left /= 10;
        if left == 0 {
            return text.finish();
        }
    }
}

/// Removes the last digit from an integer and returns it.
pub(super) fn take_digit(value: &mut u64) -> u32 {
    // In 32 bits, because small cores have no wider division: 2^32 is 10 * 429_496_729 + 6.
    let (high, low) = ((*value >> 32) as u32, *value as u32);
    let ones = high % 10 * 6 + low % 10;
    let quotient = high % 10 * 429_496_729 + low / 10 + ones / 10;
    *value = u64::from(high / 10) << 32 | u64::from(quotient);
    ones % 10
}

/// A text that grows from the end of its buffer to the front. What does not fit is dropped.
pub(super) struct Backwards<'a> {
    buffer: &'a mut [u8],
    start: usize,
}

impl<'a> Backwards<'a> {
    pub(super) fn new(buffer: &'a mut [u8]) -> Self {
        let start = buffer.len();
        Self { buffer, start }
    }

    /// Puts a byte before the others.
    pub(super) fn push(&mut self, byte: u8) {
        let start = self.start.wrapping_sub(1);
        if let Some(place) = self.buffer.get_mut(start) {
            *place = byte;
            self.start = start;
        }
    }

    /// Puts an integer before the others, with leading zeros if it has less than `least` digits.
    pub(super) fn push_integer(&mut self, value: u64, least: u32) {
        let (mut value, mut missing) = (value, least as i32);
        while value != 0 || missing > 0 {
            self.push(b'0' + take_digit(&mut value) as u8);
            missing -= 1;
        }
    }

    /// The text that was put together.
    pub(super) fn finish(self) -> &'a [u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::super::random_bits;
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn integers_are_written_as_core_writes_them() {
        let edges =
            [0, 1, 9, 10, 99, 100, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX - 1, u64::MAX];
        let powers = (0..20).map(|power| 10u64.pow(power)).flat_map(|power| [power - 1, power, power + 1]);
        let random = random_bits(1).zip(random_bits(2)).map(|(bits, shift)| bits >> (shift % 64));
        for value in edges.into_iter().chain(powers).chain(random.take(20_000)) {
            assert_eq!(write_u64(value, &mut [0; 20]), value.to_string().as_bytes());
        }
    }

    #[test]
    fn missing_digits_are_zeros_and_what_does_not_fit_is_dropped() {
        let mut buffer = [0; 6];
        let mut text = Backwards::new(&mut buffer);
        text.push_integer(7, 3);
        text.push(b'-');
        text.push_integer(1234, 0);
        assert_eq!(text.finish(), b"34-007");
    }
}
