//! A frame as a line of the log: `> mult('2f', 5.9, 94.0)`, `< multack('f', 554.6)`.

use crate::rpc::shown::ShownFrame;

/// Whether a frame arrived or is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    In,
    Out,
}

/// Shows a plain frame.
pub(super) fn show(direction: Direction, name: &[u8], payload: &[u8]) {
    show_frame(direction, ShownFrame::new(name, payload));
}

/// Shows what has come in a checked frame: values that are packed under `template`, or a payload with its header.
pub(super) fn show_bare(name: &str, template: Option<&str>, payload: &[u8]) {
    show_frame(Direction::In, ShownFrame::bare(name.as_bytes(), template, payload));
}

fn show_frame(direction: Direction, shown: ShownFrame<'_>) {
    #[cfg(feature = "log")]
    match direction {
        Direction::In => ::log::trace!(target: "serialtalk", "< {shown}"),
        Direction::Out => ::log::trace!(target: "serialtalk", "> {shown}"),
    }
    #[cfg(feature = "defmt")]
    match direction {
        Direction::In => defmt::trace!("< {}", defmt::Display2Format(&shown)),
        Direction::Out => defmt::trace!("> {}", defmt::Display2Format(&shown)),
    }
}
