//! One long integer, just long enough for every `f64` and for every decimal that fits a frame.

use core::mem;

use heapless::Vec;

/// Bits in a limb: half a word, so that 32-bit division works on it.
const LIMB: u32 = u16::BITS;
/// The longest case is a text of 250 digits near the smallest normal `f64`: divided by 5^558, it must leave the 54
/// bits that decide its rounding.
const LIMBS: usize = 86;
/// The largest power of five in a limb is that by this.
const FIVES: u32 = 6;

/// A natural number, and whether a remainder was dropped from it.
///
/// One that outgrows its limbs stops growing, and is larger than any float by then.
// Small fields first: they are reached by shorter code.
#[repr(C)]
pub(super) struct Big {
    /// Not zero if a division had a remainder.
    lost: u32,
    /// How many bits are behind its top.
    #[cfg(any(feature = "repr", test))]
    pub(super) dropped: i32,
    /// Most significant first.
    limbs: Vec<u16, LIMBS>,
}

impl Big {
    /// Zero.
    #[inline(always)]
    pub(super) const fn new() -> Self {
        Self {
            limbs: Vec::new(),
            lost: 0,
            #[cfg(any(feature = "repr", test))]
            dropped: 0,
        }
    }

    /// Multiplies by a factor of up to 2^16, and adds to that less than 2^16. Gives itself back: no caller has to keep its
    /// address.
    #[inline(never)]
    pub(super) fn multiply_add(&mut self, factor: u32, addend: u32) -> &mut Self {
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
        self
    }

    /// Multiplies by 2^16 for each limb asked for, as far as there is room. Returns how many there were.
    pub(super) fn lengthen(&mut self, limbs: usize) -> usize {
        let added = limbs.min(LIMBS - self.limbs.len());
        for _ in 0..added {
            // There is room.
            let _ = self.limbs.push(0);
        }
        added
    }

    /// Multiplies by 2^64 and adds to that.
    pub(super) fn append(&mut self, value: u64) {
        for shift in [48, 32, 16, 0] {
            self.multiply_add(1 << LIMB, (value >> shift) as u16 as u32);
        }
    }

    /// Whether it fits so many bits, a multiple of those in a limb, if it was only multiplied.
    #[cfg(feature = "repr")]
    pub(super) fn fits(&self, bits: u32) -> bool {
        self.limbs.len() <= (bits / LIMB) as usize
    }

    /// All of it, which must fit.
    #[cfg(feature = "repr")]
    pub(super) fn wide_value(&self) -> u128 {
        self.limbs.iter().fold(0, |value, limb| value << LIMB | u128::from(*limb))
    }

    /// Multiplies by `5^power`, or divides and rounds down if that is negative.
    #[inline(never)]
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

    /// Its first 64 bits from the highest one on that is set, of which the last is also set if any bit behind them is or a
    /// division had a remainder. Leaves in `dropped` how many bits are behind them.
    #[cfg(any(feature = "repr", test))]
    #[inline(never)]
    pub(super) fn top(&mut self) -> u64 {
        let (mut value, mut lost) = (0u64, self.lost);
        self.dropped = 0;
        for limb in &self.limbs {
            let mut limb = u32::from(*limb);
            // Bit by bit: a shift of 64 bits by a variable is long on 32-bit cores.
            for _ in 0..LIMB {
                if value >> 63 == 0 {
                    value = value << 1 | u64::from(limb >> (LIMB - 1) & 1);
                } else {
                    lost |= limb;
                    self.dropped += 1;
                }
                limb = limb << 1 & 0xffff;
            }
        }
        value | u64::from(lost != 0)
    }

    /// `self * 2^bits` without its last limbs, the rest of which must fit; the last bit is also set if those limbs
    /// were not zero or a division had a remainder. Bits are fewer than a limb's. Leaves the number multiplied.
    pub(super) fn shifted(&mut self, bits: u32, dropped: usize) -> u64 {
        self.multiply_add(1 << bits, 0);
        let mut value = 0;
        let mut lost = self.lost;
        let mut behind = self.limbs.len();
        for &limb in &self.limbs {
            behind -= 1;
            if behind >= dropped {
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
        self.lost |= remainder;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_up_to_64_bits() {
        let mut big = Big::new();
        assert_eq!((big.top(), big.dropped), (0, 0));
        big.append(0x8000_0000_0000_0000);
        assert_eq!((big.top(), big.dropped), (0x8000_0000_0000_0000, 0));
        big.multiply_add(4, 3);
        assert_eq!((big.top(), big.dropped), (0x8000_0000_0000_0001, 2));
        big.multiply_add(1 << 15, 0);
        assert_eq!((big.top(), big.dropped), (0x8000_0000_0000_0001, 17));
        assert_eq!(big.lengthen(3), 3);
        assert_eq!((big.top(), big.dropped), (0x8000_0000_0000_0001, 65));
    }

    #[test]
    fn division_undoes_multiplication_and_keeps_that_a_remainder_was_lost() {
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
    fn a_shift_drops_limbs_and_keeps_that_they_were_not_zero() {
        let mut big = Big::new();
        big.append(0x1_0000_0000);
        assert_eq!(big.shifted(4, 1), 0x10_0000);
        big.append(0x1_0000_1000);
        assert_eq!(big.shifted(3, 1), 0x8_0001);
        assert_eq!(big.shifted(1, 1), 0x10_0001);
    }

    #[test]
    fn what_outgrows_the_limbs_stays_large() {
        let mut big = Big::new();
        big.append(u64::MAX);
        big.scale_by_fives(2000);
        assert!(big.top() != 0 && big.dropped > 1200);
    }
}
