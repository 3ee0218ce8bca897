//! One service for many TCP clients.

use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use serialtalk::{LinkError as Ended, Service};

use super::client::{Gone, Stream, Wish};
use super::clients::{Admission, Clients};
use super::server::{Server, say_who_can_connect};
use super::{TcpServer, is_awaited};
use crate::running::Spawn;
use crate::{LinkError, OpenError};

/// Serves clients that keep their connection as well as those that open one for every call, as Python's
/// `ClientSocketSerial` does. All clients share the service; their commands are run one after the other. Made by
/// [`serve`](super::serve) and [`Server::listen`].
///
/// Its text says where it listens and for whom.
#[derive(Debug)]
pub struct TcpService<S> {
    listener: TcpListener,
    address: SocketAddr,
    clients: Clients<TcpStream>,
    service: S,
}

impl<S> TcpService<S> {
    pub(super) fn bind(server: Server<S>, address: &str) -> Result<Self, OpenError> {
        let TcpServer { listener, address } = TcpServer::bind(address)?;
        let Server { service, limits } = server;
        Ok(Self { listener, address, clients: Clients::new(limits), service })
    }

    /// The address to which clients connect.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// How many clients are connected, as far as is known.
    pub fn clients(&self) -> usize {
        self.clients.len()
    }

    /// The service.
    pub fn service(&self) -> &S {
        &self.service
    }

    /// The service.
    pub fn service_mut(&mut self) -> &mut S {
        &mut self.service
    }
}

impl<S: Service> TcpService<S> {
    /// Serves at most one command of each client, and accepts new ones. Waits at most `wait_ms` milliseconds if there is
    /// nothing to do. Returns whether there was.
    ///
    /// # Errors
    ///
    /// Returns an error if the listening socket fails. Nothing that a client does is one, nor is a lack of descriptors.
    pub fn process_within(&mut self, wait_ms: u32) -> Result<bool, LinkError> {
        if self.turn()? {
            return Ok(true);
        }
        self.wait(wait_ms);
        self.turn()
    }

    /// Serves until the listening socket fails. Never returns `Ok`.
    ///
    /// # Errors
    ///
    /// Returns the error of the listening socket.
    pub fn run(&mut self) -> Result<(), LinkError> {
        loop {
            self.process_within(u32::MAX)?;
        }
    }

    fn turn(&mut self) -> Result<bool, LinkError> {
        let mut was_busy = false;
        let mut index = 0;
        while let Some((client, limits)) = self.clients.at(index) {
            index += 1;
            match client.advance(limits) {
                Ok(Wish::Nothing) => continue,
                Ok(Wish::Serve(command)) => client.serve(command, &mut self.service),
                Err(Gone) => {
                    index -= 1;
                    self.clients.remove(index);
                }
            }
            was_busy = true;
        }
        // After the others, so that everyone who was let in has had a turn before having to leave.
        let accepted = self.accept();
        let has_accepted = accepted.map_err(|error| LinkError::from_io(&self.address.to_string(), &error))?;
        Ok(was_busy || has_accepted)
    }

    /// Lets in those who wait for it, and tells whether someone did.
    fn accept(&mut self) -> io::Result<bool> {
        let mut was_busy = false;
        for _ in 0..self.clients.attempts() {
            let accepted = self.listener.accept().and_then(|(stream, _)| set_up(stream));
            match self.clients.admit(accepted, || is_awaited(&self.listener))? {
                Admission::Next => was_busy = true,
                Admission::Enough => return Ok(true),
                Admission::Closed => break,
            }
        }
        Ok(was_busy)
    }

    /// Waits until there may be something to do; may end early.
    fn wait(&self, wait_ms: u32) {
        let wait = Duration::from_millis(wait_ms.into());
        let due = self.clients.due().map_or(wait, |due| due.saturating_duration_since(Instant::now()));
        // Rounded up, so that it does not end again and again just before its time.
        let ms = u32::try_from(wait.min(due).as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX);
        #[cfg(unix)]
        let waited = self.wait_for_sockets(ms);
        // The standard library cannot wait for several sockets, so the wait is short.
        #[cfg(not(unix))]
        let waited: io::Result<bool> = Err(io::ErrorKind::Unsupported.into());
        if waited.is_err() {
            std::thread::sleep(Duration::from_millis(ms.min(2).into()));
        }
    }

    #[cfg(unix)]
    fn wait_for_sockets(&self, ms: u32) -> io::Result<bool> {
        use rustix::event::PollFlags;
        use std::os::fd::AsFd;
        let clients = self.clients.iter().map(|client| {
            let flags = if client.is_stuck() { PollFlags::OUT } else { PollFlags::IN };
            (client.stream.as_fd(), flags)
        });
        let listener = (self.clients.attempts() > 0).then(|| (self.listener.as_fd(), PollFlags::IN));
        crate::readiness::wait_for_any(clients.chain(listener), ms)
    }
}

impl<S: Service + Send + 'static> Spawn for TcpService<S> {
    type Error = LinkError;

    fn serve_for(&mut self, wait_ms: u32) -> Result<(), Ended<LinkError>> {
        self.process_within(wait_ms).map(drop).map_err(Ended::Failed)
    }
}

impl<S> fmt::Display for TcpService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        say_who_can_connect(f, self.address)
    }
}

impl Stream for TcpStream {
    fn read_now(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut stream = self;
        stream.read(buffer)
    }

    fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut stream = self;
        stream.write(bytes)
    }
}

fn set_up(stream: TcpStream) -> io::Result<TcpStream> {
    // What fails here is the fault of one connection.
    let gone = |_| io::Error::from(io::ErrorKind::ConnectionAborted);
    stream.set_nonblocking(true).map_err(gone)?;
    stream.set_nodelay(true).map_err(gone)?;
    Ok(stream)
}
