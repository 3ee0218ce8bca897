//! TCP: clients, and servers that hand out one link for each connection.
//!
//! Small packets are sent at once (no Nagle delay). A peer that is gone without a word (power, cable) is noticed only when
//! the operating system gives up on it; until then calls end by their own time-outs.

pub(crate) mod client;
pub(crate) mod clients;
pub(crate) mod server;
mod service;

use core::net::SocketAddr;
use core::time::Duration;
use std::io;
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::fd::AsFd;

use serialtalk::link::{Link, Received};

use crate::connection::{Connection, Renewal};
use crate::deadline::Deadline;
use crate::interruption::Interruption;
use crate::socket::SocketLink;
use crate::{Interrupter, Interruptible, LinkError, OpenError, SerialTalk, WRITE_TIMEOUT_MS, over};

pub use self::server::{Server, serve};
pub use self::service::TcpService;

/// Connects to a server, ready to call and to serve.
///
/// # Errors
///
/// [`OpenError::Refused`] if no server listens there, [`OpenError::Io`] if the name has no address.
pub fn connect(address: impl ToSocketAddrs + core::fmt::Display) -> Result<SerialTalk<TcpLink>, OpenError> {
    let link = TcpLink::connect(address)?;
    let name = link.name().to_owned();
    Ok(over(link, name))
}

/// A TCP connection: the client's end, or one that a [`TcpServer`] accepted.
#[derive(Debug)]
pub struct TcpLink {
    socket: Option<SocketLink<TcpStream>>,
    addresses: Vec<SocketAddr>,
    name: String,
    connection: Connection,
    write_timeout_ms: u32,
    interruption: Interruption,
}

impl TcpLink {
    /// Connects to a server, waiting at most a second for each of its addresses.
    ///
    /// # Errors
    ///
    /// [`OpenError::Refused`] if no server listens there, [`OpenError::Io`] if the name has no address.
    pub fn connect(address: impl ToSocketAddrs + core::fmt::Display) -> Result<Self, OpenError> {
        let name = address.to_string();
        let connect = || {
            let addresses: Vec<SocketAddr> = address.to_socket_addrs()?.collect();
            let socket = open(&addresses, &name, WRITE_TIMEOUT_MS)?;
            Ok((addresses, socket))
        };
        let (addresses, socket) = connect().map_err(|error| OpenError::from_io(&name, &error))?;
        Ok(Self::over(socket, addresses, name))
    }

    /// Makes the link open a new connection for the next frame if the server has closed the old one.
    /// [`Reconnecting`](crate::Reconnecting) compares contracts and sets connections up as well.
    ///
    /// A server that goes away instead of answering is [`Received::Closed`] all the same; the next frame reconnects.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        self.connection = Connection::new(Renewal::IfClosed);
        self
    }

    /// Uses a connection of its own for each frame sent, as Python's `ClientSocketSerial` does. Servers that accept,
    /// handle one command and accept again need this. Not for links on which both sides call, and a session of the checked
    /// link does not last over several connections: make the endpoint `plain()`.
    #[must_use]
    pub fn one_connection_per_call(mut self) -> Self {
        self.connection = Connection::new(Renewal::EachFrame);
        self
    }

    /// How long a write may wait for room, and connecting for an answer, in milliseconds, at least 1; 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms.max(1);
        if let Some(socket) = &mut self.socket {
            socket.set_write_timeout_ms(self.write_timeout_ms);
        }
    }

    /// The address of the other end, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is a connection that the other end has not closed, as far as is known here.
    pub fn is_connected(&self) -> bool {
        self.socket.as_ref().is_some_and(|socket| !socket.is_closed())
    }

    fn over(socket: SocketLink<TcpStream>, addresses: Vec<SocketAddr>, name: String) -> Self {
        Self {
            socket: Some(socket),
            addresses,
            name,
            connection: Connection::new(Renewal::Never),
            write_timeout_ms: WRITE_TIMEOUT_MS,
            interruption: Interruption::default(),
        }
    }

    fn connect_again(&mut self) -> Result<(), LinkError> {
        self.socket = None;
        let mut socket = open(&self.addresses, &self.name, self.write_timeout_ms)
            .map_err(|error| LinkError::from_io(&self.name, &error))?;
        socket.set_interruption(self.interruption.clone());
        self.socket = Some(socket);
        self.connection.opened();
        Ok(())
    }

    fn send_now(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match &mut self.socket {
            Some(socket) => socket.send(bytes),
            None => Err(LinkError::unplugged(&self.name)),
        }
    }
}

impl Link for TcpLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        let outcome = match &mut self.socket {
            Some(socket) => socket.receive(buffer, wait_ms),
            None => Ok(Received::Closed),
        };
        match outcome {
            Ok(Received::Bytes(count)) => {
                self.connection.received();
                Ok(Received::Bytes(count))
            }
            Ok(Received::Closed) | Err(LinkError::Unplugged { .. }) if self.connection.may_end() => {
                self.socket = None;
                // Nothing can arrive before the next frame is sent.
                std::thread::sleep(Duration::from_millis(wait_ms.min(5).into()));
                Ok(Received::Nothing)
            }
            outcome => outcome,
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        if self.connection.needs_renewal(|| !self.is_connected()) {
            self.connect_again()?;
        }
        let outcome = match self.send_now(bytes) {
            Err(LinkError::Unplugged { .. }) if self.connection.needs_renewal(|| true) => {
                self.connect_again()?;
                self.send_now(bytes)
            }
            outcome => outcome,
        };
        self.connection.sent();
        outcome
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.connection.flushed();
        Ok(())
    }
}

impl Interruptible for TcpLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        let interrupter = self.interruption.interrupter()?;
        if let Some(socket) = &mut self.socket {
            socket.set_interruption(self.interruption.clone());
        }
        Ok(interrupter)
    }
}

/// Waits for TCP clients.
#[derive(Debug)]
pub struct TcpServer {
    listener: TcpListener,
    address: SocketAddr,
}

impl TcpServer {
    /// Listens on an address; port 0 takes a free one, which [`local_addr`](Self::local_addr) tells.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`] if the address is not of this machine or is taken.
    pub fn bind(address: impl ToSocketAddrs + core::fmt::Display) -> Result<Self, OpenError> {
        let open = || {
            let listener = TcpListener::bind(&address)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        open().map_err(|error: io::Error| OpenError::from_io(&address.to_string(), &error))
    }

    /// The address that clients connect to.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The next client, waited for at most `wait_ms` milliseconds; `None` if none connected.
    ///
    /// # Errors
    ///
    /// [`LinkError::Io`], as when this program has no descriptor left; a client that gave up meanwhile is none.
    pub fn accept(&mut self, wait_ms: u32) -> Result<Option<TcpLink>, LinkError> {
        let fail = |error: io::Error| LinkError::from_io(&self.address.to_string(), &error);
        let deadline = Deadline::in_ms(wait_ms);
        loop {
            match self.listener.accept() {
                Ok((stream, peer)) => {
                    let name = peer.to_string();
                    let Ok(socket) = set_up(stream, &name, WRITE_TIMEOUT_MS) else { continue };
                    return Ok(Some(TcpLink::over(socket, Vec::new(), name)));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if gave_up(&error) => continue,
                Err(error) => return Err(fail(error)),
            }
            let Some(left_ms) = deadline.left_ms() else { return Ok(None) };
            self.wait_for_client(left_ms).map_err(fail)?;
        }
    }

    #[cfg(unix)]
    fn wait_for_client(&self, ms: u32) -> io::Result<()> {
        crate::readiness::wait_for(&self.listener, rustix::event::PollFlags::IN, ms)?;
        Ok(())
    }

    /// The standard library cannot wait for a client with a limit in time, so this looks again soon.
    #[cfg(not(unix))]
    fn wait_for_client(&self, ms: u32) -> io::Result<()> {
        std::thread::sleep(Duration::from_millis(ms.min(5).into()));
        Ok(())
    }
}

pub(crate) fn gave_up(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::ConnectionAborted | K::ConnectionReset | K::Interrupted)
}

/// Whether somebody waits to be accepted; `true` where that cannot be told.
#[cfg(unix)]
pub(crate) fn is_awaited(listener: impl AsFd) -> bool {
    crate::readiness::wait_for(listener, rustix::event::PollFlags::IN, 0).unwrap_or(true)
}

#[cfg(not(unix))]
pub(crate) fn is_awaited<T>(_listener: T) -> bool {
    true
}

fn open(addresses: &[SocketAddr], name: &str, timeout_ms: u32) -> io::Result<SocketLink<TcpStream>> {
    let mut last = io::Error::new(io::ErrorKind::AddrNotAvailable, "the name has no address");
    for address in addresses {
        match TcpStream::connect_timeout(address, Duration::from_millis(timeout_ms.into())) {
            Ok(stream) => return set_up(stream, name, timeout_ms),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn set_up(stream: TcpStream, name: &str, timeout_ms: u32) -> io::Result<SocketLink<TcpStream>> {
    stream.set_nodelay(true)?;
    let mut socket = SocketLink::new(stream, name)?;
    socket.set_write_timeout_ms(timeout_ms);
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_packets_are_not_held_back() {
        let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
        let client = TcpLink::connect(server.local_addr()).unwrap();
        let accepted = server.accept(60_000).unwrap().unwrap();
        for link in [client, accepted] {
            assert!(link.socket.unwrap().get_ref().nodelay().unwrap());
        }
    }
}
