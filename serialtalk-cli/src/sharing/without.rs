//! Where there are no sockets in the file system, nothing is shared.

use serialtalk_hal::OpenError;

use crate::boards::Board;
use crate::connection::Kept;
use crate::pause::Pause;

/// A board that is not shared.
#[derive(Clone)]
pub(crate) struct Sharing;

impl Sharing {
    pub(crate) fn new(_board: &Board, _pause: &Pause) -> Self {
        Self
    }

    pub(crate) fn serve(&self, _board: Kept) {}

    pub(crate) fn begin(&self) {}

    pub(crate) fn has_begun(&self) -> bool {
        false
    }
}

/// There is nobody to ask.
pub(crate) fn pause(_board: &Board) -> Result<Option<std::convert::Infallible>, OpenError> {
    Ok(None)
}
