//! The CRC of the checked link: 24 bits, the polynomial 0x5D6DCB of FlexRay, the highest bit first.
//!
//! It finds every error of up to five bits in the 254 bytes of the largest frame before it is stuffed. What it is XORed with
//! at the end keeps a frame whose CRC ends in zeros from staying valid when a zero at its end is lost or repeated.

/// How many bits the CRC has.
const BITS: u32 = 24;

const POLYNOMIAL: u32 = 0x5d_6dcb;

/// All bits of a CRC, a token or a nonce.
pub(super) const MASK: u32 = (1 << BITS) - 1;

/// The CRC of each value of four bits.
static NIBBLES: [u32; 16] = nibbles();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn nibbles() -> [u32; 16] {
    let mut table = [0; 16];
    let mut value = 0;
    while value < table.len() {
        let mut crc = (value as u32) << (BITS - 4);
        let mut bit = 0;
        while bit < 4 {
            let carry = crc >> (BITS - 1) & 1;
            crc = (crc << 1) ^ (carry * POLYNOMIAL);
            bit += 1;
        }
        table[value] = crc & MASK;
        value += 1;
    }
    table
}

/// The CRC of `bytes`, which begins with `seed`.
pub(super) fn crc24(bytes: &[u8], seed: u32) -> u32 {
    let mut crc = seed;
    for byte in bytes {
        crc = add(crc, byte >> 4);
        crc = add(crc, byte & 15);
    }
    weaken(!crc & MASK)
}

fn add(crc: u32, nibble: u8) -> u32 {
    let index = (crc >> (BITS - 4) ^ u32::from(nibble)) & 15;
    crc << 4 ^ NIBBLES.get(index as usize).copied().unwrap_or_default()
}

/// Leaves eight bits of a CRC in the control run of the fault table, which has to find what so short a CRC lets pass.
fn weaken(crc: u32) -> u32 {
    if cfg!(serialtalk_weak_crc) { crc & 0xff } else { crc }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-24/FLEXRAY-A in the catalogue of parametrised CRC algorithms is that without the final XOR.
    #[test]
    fn the_crc_is_that_of_the_catalogue() {
        assert_eq!(crc24(b"123456789", 0xfe_dcba), 0x79_79bd ^ MASK);
        assert_eq!(crc24(b"", 0x12_3456), 0x12_3456 ^ MASK);
    }

    #[test]
    fn a_crc_differs_for_every_seed() {
        let crcs = [0, 1, 0x80_0000, MASK].map(|seed| crc24(b"same", seed));
        for (at, crc) in crcs.iter().enumerate() {
            assert!(!crcs[..at].contains(crc));
        }
    }

    #[test]
    fn one_and_two_flipped_bits_are_found() {
        let bytes = [0x5a; 20];
        let good = crc24(&bytes, 1);
        for first in 0..160 {
            for second in first..160 {
                let mut damaged = bytes;
                damaged[first / 8] ^= 1 << (first % 8);
                if second != first {
                    damaged[second / 8] ^= 1 << (second % 8);
                }
                assert_ne!(crc24(&damaged, 1), good, "{first} and {second}");
            }
        }
    }
}
