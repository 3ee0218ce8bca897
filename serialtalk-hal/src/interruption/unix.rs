//! On a Unix: a pipe that is waited for beside the bytes.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags};

use super::Interrupter;
use crate::readiness::{wait_for, wait_until};

/// What can end the waits of a link; nothing until an interrupter is made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interruption {
    bell: Option<Arc<Bell>>,
}

#[derive(Debug)]
struct Bell {
    /// Whether a byte is in the pipe, or about to be: there is never more than one.
    has_rung: AtomicBool,
    reader: PipeReader,
    writer: PipeWriter,
}

impl Interruption {
    pub(crate) fn interrupter(&mut self) -> io::Result<Interrupter> {
        let bell = match &self.bell {
            Some(bell) => Arc::clone(bell),
            None => Arc::clone(self.bell.insert(Arc::new(Bell::new()?))),
        };
        Ok(Interrupter::new(move || bell.ring()))
    }

    /// Whether waits can be ended at all.
    #[cfg(any(feature = "serial", feature = "tcp", feature = "pty"))]
    pub(crate) fn is_used(&self) -> bool {
        self.bell.is_some()
    }

    /// Waits at most `ms` until `fd` has something to read, and tells whether it has.
    pub(crate) fn wait_for_bytes(&self, fd: impl AsFd, ms: u32) -> io::Result<bool> {
        let Some(bell) = &self.bell else { return wait_for(fd, PollFlags::IN, ms) };
        let mut both = [PollFd::new(&fd, PollFlags::IN), PollFd::new(&bell.reader, PollFlags::IN)];
        if !wait_until(&mut both, ms)? {
            return Ok(false);
        }
        let [has_bytes, has_rung] = both.map(|fd| !fd.revents().is_empty());
        if has_rung {
            bell.hush()?;
        }
        Ok(has_bytes)
    }
}

impl Bell {
    fn new() -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        Ok(Self { has_rung: AtomicBool::new(false), reader, writer })
    }

    fn ring(&self) {
        if !self.has_rung.swap(true, Ordering::SeqCst) {
            // It cannot fail: the pipe is empty, and its reader is here.
            let _ = (&self.writer).write(&[0]);
        }
    }

    fn hush(&self) -> io::Result<()> {
        (&self.reader).read_exact(&mut [0])?;
        // In this order: a ring that comes between is for what is looked at after this.
        self.has_rung.store(false, Ordering::SeqCst);
        Ok(())
    }
}
