//! One long integer, just long enough for every decimal of 255 bytes and every `f64`.

/// Bits in a limb: half a word, so that 32-bit division works on it.
const LIMB: u32 = 16;
/// The longest case is a text of 250 digits near the smallest normal `f64`: divided by 5^558, it still has the 55
/// bits that decide its rounding.
const LIMBS: usize = 89;
/// The largest power of five in a limb.
const FIVES: u32 = 5u32.pow(6);

/// A natural number below 2^1376, and whether a remainder was dropped from it.
///
/// What outgrows it loses its low limbs; callers either rule that out or are past the largest float by then.
pub(super) struct Big {
    /// Most significant first. Zero from `len` on.
    limbs: [u16; LIMBS],
    len: usize,
    /// Not zero if a division had a remainder.
    lost: u32,
}

impl Big {
    pub(super) const fn new() -> Self {
        Self { limbs: [0; LIMBS], len: 0, lost: 0 }
    }

    /// Sets what was zero to a value.
    pub(super) fn set(&mut self, value: u64) {
        let [first, second, third, fourth, ..] = &mut self.limbs;
        *first = (value >> 48) as u16;
        *second = (value >> 32) as u16;
        *third = (value >> 16) as u16;
        *fourth = value as u16;
        self.len = 4;
    }

    /// `self * factor + addend`, both at most 16 bits.
    #[inline(never)]
    pub(super) fn multiply_add(&mut self, factor: u32, addend: u32) {
        let mut carry = addend;
        for limb in self.limbs.get_mut(..self.len).unwrap_or_default().iter_mut().rev() {
            let product = u32::from(*limb) * factor + carry;
            *limb = product as u16;
            carry = product >> LIMB;
        }
        if carry != 0 {
            self.len += 1;
            for limb in self.limbs.iter_mut().take(self.len) {
                carry = core::mem::replace(limb, carry as u16).into();
            }
        }
    }

    /// Multiplies by 2^16 for each limb asked for, as far as there is room. Returns how many there were.
    pub(super) fn lengthen(&mut self, limbs: usize) -> usize {
        let len = (self.len + limbs).min(LIMBS);
        let added = len - self.len;
        self.len = len;
        added
    }

    /// Multiplies by 5^power, or divides if that is negative.
    #[inline(never)]
    pub(super) fn scale_by_fives(&mut self, power: i32) {
        let mut left = power.unsigned_abs();
        while left > 0 {
            let mut factor = 1;
            while factor < FIVES && left > 0 {
                factor *= 5;
                left -= 1;
            }
            if power < 0 { self.divide(factor) } else { self.multiply_add(factor, 0) }
        }
    }

    /// The first 64 bits, counted from the highest that is set, and the power of two that the last of them stands
    /// for; that bit is also set if any behind it are or a division had a remainder.
    pub(super) fn top(&mut self) -> (u64, i32) {
        let zeros = self.limbs.iter().take_while(|limb| **limb == 0).count();
        let first = self.limbs.get(zeros).map_or(0, |limb| limb.leading_zeros());
        let dropped = self.len.saturating_sub(zeros + 4);
        (self.shifted(first, dropped), (dropped as u32 * LIMB) as i32 - first as i32)
    }

    /// `self * 2^bits` without the last limbs, the rest of which must fit; the last bit is set also if those limbs
    /// were not zero or a division had a remainder. Bits are fewer than a limb's.
    #[inline(never)]
    pub(super) fn shifted(&mut self, bits: u32, dropped: usize) -> u64 {
        self.multiply_add(1 << bits, 0);
        let mut left = self.len as i32 - dropped as i32;
        let mut value = 0;
        let mut lost = self.lost;
        for &limb in self.limbs.get(..self.len).unwrap_or_default() {
            left -= 1;
            if left >= 0 {
                value = value << LIMB | u64::from(limb);
            } else {
                lost |= u32::from(limb);
            }
        }
        value | u64::from(lost != 0)
    }

    fn divide(&mut self, divisor: u32) {
        // Powers of five are odd: this only shows the compiler that it is not zero.
        let divisor = divisor | 1;
        let mut remainder = 0;
        for limb in self.limbs.get_mut(..self.len).unwrap_or_default() {
            let dividend = remainder << LIMB | u32::from(*limb);
            *limb = (dividend / divisor) as u16;
            remainder = dividend % divisor;
        }
        self.lost |= remainder;
    }
}
