//! Bytes moved towards the front of the buffer in which they are.

use core::cell::Cell;

/// Whether bytes that are moved leave zeros: the compiler does not see then that `memmove` would do, which is faster but has
/// no room on a small board.
const LEAVES_ZEROS: bool = cfg!(target_os = "none");

/// Moves `bytes` down to the start of `to`; the two may overlap.
#[inline(always)]
pub(crate) fn move_down(bytes: &[Cell<u8>], to: &[Cell<u8>]) {
    for (to, byte) in to.iter().zip(bytes) {
        to.set(if LEAVES_ZEROS { byte.replace(0) } else { byte.get() });
    }
}
