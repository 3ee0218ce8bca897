//! The link of an endpoint that outlives its connections.

#[cfg(feature = "tokio")]
mod asynch;

use alloc::sync::Weak;
use std::io;

use serialtalk::link::{Link, Received};

use crate::{Interrupter, Interruptible, LinkError};

/// A read waits at most this long at a time, in milliseconds, so that one whose owner is gone ends soon.
const LONGEST_WAIT_MS: u32 = 50;

/// Holds a link as long as a connection lasts, and none in between.
#[derive(Debug)]
pub struct LinkSlot<L> {
    link: Option<L>,
    name: String,
    /// What a connection is made for. Without it, blocking reads and writes fail.
    owner: Weak<()>,
}

impl<L> LinkSlot<L> {
    pub(crate) fn new(name: &str, owner: Weak<()>) -> Self {
        Self { link: None, name: name.to_owned(), owner }
    }

    /// The link; `None` if there is no connection.
    pub fn get(&self) -> Option<&L> {
        self.link.as_ref()
    }

    /// The link; `None` if there is no connection. The endpoint does not see bytes that are read from it here.
    pub fn get_mut(&mut self) -> Option<&mut L> {
        self.link.as_mut()
    }

    pub(crate) fn put(&mut self, link: L) {
        self.link = Some(link);
    }

    /// Closes the link.
    pub(crate) fn clear(&mut self) {
        self.link = None;
    }

    /// The link, to read from and write to.
    fn open(&mut self) -> Result<&mut L, LinkError> {
        let Self { link, name, .. } = self;
        link.as_mut().ok_or_else(|| LinkError::not_connected(name, "its link is closed"))
    }

    fn owned(&mut self) -> Result<&mut L, LinkError> {
        if self.owner.strong_count() == 0 {
            return Err(LinkError::not_connected(&self.name, "the program has dropped it"));
        }
        self.open()
    }
}

impl<L: Interruptible<Error = LinkError>> Interruptible for LinkSlot<L> {
    /// That of the link that is there now.
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.link.as_mut().map_or_else(|| Ok(Interrupter::none()), Interruptible::interrupter)
    }
}

impl<L: Link<Error = LinkError>> Link for LinkSlot<L> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        self.owned()?.receive(buffer, wait_ms.min(LONGEST_WAIT_MS))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.owned()?.send(bytes)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.owned()?.flush()
    }
}
