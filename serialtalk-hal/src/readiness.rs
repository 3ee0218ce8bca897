//! Waiting for a descriptor of a Unix.

use core::time::Duration;
use std::io;
use std::os::fd::AsFd;
#[cfg(feature = "tcp")]
use std::os::fd::BorrowedFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Waits at most `ms` until the descriptor is ready, and tells whether it is. A signal ends the wait early.
pub(crate) fn wait_for(fd: impl AsFd, readiness: PollFlags, ms: u32) -> io::Result<bool> {
    wait_until(&mut [PollFd::new(&fd, readiness)], ms)
}

/// Waits at most `ms` until one of several descriptors is ready for what is said beside it; returns whether one is.
#[cfg(feature = "tcp")]
pub(crate) fn wait_for_any<'a>(
    all: impl Iterator<Item = (BorrowedFd<'a>, PollFlags)>,
    ms: u32,
) -> io::Result<bool> {
    let mut all: Vec<_> = all.map(|(fd, readiness)| PollFd::from_borrowed_fd(fd, readiness)).collect();
    wait_until(&mut all, ms)
}

/// Waits at most `ms` until one of the descriptors is ready, and tells whether one is. A signal ends the wait early.
pub(crate) fn wait_until(all: &mut [PollFd<'_>], ms: u32) -> io::Result<bool> {
    // More than this is refused by some systems; a wait may end early.
    let wait = Duration::from_millis(u64::from(ms.min(i32::MAX as u32)));
    let limit = Timespec::try_from(wait).unwrap_or_default();
    match poll(all, Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
