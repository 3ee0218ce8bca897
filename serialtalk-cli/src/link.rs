//! The line to a board.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::link::{Link, Received};
use serialtalk_hal::{AnyLink, Interrupter, Interruptible, LinkError, OpenError};

use crate::boards::Board;
use crate::failure::Result;

/// How often a missing port is looked for.
const LOOK_EACH: Duration = Duration::from_millis(50);

/// The line to a board.
pub(crate) struct BoardLink(AnyLink);

impl BoardLink {
    /// Opens the line, as soon as its port is there if that may take a while.
    pub(crate) fn open(board: &Board) -> Result<Self> {
        let deadline = Instant::now() + board.wait;
        loop {
            match Self::open_once(board) {
                Ok(link) => return Ok(link),
                Err(error) if may_pass(&error) && Instant::now() < deadline => thread::sleep(LOOK_EACH),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Opens the line if its port is there.
    pub(crate) fn open_once(board: &Board) -> std::result::Result<Self, OpenError> {
        AnyLink::open(&board.target, board.options).map(Self)
    }

    /// Its name in errors.
    pub(crate) fn name(&self) -> &str {
        self.0.name()
    }
}

/// Whether the port may be there later.
fn may_pass(error: &OpenError) -> bool {
    match error {
        OpenError::NotTheOnlyOne { ports } => ports.is_empty(),
        OpenError::NotFound { .. } | OpenError::Refused { .. } | OpenError::Busy { .. } => true,
        OpenError::Io { .. } => true,
        _ => false,
    }
}

impl Link for BoardLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> std::result::Result<Received, LinkError> {
        self.0.receive(buffer, wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> std::result::Result<usize, LinkError> {
        self.0.send(bytes)
    }

    fn flush(&mut self) -> std::result::Result<(), LinkError> {
        self.0.flush()
    }
}

impl Interruptible for BoardLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.0.interrupter()
    }
}
