//! Waiting for a descriptor of a Unix.

use core::time::Duration;
use std::io;
use std::os::fd::AsFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Waits at most `ms` until the descriptor is ready, and tells whether it is. A signal ends the wait early.
pub(crate) fn wait_for(fd: impl AsFd, readiness: PollFlags, ms: u32) -> io::Result<bool> {
    // More than this is refused by some systems; a wait may end early.
    let wait = Duration::from_millis(u64::from(ms.min(i32::MAX as u32)));
    let limit = Timespec::try_from(wait).unwrap_or_default();
    match poll(&mut [PollFd::new(&fd, readiness)], Some(&limit)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
