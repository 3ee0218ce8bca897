//! Frames: `'<' LEN NC NAME[NC] PAYLOAD '>'` with `LEN = 1 + NC + len(PAYLOAD)`.
//!
//! One length byte, no checksum, no escaping: `<` and `>` occur inside frames. Source: the SerialTalk protocol as the
//! Python package `serialtalk` 1.0.0 speaks it.

mod decoder;
mod head;
#[cfg(test)]
mod tests;
mod writer;

pub use decoder::{Frame, FrameDecoder, FrameHandle};
pub use head::{Head, MAX_FRAME, MIN_BUFFER, Suffix};
pub(crate) use head::{MAX_LEN, split, strip_reply_suffix};
pub use writer::{FrameTooLong, FrameWriter};
