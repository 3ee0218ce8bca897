//! A descriptor of a Unix in non-blocking mode: tried first, waited for only if that fails.
//!
//! When bytes are there, a read is one system call; when there is room, a write is one.

use std::io;
use std::os::fd::AsFd;

use rustix::event::PollFlags;
use rustix::io::{Errno, read, write};

use crate::interruption::Interruption;
use crate::readiness::wait_for;

/// Reads what has arrived, waiting for it at most `wait_ms`; `None` if nothing arrived. `Some(0)` is the end of the input.
pub(crate) fn receive(
    fd: impl AsFd,
    buffer: &mut [u8],
    wait_ms: u32,
    interruption: &Interruption,
) -> io::Result<Option<usize>> {
    // Whoever shares a link waits most of the time, so it is not tried first.
    let tries_first = wait_ms == 0 || !interruption.is_used();
    if tries_first {
        match read(&fd, &mut *buffer) {
            Err(Errno::AGAIN) if wait_ms > 0 => {}
            outcome => return unless_busy(outcome),
        }
    }
    if !interruption.wait_for_bytes(&fd, wait_ms)? {
        return Ok(None);
    }
    unless_busy(read(&fd, buffer))
}

/// Writes what goes out at once, waiting for room at most `wait_ms`; `None` if there was none.
pub(crate) fn send(fd: impl AsFd, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
    let sent = write_now(&fd, bytes)?;
    if sent.is_some() || wait_ms == 0 {
        return Ok(sent);
    }
    wait_for(&fd, PollFlags::OUT, wait_ms)?;
    write_now(&fd, bytes)
}

fn write_now(fd: impl AsFd, bytes: &[u8]) -> io::Result<Option<usize>> {
    Ok(unless_busy(write(fd, bytes))?.filter(|count| *count > 0))
}

fn unless_busy(outcome: Result<usize, Errno>) -> io::Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(Errno::AGAIN | Errno::INTR) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
