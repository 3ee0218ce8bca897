//! What arrives outside frames: a boot log, a traceback, a prompt.

use core::cell::Cell;

use crate::moving::move_down;

/// Keeps the last `N` bytes that arrived outside frames. Zeros, which are in no text, are kept as 255, which is in none either.
#[derive(Debug, Clone)]
pub struct Outside<const N: usize> {
    /// Up to the first zero: a length would take room where `N` is zero, too.
    bytes: [u8; N],
}

impl<const N: usize> Outside<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N] }
    }

    pub(super) fn push(&mut self, byte: u8) {
        let mut length = self.as_bytes().len();
        let bytes = Cell::from_mut(self.bytes.as_mut_slice()).as_slice_of_cells();
        if let [_, behind @ ..] = bytes
            && length == N
        {
            move_down(behind, bytes);
            length = N - 1;
        }
        if let Some(place) = self.bytes.get_mut(length) {
            *place = if byte == 0 { u8::MAX } else { byte };
        }
    }

    pub(super) fn clear(&mut self) {
        self.bytes = [0; N];
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.split(|byte| *byte == 0).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bytes_are_kept() {
        let mut outside = Outside::<4>::new();
        assert_eq!(outside.as_bytes(), b"");
        for (byte, kept) in [
            (b'a', &b"a"[..]),
            (0, b"a\xff"),
            (b'b', b"a\xffb"),
            (0xff, b"a\xffb\xff"),
            (b'c', b"\xffb\xffc"),
        ] {
            outside.push(byte);
            assert_eq!(outside.as_bytes(), kept);
        }
        outside.clear();
        assert_eq!(outside.as_bytes(), b"");
        let mut nothing = Outside::<0>::new();
        nothing.push(b'a');
        assert_eq!((nothing.as_bytes(), size_of_val(&nothing)), (&b""[..], 0));
    }
}
