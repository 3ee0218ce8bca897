//! Consistent overhead byte stuffing (Cheshire and Baker, 1999), in place, of at most 254 bytes.
//!
//! A stuffed frame begins with the distance to its first zero, and has in place of each zero the distance to the next; the
//! last distance leads to the end of the frame. So every byte keeps its place.

/// Stuffs all bytes but the first, which becomes the first distance. `frame` has at most 255 bytes.
pub(super) fn stuff(frame: &mut [u8]) {
    let Some((first, bytes)) = frame.split_first_mut() else { return };
    let mut distance = 1u8;
    for byte in bytes.iter_mut().rev() {
        if *byte == 0 {
            *byte = distance;
            distance = 0;
        }
        distance = distance.wrapping_add(1);
    }
    *first = distance;
}

/// Whether bytes that hold no zero can be a stuffed frame: its distances lead to its end.
pub fn is_stuffed(frame: &[u8]) -> bool {
    let mut rest = frame;
    while let Some(distance) = rest.first() {
        let Some(after) = rest.get(usize::from(*distance)..) else { return false };
        rest = after;
    }
    !frame.is_empty()
}

/// Puts the zeros back into a frame that [`is_stuffed`]; its first byte is not one of them.
pub(super) fn unstuff(frame: &mut [u8]) {
    let Some((first, bytes)) = frame.split_first_mut() else { return };
    let mut distance = *first;
    for byte in bytes {
        distance = distance.wrapping_sub(1);
        if distance == 0 {
            distance = *byte;
            *byte = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn stuffed(bytes: &[u8]) -> Vec<u8> {
        let mut frame = [&[0xee], bytes].concat();
        stuff(&mut frame);
        frame
    }

    #[test]
    fn every_zero_becomes_the_distance_to_the_next() {
        assert_eq!(stuffed(b""), [1]);
        assert_eq!(stuffed(b"\0"), [1, 1]);
        assert_eq!(stuffed(b"\x01\0\0\x02\x03"), [2, 1, 1, 3, 2, 3]);
        assert_eq!(stuffed(&[7; 254])[0], 255);
        assert_eq!(stuffed(&[&[0][..], &[7; 253]].concat())[..2], [1, 254]);
    }

    #[test]
    fn distances_that_do_not_lead_to_the_end_are_found() {
        assert!(is_stuffed(&[1]) && is_stuffed(&[3, 9, 9]) && is_stuffed(&[2, 9, 1]));
        for frame in [&[][..], &[2], &[4, 9, 9], &[2, 9, 2], &[255; 254]] {
            assert!(!is_stuffed(frame), "{frame:?}");
        }
    }

    proptest! {
        #[test]
        fn stuffing_is_undone_and_leaves_no_zero(bytes in proptest::collection::vec(prop_oneof![Just(0u8), any::<u8>()], 0..=254)) {
            let mut frame = stuffed(&bytes);
            prop_assert!(!frame.contains(&0) && is_stuffed(&frame));
            let sent = frame.clone();
            unstuff(&mut frame);
            prop_assert_eq!(&frame[1..], &bytes[..]);
            stuff(&mut frame);
            prop_assert_eq!(frame, sent);
        }

        #[test]
        fn whatever_is_stuffed_can_be_restored(bytes in proptest::collection::vec(1u8.., 1..=255)) {
            if is_stuffed(&bytes) {
                let mut frame = bytes.clone();
                unstuff(&mut frame);
                stuff(&mut frame);
                prop_assert_eq!(frame, bytes);
            }
        }
    }

    #[test]
    fn nothing_is_done_to_nothing() {
        let mut nothing = vec![];
        stuff(&mut nothing);
        unstuff(&mut nothing);
        assert!(nothing.is_empty());
    }
}
