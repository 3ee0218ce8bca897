//! One checked frame in place: sealed before it is sent, opened when it has arrived.

use super::cobs::{is_stuffed, stuff, unstuff};
use super::control::Control;
use super::crc::crc24;

/// How many bytes the CRC has.
const CRC: usize = 3;

/// The size in bytes of the smallest frame without its zero: the first distance, control and CRC.
pub const MIN_SEGMENT: usize = 2 + CRC;

/// The largest payload in bytes, or name and payload of a call by name.
pub(crate) const MAX_PAYLOAD: usize = 249;

/// How many bytes more than a plain frame a sealed one takes at most.
pub(crate) const SEALED_LARGER: usize = 3;

/// Seals a frame of which `len` bytes are written, the first and the second of which are free for the first distance and for
/// `control`; returns its size with its zero. `None` if `buffer` has no room for that.
pub(crate) fn seal(buffer: &mut [u8], len: usize, control: Control, seed: u32) -> Option<usize> {
    let (frame, rest) = buffer.split_at_mut_checked(len + CRC)?;
    *rest.first_mut()? = 0;
    let (written, place) = frame.split_last_chunk_mut::<CRC>()?;
    let (_, content) = written.split_first_mut()?;
    *content.first_mut()? = control.byte();
    let [_, crc @ ..] = crc24(content, seed).to_be_bytes();
    *place = crc;
    stuff(frame);
    Some(len + CRC + 1)
}

/// Opens a frame that has arrived, without its zero, in place, and returns its fields and data. `None` if it is damaged or
/// belongs to another session: it is as it was then. `seed` is that of its sender in the session.
pub fn unseal(segment: &mut [u8], seed: u32) -> Option<(Control, &[u8])> {
    if segment.len() < MIN_SEGMENT || !is_stuffed(segment) {
        return None;
    }
    unstuff(segment);
    if !is_right(segment, seed) {
        stuff(segment);
        return None;
    }
    let [_distance, control, fields @ .., _, _, _] = segment else { return None };
    Some((Control::of_byte(*control), fields))
}

/// Whether the CRC of a frame is right.
fn is_right(segment: &[u8], seed: u32) -> bool {
    let [_distance, content @ .., first, second, third] = segment else { return false };
    crc24(content, seed).to_be_bytes() == [0, *first, *second, *third]
}

/// Makes a frame that [`unseal`] opened what it was when it arrived.
pub(crate) fn restore(segment: &mut [u8]) {
    stuff(segment);
}

/// Whether bytes between two zeros that are no good frame may have been one.
pub(crate) fn is_damage(segment: &[u8]) -> bool {
    segment.len() >= MIN_SEGMENT
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::super::Kind;
    use super::*;

    fn sealed(content: &[u8], control: Control, seed: u32) -> Vec<u8> {
        let mut buffer = [0xee; 260];
        buffer[2..2 + content.len()].copy_from_slice(content);
        let size = seal(&mut buffer, 2 + content.len(), control, seed).unwrap();
        buffer[..size].to_vec()
    }

    #[test]
    fn a_call_of_mult_and_its_reply_take_25_bytes() {
        let arguments = [&[0][..], &1.5f32.to_le_bytes(), &2.0f32.to_le_bytes()].concat();
        let call = sealed(&arguments, Control::new(Kind::Call, 1), 0x12_3456);
        assert_eq!(call, b"\x02\x01\x01\x01\x03\xc0\x3f\x01\x01\x05\x40\x4a\xe2\x33\x00");
        let reply = sealed(&3.0f32.to_le_bytes(), Control::new(Kind::Reply, 1), !0x12_3456 & 0xff_ffff);
        assert_eq!(reply, b"\x02\x81\x01\x06\x40\x40\x54\x9d\x7c\x00");
        assert_eq!(call.len() + reply.len(), 25);
    }

    proptest! {
        #[test]
        fn a_frame_is_opened_as_it_was_sealed(
            content in proptest::collection::vec(any::<u8>(), 0..=250),
            number in 0..16u8,
            seed in 0..0x100_0000u32,
        ) {
            let control = Control::new(Kind::Call, number);
            let mut frame = sealed(&content, control, seed);
            prop_assert_eq!(frame.pop(), Some(0));
            prop_assert!(!frame.contains(&0));
            let sent = frame.clone();
            prop_assert_eq!(unseal(&mut frame, seed ^ 1), None);
            prop_assert_eq!(&frame, &sent);
            prop_assert_eq!(unseal(&mut frame, seed), Some((control, &content[..])));
            prop_assert_eq!(&frame[2..frame.len() - 3], &content[..]);
            restore(&mut frame);
            prop_assert_eq!(frame, sent);
        }

        #[test]
        fn any_bytes_are_refused_and_left_as_they_are(bytes in proptest::collection::vec(1u8.., 0..=257)) {
            let mut frame = bytes.clone();
            if unseal(&mut frame, 7).is_none() {
                prop_assert_eq!(frame, bytes);
            }
        }
    }

    #[test]
    fn a_frame_without_room_is_not_sealed() {
        let control = Control::new(Kind::Again, 0);
        assert_eq!(seal(&mut [0; 5], 2, control, 0), None);
        assert_eq!(seal(&mut [0; 6], 2, control, 0), Some(6));
        assert_eq!(seal(&mut [0; 6], 0, control, 0), None);
    }
}
