//! The debug view: every frame in and out, through `log` or `defmt` at trace level.

#[cfg(any(feature = "log", feature = "defmt"))]
mod shown;

use crate::wire::frame::Frame;

/// Whether frames are shown to anybody.
pub(crate) const ENABLED: bool = cfg!(any(feature = "log", feature = "defmt"));

/// Shows a frame that has come.
pub(crate) fn incoming(frame: &Frame<'_>) {
    #[cfg(any(feature = "log", feature = "defmt"))]
    shown::show(shown::Direction::In, frame.name, frame.payload);
    let _ = frame;
}

/// Shows what has come in a checked frame, in which packed values have no header.
pub(crate) fn incoming_bare(name: &str, template: Option<&str>, payload: &[u8]) {
    #[cfg(any(feature = "log", feature = "defmt"))]
    shown::show_bare(name, template, payload);
    let _ = (name, template, payload);
}

/// Shows a frame that is about to be sent; nothing if there is none.
pub(crate) fn outgoing(bytes: &[u8]) {
    #[cfg(any(feature = "log", feature = "defmt"))]
    if let Some((name, payload)) = crate::wire::frame::split(bytes) {
        shown::show(shown::Direction::Out, name, payload);
    }
    let _ = bytes;
}
