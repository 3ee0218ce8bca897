//! What arrives outside frames: a boot log, a traceback, a prompt.

use core::cell::Cell;

use crate::moving::move_down;

/// Keeps the last `N` bytes that arrived outside frames.
#[derive(Debug, Clone)]
pub struct Outside<const N: usize> {
    bytes: [u8; N],
    /// Which of them are used: the first ones. A number would take room where `N` is zero, too.
    used: [bool; N],
}

impl<const N: usize> Outside<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N], used: [false; N] }
    }

    pub(super) fn push(&mut self, byte: u8) {
        let mut length = self.length();
        let bytes = Cell::from_mut(self.bytes.as_mut_slice()).as_slice_of_cells();
        if let [_, behind @ ..] = bytes
            && length == N
        {
            move_down(behind, bytes);
            length = N - 1;
        }
        if let (Some(place), Some(used)) = (self.bytes.get_mut(length), self.used.get_mut(length)) {
            *place = byte;
            *used = true;
        }
    }

    pub(super) fn clear(&mut self) {
        self.used = [false; N];
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length()).unwrap_or_default()
    }

    fn length(&self) -> usize {
        self.used.iter().filter(|used| **used).count()
    }
}
