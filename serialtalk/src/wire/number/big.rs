//! One long integer, just long enough for every `f64` and for every decimal that fits a frame.

use core::mem;

use heapless::Vec;

/// Bits in a limb: half a word, so that 32-bit division works on it.
const LIMB: u32 = u16::BITS;
/// How many limbs there are. The longest case is a text of 250 digits near the smallest normal `f64`: divided by 5^558, it
/// must leave the 54 bits that decide its rounding.
const LIMBS: usize = 86;
/// The exponent of the largest power of five that a limb holds.
const FIVES: u32 = 6;

/// A natural number, and whether a remainder was dropped from it.
///
/// A number that outgrows its limbs stops growing, and is larger than any float by then.
pub(super) struct Big {
    /// The most significant one first, which is not zero.
    limbs: Vec<u16, LIMBS>,
    /// Whether a division had a remainder.
    has_remainder: bool,
}

impl Big {
    /// Zero.
    pub(super) const fn new() -> Self {
        Self { limbs: Vec::new(), has_remainder: false }
    }

    /// Multiplies by a factor of up to 2^16, and adds less than 2^16 to the product.
    pub(super) fn multiply_add(&mut self, factor: u32, addend: u32) {
        let mut carry = addend;
        for limb in self.limbs.iter_mut().rev() {
            let product = u32::from(*limb) * factor + carry;
            *limb = product as u16;
            carry = product >> LIMB;
        }
        if carry != 0 {
            // Where there is no room, the last limb falls off.
            let _ = self.limbs.push(0);
            for limb in &mut self.limbs {
                carry = mem::replace(limb, carry as u16).into();
            }
        }
    }

    /// Multiplies by 2^16 up to `limbs` times, as far as there is room. Returns how often.
    pub(super) fn lengthen(&mut self, limbs: usize) -> usize {
        let added = limbs.min(LIMBS - self.limbs.len());
        for _ in 0..added {
            // There is room.
            let _ = self.limbs.push(0);
        }
        added
    }

    /// Multiplies by 2^64 and adds `value`.
    pub(super) fn append(&mut self, value: u64) {
        for shift in [48, 32, 16, 0] {
            self.multiply_add(1 << LIMB, (value >> shift) as u16 as u32);
        }
    }

    /// Whether it is zero, if it was only multiplied.
    #[cfg(feature = "repr")]
    pub(super) fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Multiplies by `5^power`; if `power` is negative, divides by `5^-power` and rounds down.
    pub(super) fn scale_by_fives(&mut self, power: i32) {
        let mut left = power.unsigned_abs();
        while left > 0 {
            let (factor, fives) = if left >= FIVES { (5u32.pow(FIVES), FIVES) } else { (5, 1) };
            if power < 0 {
                self.divide(factor);
            } else {
                self.multiply_add(factor, 0);
            }
            left -= fives;
        }
    }

    /// Its highest 64 bits from the first one that is set, and how many bits it has after those. The last of the 64 is also
    /// set if any bit after them is, or if a division had a remainder.
    #[cfg(any(feature = "repr", test))]
    pub(super) fn top(&self) -> (u64, i32) {
        let (mut value, mut lost, mut dropped) = (0u64, u32::from(self.has_remainder), 0);
        for limb in &self.limbs {
            let mut limb = u32::from(*limb);
            // Bit by bit: a shift of 64 bits by a variable is long on 32-bit cores.
            for _ in 0..LIMB {
                if value >> 63 == 0 {
                    value = value << 1 | u64::from(limb >> (LIMB - 1) & 1);
                } else {
                    lost |= limb;
                    dropped += 1;
                }
                limb = limb << 1 & 0xffff;
            }
        }
        (value | u64::from(lost != 0), dropped)
    }

    /// `self * 2^bits` without its last `dropped` limbs, which must fit 64 bits; its last bit is also set if those limbs
    /// are not zero or a division had a remainder. `bits` is less than a limb has. Leaves the number multiplied.
    pub(super) fn shifted(&mut self, bits: u32, dropped: usize) -> u64 {
        self.multiply_add(1 << bits, 0);
        let mut value = 0;
        let mut lost = u32::from(self.has_remainder);
        let kept = self.limbs.len().saturating_sub(dropped);
        for (number, &limb) in self.limbs.iter().enumerate() {
            if number < kept {
                value = value << LIMB | u64::from(limb);
            } else {
                lost |= u32::from(limb);
            }
        }
        value | u64::from(lost != 0)
    }

    fn divide(&mut self, divisor: u32) {
        // A power of five is odd. This shows the compiler that it is not zero.
        let divisor = divisor | 1;
        let mut remainder = 0;
        for limb in &mut self.limbs {
            let dividend = remainder << LIMB | u32::from(*limb);
            *limb = (dividend / divisor) as u16;
            remainder = dividend % divisor;
        }
        self.has_remainder |= remainder != 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_up_to_64_bits() {
        let mut big = Big::new();
        assert_eq!(big.top(), (0, 0));
        big.append(0x8000_0000_0000_0000);
        assert_eq!(big.top(), (0x8000_0000_0000_0000, 0));
        big.multiply_add(4, 3);
        assert_eq!(big.top(), (0x8000_0000_0000_0001, 2));
        big.multiply_add(1 << 15, 0);
        assert_eq!(big.top(), (0x8000_0000_0000_0001, 17));
        assert_eq!(big.lengthen(3), 3);
        assert_eq!(big.top(), (0x8000_0000_0000_0001, 65));
    }

    #[test]
    fn division_undoes_multiplication_and_remembers_a_remainder() {
        let mut big = Big::new();
        big.append(94);
        big.scale_by_fives(325);
        big.scale_by_fives(-325);
        assert_eq!(big.shifted(0, 0), 94);
        big.scale_by_fives(-1);
        assert_eq!(big.shifted(0, 0), 19);
        big.append(20);
        assert_eq!(big.shifted(0, 0), 21);
    }

    #[test]
    fn a_shift_drops_limbs_and_remembers_that_they_were_not_zero() {
        let mut big = Big::new();
        big.append(0x1_0000_0000);
        assert_eq!(big.shifted(4, 1), 0x10_0000);
        big.append(0x1_0000_1000);
        assert_eq!(big.shifted(3, 1), 0x8_0001);
        assert_eq!(big.shifted(1, 1), 0x10_0001);
    }

    #[test]
    fn a_number_that_outgrows_its_limbs_stays_large() {
        let mut big = Big::new();
        big.append(u64::MAX);
        big.scale_by_fives(2000);
        let (top, dropped) = big.top();
        assert!(top != 0 && dropped > 1200);
    }
}
