//! Decimal digits of integers, from the last to the first.

/// The decimal text of an integer.
#[inline(never)]
pub(crate) fn write_u64(value: u64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut text = Backwards::new(buffer);
    text.push_integer(value, 1);
    text.finish()
}

/// Takes the last digit off an integer of which these are the little-endian bytes, in less code than
/// [`take_digit`] and more slowly.
#[inline(always)]
pub(crate) fn last_digit(left: &mut [u8; 8]) -> u8 {
    let mut digit = 0u16;
    for byte in left.iter_mut().rev() {
        digit = digit << 8 | u16::from(*byte);
        *byte = (digit / 10) as u8;
        digit %= 10;
    }
    b'0' + digit as u8
}

/// Takes the last digit off an integer.
#[inline(never)]
pub(crate) fn take_digit(value: &mut u64) -> u32 {
    // In 32 bits, since small cores divide no wider: 2^32 is 10 * 429_496_729 + 6.
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
    #[inline(never)]
    pub(super) fn push(&mut self, byte: u8) {
        let start = self.start.wrapping_sub(1);
        if let Some(place) = self.buffer.get_mut(start) {
            *place = byte;
            self.start = start;
        }
    }

    /// Puts an integer before the others, with zeros in front if it has less than `least` digits.
    pub(super) fn push_integer(&mut self, value: u64, least: u32) {
        let (mut value, mut missing) = (value, least as i32);
        while value != 0 || missing > 0 {
            self.push(b'0' + take_digit(&mut value) as u8);
            missing -= 1;
        }
    }

    /// The text.
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
