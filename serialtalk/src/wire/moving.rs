//! Moves bytes inside a buffer.

use core::cell::Cell;
use core::ops::Range;

/// Moves bytes towards the front of the buffer, and returns where they end there.
pub(crate) fn move_forward(buffer: &mut [u8], from: Range<usize>, to: usize) -> usize {
    let cells = Cell::from_mut(buffer).as_slice_of_cells();
    let moved = cells.get(from).unwrap_or_default();
    let room = cells.get(to..).unwrap_or_default();
    room.iter().zip(moved).for_each(|(to, from)| to.set(from.get()));
    to + moved.len()
}
