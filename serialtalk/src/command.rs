//! Commands and what answers them. The only file that knows the suffixes of replies.

use crate::frame::Frame;
use crate::reader::{Expected, Reader};
use crate::texts::{NONE, position};

/// What a reply to a command has behind the command's name.
pub(crate) const ACK: &[u8; 3] = b"ack";
/// What an error reply has there.
pub(crate) const ERR: &[u8; 3] = b"err";

/// Which of them a reply has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    Ack,
    Err,
}

/// Both of them, joined.
static SUFFIXES: [[u8; 4]; 2] = [*b"\x03ack", *b"\x03err"];

impl Suffix {
    /// Its bytes.
    #[inline(always)]
    pub(crate) fn bytes(self) -> &'static [u8; 3] {
        // A place in a table takes less code than a choice between two addresses.
        let [_, suffix @ ..] = SUFFIXES.get(self as usize).unwrap_or(&[0; 4]);
        suffix
    }
}

/// A command as a client calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Command<'n> {
    /// Its name on the wire.
    pub name: &'n str,
    /// How long to wait for the reply; none for what the endpoint is set to.
    pub timeout: Option<Timeout>,
    /// Whether doing it twice is the same as doing it once, so that it may be sent again when no reply comes.
    pub idempotent: bool,
}

/// How long to wait for a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Timeout {
    /// So many milliseconds, at most `i32::MAX`.
    Ms(u32),
    /// For ever.
    Never,
}

impl<'n> Command<'n> {
    /// A command with nothing special about it.
    pub const fn new(name: &'n str) -> Self {
        Self { name, timeout: None, idempotent: false }
    }
}

/// A command that has arrived, to be served.
#[derive(Debug)]
pub struct Call<'a> {
    frame: Frame<'a>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(frame: Frame<'a>) -> Self {
        Self { frame }
    }

    /// Its name on the wire.
    pub fn name(&self) -> &[u8] {
        self.frame.name
    }

    /// What it came with, as it came.
    pub fn payload(&self) -> &[u8] {
        self.frame.payload
    }

    /// Reads its arguments.
    pub fn arguments(self) -> Reader<'a> {
        Reader::new(self.frame.payload)
    }

    /// The same in a place that outlives the call, so that the reader has not to be moved.
    pub fn arguments_in<'r>(
        self,
        place: &'r mut Option<Reader<'a>>,
        expected: &'static Expected,
    ) -> &'r mut Reader<'a> {
        Reader::new_in(place, self.frame.payload, expected)
    }
}

/// What a frame is, by its name, to somebody who waits for the reply to `awaited`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The reply.
    Ack,
    /// The error reply.
    Err,
    /// Something else.
    Other,
}

impl Kind {
    pub(crate) fn of(name: &[u8], awaited: &[u8]) -> Self {
        match name.strip_prefix(awaited) {
            Some(suffix) if suffix == ACK => Self::Ack,
            Some(suffix) if suffix == ERR => Self::Err,
            _ => Self::Other,
        }
    }
}

/// The name without a suffix of replies, if it has one.
#[inline(never)]
pub(crate) fn stem(name: &[u8]) -> Option<&[u8]> {
    let (stem, suffix) = name.split_last_chunk::<3>()?;
    (position(SUFFIXES.as_flattened(), suffix) != NONE).then_some(stem)
}
