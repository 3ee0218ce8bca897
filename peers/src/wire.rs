use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::net::UnixStream;
use std::thread;

/// A socket that [`wire`] can connect with another one.
pub trait Wire: Read + Write + Send + Sized + 'static {
    /// Duplicates the handle, and removes the timeouts.
    fn split(&self) -> std::io::Result<Self>;

    /// Closes the connection, for every handle.
    fn close(&self);
}

impl Wire for UnixStream {
    fn split(&self) -> std::io::Result<Self> {
        self.set_nonblocking(false)?;
        self.set_read_timeout(None)?;
        self.try_clone()
    }

    fn close(&self) {
        self.shutdown(Shutdown::Both).ok();
    }
}

impl Wire for TcpStream {
    fn split(&self) -> std::io::Result<Self> {
        self.set_nodelay(true)?;
        self.set_nonblocking(false)?;
        self.set_read_timeout(None)?;
        self.try_clone()
    }

    fn close(&self) {
        self.shutdown(Shutdown::Both).ok();
    }
}

/// Forwards bytes between two sockets in both directions, until one of them closes.
///
/// # Panics
///
/// If the operating system has no descriptor left.
#[track_caller]
pub fn wire(a: impl Wire, b: impl Wire) {
    let split = a.split().and_then(|a| Ok((a, b.split()?)));
    let (from, to) = split.unwrap_or_else(|error| panic!("{error}"));
    forward(from, to);
    forward(b, a);
}

fn forward(mut from: impl Wire, mut to: impl Wire) {
    thread::spawn(move || {
        std::io::copy(&mut from, &mut to).ok();
        from.close();
        to.close();
    });
}
