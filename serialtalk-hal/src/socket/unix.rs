//! Reads and writes of a socket that do not wait, on a Unix, where a flag of the call says so.

use std::io;
use std::os::fd::AsFd;

use rustix::event::PollFlags;
use rustix::net::{RecvFlags, SendFlags, recv, send};

/// Reads what has arrived.
pub(super) fn read_now(socket: impl AsFd, buffer: &mut [u8]) -> io::Result<usize> {
    let (count, _) = recv(socket, buffer, RecvFlags::DONTWAIT)?;
    Ok(count)
}

/// Tells what [`read_now`] would, for one byte, and leaves it there.
pub(super) fn look_now(socket: impl AsFd) -> io::Result<usize> {
    let (count, _) = recv(socket, &mut [0], RecvFlags::DONTWAIT | RecvFlags::PEEK)?;
    Ok(count)
}

/// Writes what there is room for.
pub(super) fn write_now(socket: impl AsFd, bytes: &[u8]) -> io::Result<usize> {
    // Where the flag is missing, the standard library has set the same as an option of the socket.
    #[cfg(not(target_vendor = "apple"))]
    let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
    #[cfg(target_vendor = "apple")]
    let flags = SendFlags::DONTWAIT;
    Ok(send(socket, bytes, flags)?)
}

/// Waits until there is room for a write, at most for `ms`. May end early.
pub(super) fn wait_for_room(socket: impl AsFd, ms: u32) -> io::Result<()> {
    crate::readiness::wait_for(socket, PollFlags::OUT, ms)?;
    Ok(())
}
