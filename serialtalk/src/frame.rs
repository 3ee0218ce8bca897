//! Frames: `'<' LEN NC CMD[NC] PAYLOAD '>'` with `LEN = 1 + NC + len(PAYLOAD)`.
//!
//! One length byte, no checksum, no escaping: `<` and `>` occur inside frames. Source: the SerialTalk protocol as the
//! Python package `serialtalk` 1.0.0 speaks it.

mod decoder;
mod writer;

pub use decoder::{Decoder, Found};
pub use writer::{FrameTooLong, FrameWriter};

/// The largest value of the length byte: one for NC, then the name and the payload.
pub const MAX_LENGTH: usize = 255;

/// The largest frame in bytes, from `<` to `>`.
pub const MAX_FRAME: usize = MAX_LENGTH + 3;

/// The smallest buffer for frames: room for what the endpoint itself sends.
pub const MIN_BUFFER: usize = 32;

pub(crate) const START: u8 = b'<';
pub(crate) const END: u8 = b'>';

/// `<`, LEN and NC.
pub(crate) const HEADER: usize = 3;

/// A frame that has arrived.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The command, or the command with `ack` or `err` behind it. ASCII from every peer that counts its bytes right.
    pub name: &'a [u8],
    /// What follows the name. Mutable, so that text can be unescaped where it stands.
    pub payload: &'a mut [u8],
}
