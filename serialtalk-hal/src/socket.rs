//! Links over connected sockets of the operating system.

#[cfg(any(not(unix), test))]
mod portable;
#[cfg(unix)]
mod unix;

use core::time::Duration;
use std::io::{self, Read};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;

use serialtalk::link::{Link, Received};

#[cfg(not(unix))]
use self::portable as system;
#[cfg(unix)]
use self::unix as system;
use crate::duplex::{Device, Duplex};
use crate::interruption::Interruption;
use crate::{Interrupter, Interruptible, LinkError, WRITE_TIMEOUT_MS};

/// A connected stream socket.
///
/// Reads wait by the socket's own time-out, writes are bounded. When the other end closes, what it sent before is still read,
/// followed by [`Received::Closed`].
#[derive(Debug)]
pub struct SocketLink<S: Socket> {
    socket: Duplex<TimedReads<S>>,
    name: String,
    write_timeout_ms: u32,
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
        let socket = Duplex::new(TimedReads {
            socket,
            wait_ms: LONGEST_WAIT_MS,
            interruption: Interruption::default(),
        });
        Ok(Self { socket, name: name.into(), write_timeout_ms: WRITE_TIMEOUT_MS })
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms;
    }

    /// The socket, as for its addresses.
    pub fn get_ref(&self) -> &S {
        &self.socket.device.socket
    }

    /// The name of this link in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes the waits of this link end when those of `interruption` do.
    pub(crate) fn set_interruption(&mut self, interruption: Interruption) {
        self.socket.device.interruption = interruption;
    }

    /// Whether the other end has closed and all it sent has been read.
    pub(crate) fn is_closed(&self) -> bool {
        let peeked = unless_busy(system::look_now(self.get_ref()));
        self.socket.backlog.is_empty() && matches!(peeked, Ok(Some(0)) | Err(_))
    }
}

impl<S: Socket> Link for SocketLink<S> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.socket.receive(buffer, wait_ms) {
            Ok(None) => Ok(Received::Nothing),
            Ok(Some(0)) => Ok(Received::Closed),
            Ok(Some(count)) => Ok(Received::Bytes(count)),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.socket.send(bytes, self.write_timeout_ms) {
            Ok(Some(count)) => Ok(count),
            Ok(None) => Err(LinkError::write_timeout(&self.name, self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl<S: Socket> Interruptible for SocketLink<S> {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.socket.device.interruption.interrupter()
    }
}

/// A socket whose reads wait by its own time-out.
#[derive(Debug)]
struct TimedReads<S> {
    socket: S,
    /// The time-out.
    wait_ms: u32,
    interruption: Interruption,
}

impl<S: Socket> TimedReads<S> {
    /// Sets the longest wait of a read; shorter ones than asked for are left as they are, since reads may end early.
    fn limit_reads(&mut self, wait_ms: u32) -> io::Result<()> {
        let ms = wait_ms.min(LONGEST_WAIT_MS);
        if ms < self.wait_ms || (ms > self.wait_ms && ms == LONGEST_WAIT_MS) {
            self.socket.set_read_timeout(Some(Duration::from_millis(ms.into())))?;
            self.wait_ms = ms;
        }
        Ok(())
    }

    fn write_now(&mut self, bytes: &[u8]) -> io::Result<Option<usize>> {
        Ok(unless_busy(system::write_now(&self.socket, bytes))?.filter(|count| *count > 0))
    }
}

impl<S: Socket> Device for TimedReads<S> {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        if wait_ms == 0 {
            return unless_busy(system::read_now(&self.socket, buffer));
        }
        #[cfg(unix)]
        if self.interruption.is_used() {
            if !self.interruption.wait_for_bytes(&self.socket, wait_ms)? {
                return Ok(None);
            }
            return unless_busy(system::read_now(&self.socket, buffer));
        }
        #[cfg(not(unix))]
        let wait_ms = self.interruption.limit(wait_ms);
        self.limit_reads(wait_ms)?;
        unless_busy(self.socket.read(buffer))
    }

    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
        let sent = self.write_now(bytes)?;
        if sent.is_some() || wait_ms == 0 {
            return Ok(sent);
        }
        system::wait_for_room(&self.socket, wait_ms)?;
        self.write_now(bytes)
    }
}

/// `None` if the time-out has expired; the kind of that error depends on the operating system.
fn unless_busy(outcome: io::Result<usize>) -> io::Result<Option<usize>> {
    use io::ErrorKind as K;
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(error) if matches!(error.kind(), K::WouldBlock | K::TimedOut | K::Interrupted) => Ok(None),
        Err(error) => Err(error),
    }
}

mod sealed {
    use super::*;

    /// What the sockets have in common.
    #[allow(unnameable_types, reason = "so that no other type can be a socket")]
    pub trait Socket: Handle + Read + core::fmt::Debug {
        fn set_nonblocking(&self, on: bool) -> io::Result<()>;
        fn set_read_timeout(&self, wait: Option<Duration>) -> io::Result<()>;
    }

    /// What the operating system knows a socket by.
    #[cfg(not(unix))]
    #[allow(unnameable_types, reason = "so that no other type can be a socket")]
    pub trait Handle: core::borrow::Borrow<TcpStream> {}

    #[cfg(not(unix))]
    impl Handle for TcpStream {}

    #[cfg(unix)]
    use std::os::fd::AsFd as Handle;

    impl Socket for TcpStream {
        fn set_nonblocking(&self, on: bool) -> io::Result<()> {
            self.set_nonblocking(on)
        }

        fn set_read_timeout(&self, wait: Option<Duration>) -> io::Result<()> {
            self.set_read_timeout(wait)
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
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::time::Instant;

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
            assert_eq!(link.socket.device.wait_ms, limit, "after a wait of {wait_ms}");
        }
    }

    #[test]
    fn the_way_without_a_flag_does_not_wait_either() {
        let (link, mut peer) = link_and_peer();
        let socket = link.get_ref();
        let is_busy = |outcome: io::Result<usize>| outcome.unwrap_err().kind() == io::ErrorKind::WouldBlock;
        assert!(is_busy(portable::read_now(socket, &mut [0; 8])));
        assert!(is_busy(portable::look_now(socket)));
        peer.write_all(b"x").unwrap();
        while portable::look_now(socket).is_err() {}
        assert_eq!(portable::read_now(socket, &mut [0; 8]).unwrap(), 1);
        while portable::write_now(socket, &[7; 4096]).is_ok_and(|count| count > 0) {}
        assert!(is_busy(portable::write_now(socket, b"x")));
        portable::wait_for_room(socket, 5).unwrap();
        // The socket waits again as before.
        let start = Instant::now();
        assert!(is_busy((&*socket).read(&mut [0; 8])));
        assert!(start.elapsed() >= Duration::from_millis(LONGEST_WAIT_MS.into()) / 2);
        drop(peer);
        while !link.is_closed() {}
    }
}
