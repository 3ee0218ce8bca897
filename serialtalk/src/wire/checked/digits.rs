//! Numbers in the plain frames that open a session: digits of six bits, `@` to `DEL`, the highest first.
//!
//! None of them is a zero, or a byte that a MicroPython prompt acts upon.

use crate::wire::frame::FrameWriter;

/// The digit zero.
const ZERO: u8 = 0x40;

/// Writes a number of `digits` digits.
pub(super) fn write(frame: &mut FrameWriter<'_>, number: u32, digits: u32) {
    for place in (0..digits).rev() {
        frame.put_byte(ZERO | (number >> (6 * place)) as u8 & 0x3f);
    }
}

/// Reads a number that is all of `digits`; `None` if one of them is not a digit.
pub(super) fn read(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0u32, |number, digit| {
        (digit & 0xc0 == ZERO).then_some(number << 6 | u32::from(digit & 0x3f))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::frame::Head;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for (number, text) in [(0, b"@@@@"), (0x00_a1b2, b"@JFr"), (0xff_ffff, b"\x7f\x7f\x7f\x7f")] {
            let mut buffer = [0; 32];
            let mut frame = FrameWriter::new(&mut buffer, Head::command(b""));
            write(&mut frame, number, 4);
            assert_eq!(&frame.bytes(7)[3..], text);
            assert_eq!(read(text), Some(number));
        }
        assert_eq!(read(b"@@ @"), None);
        assert_eq!(read(b"@@\x80@"), None);
    }
}
