//! Numbers in the plain frames that open a session: digits of six bits, `@` to `DEL`, the highest first.
//!
//! None of them is a zero, or a control code by which a MicroPython prompt changes its mode; DEL deletes a character there.

/// The digit zero.
const ZERO: u8 = 0x40;

/// Writes a number, as far as `digits` have room for it.
pub(super) fn write(digits: &mut [u8], number: u32) {
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = ZERO | rest as u8 & 0x3f;
        rest >>= 6;
    }
}

/// Whether all bytes are digits.
pub(super) fn are_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte & 0xc0 == ZERO)
}

/// Reads a number.
pub(super) fn read(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| number << 6 | u32::from(digit & 0x3f))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for (number, text) in [(0, b"@@@@"), (0x00_a1b2, b"@JFr"), (0xff_ffff, b"\x7f\x7f\x7f\x7f")] {
            let mut digits = [0; 4];
            write(&mut digits, number);
            assert_eq!(&digits, text);
            assert_eq!(read(text), number);
            assert!(are_digits(text));
        }
        assert!(!are_digits(b"@@ @") && !are_digits(b"@@\x80@"));
    }
}
