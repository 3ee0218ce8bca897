//! TCP under tokio.

mod service;

use core::future::{pending, poll_fn};
use core::net::SocketAddr;
use core::task::Poll;
use core::time::Duration;
use std::io;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::ReadBuf;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs, lookup_host};
use tokio::time::timeout;

pub use self::service::{AsyncTcpService, serve_tcp};
use super::AsyncLink;
use super::{SerialTalk, over};
use crate::connection::{Connection, Renewal};
use crate::tcp::gave_up;
use crate::{LinkError, OpenError, WRITE_TIMEOUT_MS};

/// Connects to a server, ready to call and to serve.
///
/// # Errors
///
/// [`OpenError::Refused`] if no server listens there, [`OpenError::Io`] if the name has no address.
pub async fn connect_tcp(
    address: impl ToSocketAddrs + core::fmt::Display,
) -> Result<SerialTalk<AsyncTcpLink>, OpenError> {
    let link = AsyncTcpLink::connect(address).await?;
    let name = link.name().to_owned();
    Ok(over(link, name))
}

/// A TCP connection, async: the client's end, or one that an [`AsyncTcpServer`] accepted.
#[derive(Debug)]
pub struct AsyncTcpLink {
    stream: Option<AsyncLink<TcpStream>>,
    addresses: Vec<SocketAddr>,
    name: String,
    connection: Connection,
    write_timeout_ms: u32,
}

impl AsyncTcpLink {
    /// Connects to a server, waiting at most a second for each of its addresses.
    ///
    /// # Errors
    ///
    /// [`OpenError::Refused`] if no server listens there, [`OpenError::Io`] if the name has no address.
    pub async fn connect(address: impl ToSocketAddrs + core::fmt::Display) -> Result<Self, OpenError> {
        let name = address.to_string();
        let open = async || {
            let addresses: Vec<SocketAddr> = lookup_host(address).await?.collect();
            let stream = connect(&addresses, &name, WRITE_TIMEOUT_MS).await?;
            Ok((addresses, stream))
        };
        let (addresses, stream) = open().await.map_err(|error| OpenError::from_io(&name, &error))?;
        Ok(Self::over(stream, addresses, name))
    }

    /// Makes the link open a new connection for the next frame if the server has closed the old one.
    ///
    /// A server that goes away instead of answering ends the input all the same; the next frame reconnects.
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

    /// How long a write may wait for room, and connecting for an answer, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms;
        if let Some(stream) = &mut self.stream {
            stream.set_write_timeout_ms(ms);
        }
    }

    /// The address of the other end, as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is a connection that the other end has not closed, as far as is known here.
    pub async fn is_connected(&self) -> bool {
        let Some(AsyncLink { stream, .. }) = &self.stream else { return false };
        let mut byte = [0];
        let mut byte = ReadBuf::new(&mut byte);
        let peeked = poll_fn(|context| Poll::Ready(stream.device.poll_peek(context, &mut byte))).await;
        !stream.backlog.is_empty() || !matches!(peeked, Poll::Ready(Ok(0) | Err(_)))
    }

    fn over(stream: AsyncLink<TcpStream>, addresses: Vec<SocketAddr>, name: String) -> Self {
        let connection = Connection::new(Renewal::Never);
        Self { stream: Some(stream), addresses, name, connection, write_timeout_ms: WRITE_TIMEOUT_MS }
    }

    async fn connect_again(&mut self) -> Result<(), LinkError> {
        self.stream = None;
        let stream = connect(&self.addresses, &self.name, self.write_timeout_ms)
            .await
            .map_err(|error| LinkError::from_io(&self.name, &error))?;
        self.stream = Some(stream);
        self.connection.opened();
        Ok(())
    }

    async fn write_now(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match &mut self.stream {
            Some(stream) => stream.write(bytes).await,
            None => Err(LinkError::unplugged(&self.name)),
        }
    }
}

impl ErrorType for AsyncTcpLink {
    type Error = LinkError;
}

impl Read for AsyncTcpLink {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let outcome = match &mut self.stream {
            Some(stream) => stream.read(buffer).await,
            None => Ok(0),
        };
        match outcome {
            Ok(1..) => self.connection.received(),
            Ok(0) | Err(LinkError::Unplugged { .. }) if self.connection.may_end() && !buffer.is_empty() => {
                self.stream = None;
                // Nothing can arrive before the next frame is sent, and this future is dropped for that.
                return pending().await;
            }
            _ => {}
        }
        outcome
    }
}

impl Write for AsyncTcpLink {
    /// Dropping the future early sends nothing; a connection that it was opening may be lost.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let closed = self.connection.needs_renewal(|| true) && !self.is_connected().await;
        if self.connection.needs_renewal(|| closed) {
            self.connect_again().await?;
        }
        let outcome = match self.write_now(bytes).await {
            Err(LinkError::Unplugged { .. }) if self.connection.needs_renewal(|| true) => {
                self.connect_again().await?;
                self.write_now(bytes).await
            }
            outcome => outcome,
        };
        self.connection.sent();
        outcome
    }

    /// Does nothing: nothing is kept back on this side.
    async fn flush(&mut self) -> Result<(), LinkError> {
        self.connection.flushed();
        Ok(())
    }
}

/// Waits for TCP clients, async.
#[derive(Debug)]
pub struct AsyncTcpServer {
    listener: TcpListener,
    address: SocketAddr,
}

impl AsyncTcpServer {
    /// Listens on an address; port 0 takes a free one, which [`local_addr`](Self::local_addr) tells.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`] if the address is not of this machine or is taken.
    pub async fn bind(address: impl ToSocketAddrs + core::fmt::Display) -> Result<Self, OpenError> {
        let name = address.to_string();
        let open = async || {
            let listener = TcpListener::bind(address).await?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        open().await.map_err(|error: io::Error| OpenError::from_io(&name, &error))
    }

    /// The address that clients connect to.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The next client. Dropping the future loses none.
    ///
    /// # Errors
    ///
    /// [`LinkError::Io`], as when this program has no descriptor left; a client that gave up meanwhile is none.
    pub async fn accept(&mut self) -> Result<AsyncTcpLink, LinkError> {
        loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => {
                    let name = peer.to_string();
                    let Ok(stream) = set_up(stream, &name, WRITE_TIMEOUT_MS) else { continue };
                    return Ok(AsyncTcpLink::over(stream, Vec::new(), name));
                }
                Err(error) if gave_up(&error) => {}
                Err(error) => return Err(LinkError::from_io(&self.address.to_string(), &error)),
            }
        }
    }
}

async fn connect(addresses: &[SocketAddr], name: &str, timeout_ms: u32) -> io::Result<AsyncLink<TcpStream>> {
    let limit = Duration::from_millis(timeout_ms.into());
    let mut last = io::Error::new(io::ErrorKind::AddrNotAvailable, "the name has no address");
    for address in addresses {
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return set_up(stream, name, timeout_ms),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::Error::new(io::ErrorKind::TimedOut, "the server does not answer"),
        }
    }
    Err(last)
}

fn set_up(stream: TcpStream, name: &str, timeout_ms: u32) -> io::Result<AsyncLink<TcpStream>> {
    stream.set_nodelay(true)?;
    let mut link = AsyncLink::new(stream, name);
    link.set_write_timeout_ms(timeout_ms);
    Ok(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn small_packets_are_not_held_back() {
        let mut server = AsyncTcpServer::bind("127.0.0.1:0").await.unwrap();
        let client = AsyncTcpLink::connect(server.local_addr()).await.unwrap();
        for link in [client, server.accept().await.unwrap()] {
            assert!(link.stream.unwrap().stream.device.nodelay().unwrap());
        }
    }
}
