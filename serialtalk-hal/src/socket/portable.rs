//! Reads and writes of a socket that do not wait, where no flag of the call says so: Windows.

use core::borrow::Borrow;
use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::TcpStream;

/// Reads what has arrived.
pub(super) fn read_now(socket: &impl Borrow<TcpStream>, buffer: &mut [u8]) -> io::Result<usize> {
    without_waiting(socket, |mut socket| socket.read(buffer))
}

/// Tells what [`read_now`] would, for one byte, and leaves it there.
pub(super) fn look_now(socket: &impl Borrow<TcpStream>) -> io::Result<usize> {
    without_waiting(socket, |socket| socket.peek(&mut [0]))
}

/// Writes what there is room for.
pub(super) fn write_now(socket: &impl Borrow<TcpStream>, bytes: &[u8]) -> io::Result<usize> {
    without_waiting(socket, |mut socket| socket.write(bytes))
}

/// Waits for a millisecond if `ms` is not 0: the standard library cannot tell whether there is room.
pub(super) fn wait_for_room(_socket: &impl Borrow<TcpStream>, ms: u32) -> io::Result<()> {
    std::thread::sleep(Duration::from_millis(ms.min(1).into()));
    Ok(())
}

fn without_waiting(
    socket: &impl Borrow<TcpStream>,
    act: impl FnOnce(&TcpStream) -> io::Result<usize>,
) -> io::Result<usize> {
    let socket = socket.borrow();
    socket.set_nonblocking(true)?;
    let outcome = act(socket);
    socket.set_nonblocking(false)?;
    outcome
}
