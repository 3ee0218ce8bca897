//! Links over connected sockets of the operating system.

use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;

use serialtalk::link::{Link, Received};

use crate::interruption::Interruption;
use crate::{Interrupter, Interruptible, LinkError, WRITE_TIMEOUT_MS};

/// A connected stream socket.
///
/// Reads and writes are one system call each; reads wait by the socket's own time-out, writes are bounded. When the other
/// end closes, what it sent before is still read, followed by [`Received::Closed`].
#[derive(Debug)]
pub struct SocketLink<S: Socket> {
    socket: S,
    name: String,
    read_wait_ms: u32,
    write_timeout_ms: u32,
    interruption: Interruption,
}

/// The sockets that [`SocketLink`] knows: [`TcpStream`] and, on a Unix, `UnixStream`.
pub trait Socket: sealed::Socket {}

impl Socket for TcpStream {}

#[cfg(unix)]
impl Socket for UnixStream {}

/// Two ends of one connection within this program.
///
/// # Errors
///
/// Returns the error of the operating system if it has no descriptor left.
#[cfg(unix)]
pub fn pair() -> io::Result<(SocketLink<UnixStream>, SocketLink<UnixStream>)> {
    let (a, b) = UnixStream::pair()?;
    Ok((SocketLink::new(a, "socket pair")?, SocketLink::new(b, "socket pair")?))
}

/// Reads wait for at most this long at a time, so that the limit, which costs a system call, need hardly ever change.
const LONGEST_WAIT_MS: u32 = 50;

impl<S: Socket> SocketLink<S> {
    /// Takes over a connected socket. `name` is its name in errors.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system if the socket cannot be configured.
    pub fn new(socket: S, name: impl Into<String>) -> io::Result<Self> {
        socket.set_nonblocking(false)?;
        socket.set_read_timeout(Some(Duration::from_millis(LONGEST_WAIT_MS.into())))?;
        let mut link = Self {
            socket,
            name: name.into(),
            read_wait_ms: LONGEST_WAIT_MS,
            write_timeout_ms: 0,
            interruption: Interruption::default(),
        };
        link.set_write_timeout_ms(WRITE_TIMEOUT_MS)?;
        Ok(link)
    }

    /// How long a write may wait for room, in milliseconds, at least 1; 1000 by default.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system.
    pub fn set_write_timeout_ms(&mut self, ms: u32) -> io::Result<()> {
        self.write_timeout_ms = ms.max(1);
        self.socket.set_write_timeout(Some(Duration::from_millis(self.write_timeout_ms.into())))
    }

    /// The socket, as for its addresses.
    pub fn get_ref(&self) -> &S {
        &self.socket
    }

    /// The name of this link in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes the waits of this link end when those of `interruption` do.
    pub(crate) fn set_interruption(&mut self, interruption: Interruption) {
        self.interruption = interruption;
    }

    /// Whether the other end has closed and all it sent has been read.
    pub(crate) fn is_closed(&self) -> bool {
        let peeked = self.socket.look_now();
        matches!(peeked, Ok(0)) || peeked.is_err_and(|error| !nothing_there(&error))
    }

    /// Sets the longest wait of a read; shorter ones than asked for are left as they are, since reads may end early.
    fn limit_reads(&mut self, wait_ms: u32) -> io::Result<()> {
        let ms = wait_ms.min(LONGEST_WAIT_MS);
        if ms < self.read_wait_ms || (ms > self.read_wait_ms && ms == LONGEST_WAIT_MS) {
            self.socket.set_read_timeout(Some(Duration::from_millis(ms.into())))?;
            self.read_wait_ms = ms;
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<usize> {
        if wait_ms == 0 {
            return self.socket.read_now(buffer);
        }
        #[cfg(unix)]
        if self.interruption.is_used() {
            self.interruption.wait_for_bytes(&self.socket, wait_ms)?;
            return self.socket.read_now(buffer);
        }
        #[cfg(not(unix))]
        let wait_ms = self.interruption.limit(wait_ms);
        self.limit_reads(wait_ms)?;
        self.socket.read(buffer)
    }
}

impl<S: Socket> Link for SocketLink<S> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.read(buffer, wait_ms) {
            Ok(0) => Ok(Received::Closed),
            Ok(count) => Ok(Received::Bytes(count)),
            Err(error) if nothing_there(&error) => Ok(Received::Nothing),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        loop {
            match self.socket.write(bytes) {
                Ok(0) => return Err(LinkError::unplugged(&self.name)),
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if nothing_there(&error) => {
                    return Err(LinkError::write_timeout(&self.name, self.write_timeout_ms));
                }
                Err(error) => return Err(LinkError::from_io(&self.name, &error)),
            }
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl<S: Socket> Interruptible for SocketLink<S> {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.interruption.interrupter()
    }
}

/// Whether the error reports an expired time-out; the kind depends on the operating system.
fn nothing_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

mod sealed {
    #[cfg(unix)]
    use std::os::fd::AsFd as Descriptor;

    use super::*;

    /// What can be waited for beside other things; only a Unix knows such.
    #[cfg(not(unix))]
    pub trait Descriptor {}

    #[cfg(not(unix))]
    impl<T> Descriptor for T {}

    /// The operations that the sockets share, and reads that do not wait.
    #[allow(unnameable_types, reason = "so that no other type can be a socket")]
    pub trait Socket: Read + Write + Descriptor + core::fmt::Debug {
        fn set_nonblocking(&self, on: bool) -> io::Result<()>;
        fn set_read_timeout(&self, wait: Option<Duration>) -> io::Result<()>;
        fn set_write_timeout(&self, wait: Option<Duration>) -> io::Result<()>;

        /// Reads what has arrived.
        fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize>;

        /// Tells what [`read_now`](Self::read_now) would, for one byte, and leaves it there.
        fn look_now(&self) -> io::Result<usize>;
    }

    impl Socket for TcpStream {
        fn set_nonblocking(&self, on: bool) -> io::Result<()> {
            self.set_nonblocking(on)
        }

        fn set_read_timeout(&self, wait: Option<Duration>) -> io::Result<()> {
            self.set_read_timeout(wait)
        }

        fn set_write_timeout(&self, wait: Option<Duration>) -> io::Result<()> {
            self.set_write_timeout(wait)
        }

        #[cfg(unix)]
        fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            receive_now(self, buffer, RecvFlags::empty())
        }

        #[cfg(unix)]
        fn look_now(&self) -> io::Result<usize> {
            receive_now(self, &mut [0], RecvFlags::PEEK)
        }

        #[cfg(not(unix))]
        fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            without_waiting(self, |mut socket| socket.read(buffer))
        }

        #[cfg(not(unix))]
        fn look_now(&self) -> io::Result<usize> {
            without_waiting(self, |socket| socket.peek(&mut [0]))
        }
    }

    #[cfg(unix)]
    impl Socket for UnixStream {
        fn set_nonblocking(&self, on: bool) -> io::Result<()> {
            self.set_nonblocking(on)
        }

        fn set_read_timeout(&self, wait: Option<Duration>) -> io::Result<()> {
            self.set_read_timeout(wait)
        }

        fn set_write_timeout(&self, wait: Option<Duration>) -> io::Result<()> {
            self.set_write_timeout(wait)
        }

        fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            receive_now(self, buffer, RecvFlags::empty())
        }

        fn look_now(&self) -> io::Result<usize> {
            receive_now(self, &mut [0], RecvFlags::PEEK)
        }
    }

    #[cfg(unix)]
    use rustix::net::RecvFlags;

    #[cfg(unix)]
    fn receive_now(socket: impl std::os::fd::AsFd, buffer: &mut [u8], flags: RecvFlags) -> io::Result<usize> {
        let (count, _) = rustix::net::recv(socket, buffer, flags | RecvFlags::DONTWAIT)?;
        Ok(count)
    }

    #[cfg(any(not(unix), test))]
    pub(super) fn without_waiting(
        socket: &TcpStream,
        act: impl FnOnce(&TcpStream) -> io::Result<usize>,
    ) -> io::Result<usize> {
        socket.set_nonblocking(true)?;
        let outcome = act(socket);
        socket.set_nonblocking(false)?;
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn link_and_peer() -> (SocketLink<TcpStream>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (SocketLink::new(listener.accept().unwrap().0, "test").unwrap(), peer)
    }

    #[test]
    fn the_limit_of_a_wait_changes_only_if_it_must() {
        let (mut link, _peer) = link_and_peer();
        for (wait_ms, limit) in [(1000, 50), (0, 50), (5, 5), (20, 5), (2, 2), (50, 50)] {
            assert_eq!(link.receive(&mut [0; 8], wait_ms), Ok(Received::Nothing));
            assert_eq!(link.read_wait_ms, limit, "after a wait of {wait_ms}");
        }
    }

    #[test]
    fn the_way_without_a_flag_does_not_wait_either() {
        let (link, mut peer) = link_and_peer();
        let read = |buffer: &mut [u8]| {
            sealed::without_waiting(&link.socket, |mut socket: &TcpStream| socket.read(buffer))
        };
        assert_eq!(read(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        peer.write_all(b"x").unwrap();
        while !link.socket.peek(&mut [0; 1]).is_ok_and(|count| count == 1) {}
        assert_eq!(read(&mut [0; 8]).unwrap(), 1);
        // The socket waits again as before.
        assert_eq!((&link.socket).read(&mut [0; 8]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        drop(peer);
        while !link.is_closed() {}
        assert_eq!(read(&mut [0; 8]).unwrap(), 0);
    }
}
