//! One service for many TCP clients, async.

use core::fmt;
use core::future::poll_fn;
use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;

use serialtalk::{AsyncService, CommandTable};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::yield_now;
use tokio::time::{Instant, timeout_at};

use super::AsyncTcpServer;
use crate::tcp::client::{Gone, Stream, Wish};
use crate::tcp::clients::{Admission, Clients};
use crate::tcp::server::{say_who_can_connect, with_host};
use crate::tcp::{Server, is_awaited};
use crate::{LinkError, OpenError};

/// Serves many clients, async: what [`TcpService`](crate::tcp::TcpService) is to a program that blocks. Made by
/// [`serve_tcp`] and [`Server::listen_async`].
///
/// All clients share the service; their commands are run one after the other, also those that wait for something. Its text
/// says where it listens and for whom.
#[derive(Debug)]
pub struct AsyncTcpService<S> {
    listener: TcpListener,
    address: SocketAddr,
    /// What the listener had for us when it was waited for.
    arrived: Option<io::Result<TcpStream>>,
    clients: Clients<TcpStream>,
    service: S,
}

/// Listens on an address, for up to 64 clients; [`Server`] has settings.
///
/// What [`tcp::serve`](crate::tcp::serve) says of addresses holds here, too: a port alone is for programs on this machine
/// only.
///
/// # Errors
///
/// Returns [`OpenError::Io`] if the address does not belong to this machine or is in use.
pub async fn serve_tcp<S: CommandTable>(
    address: impl fmt::Display,
    service: S,
) -> Result<AsyncTcpService<S>, OpenError> {
    Server::new(service).listen_async(address).await
}

impl<S: CommandTable> Server<S> {
    /// Listens on an address, as [`serve_tcp`] does.
    ///
    /// # Errors
    ///
    /// Returns [`OpenError::Io`] if the address does not belong to this machine or is in use.
    pub async fn listen_async(self, address: impl fmt::Display) -> Result<AsyncTcpService<S>, OpenError> {
        let AsyncTcpServer { listener, address } = AsyncTcpServer::bind(with_host(address)).await?;
        let Self { service, limits } = self;
        Ok(AsyncTcpService { listener, address, arrived: None, clients: Clients::new(limits), service })
    }
}

impl<S> AsyncTcpService<S> {
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

impl<S: AsyncService> AsyncTcpService<S> {
    /// Waits until there is something to do, then serves at most one command of each client and accepts new ones.
    ///
    /// Dropping this future loses no byte, but may leave a handler half done, whose client gets no reply.
    ///
    /// # Errors
    ///
    /// Returns an error if the listening socket fails. Nothing that a client does is one, nor is a lack of descriptors.
    pub async fn process(&mut self) -> Result<(), LinkError> {
        while !self.turn().await? {
            self.wait().await;
        }
        // However much there is to do: other tasks get their turn, and the runtime notices what else has arrived.
        yield_now().await;
        Ok(())
    }

    /// Serves until the listening socket fails. Never resolves to `Ok`.
    ///
    /// # Errors
    ///
    /// Returns the error of the listening socket.
    pub async fn run(&mut self) -> Result<(), LinkError> {
        loop {
            self.process().await?;
        }
    }

    async fn turn(&mut self) -> Result<bool, LinkError> {
        let accepted = self.accept().await;
        let mut was_busy = accepted.map_err(|error| LinkError::from_io(&self.address.to_string(), &error))?;
        let mut index = 0;
        while let Some((client, limits)) = self.clients.at(index) {
            index += 1;
            match client.advance(limits) {
                Ok(Wish::Nothing) => continue,
                Ok(Wish::Serve(command)) => client.serve_async(command, &mut self.service).await,
                Err(Gone) => {
                    index -= 1;
                    self.clients.remove(index);
                }
            }
            was_busy = true;
        }
        // After the others, so that everyone who was let in has had a turn before having to leave.
        let accepted = self.accept().await;
        let has_accepted = accepted.map_err(|error| LinkError::from_io(&self.address.to_string(), &error))?;
        Ok(was_busy || has_accepted)
    }

    /// Lets in those who wait for it, and tells whether someone did.
    async fn accept(&mut self) -> io::Result<bool> {
        let mut was_busy = false;
        for _ in 0..self.clients.attempts() {
            let accepted = match self.arrived.take() {
                Some(arrived) => arrived,
                None => poll_fn(|context| Poll::Ready(accept_now(&self.listener, context))).await,
            };
            match self.clients.admit(accepted, || is_awaited(&self.listener))? {
                Admission::Next => was_busy = true,
                Admission::Enough => return Ok(true),
                Admission::Closed => break,
            }
        }
        Ok(was_busy)
    }

    /// Waits until there may be something to do; may end early.
    async fn wait(&mut self) {
        let due = self.clients.due();
        let ready = poll_fn(|context| self.poll_ready(context));
        match due {
            Some(due) => _ = timeout_at(Instant::from_std(due), ready).await,
            None => ready.await,
        }
    }

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let is_ready = self.clients.iter().any(|client| {
            let stream = &client.stream;
            if client.is_stuck() {
                stream.poll_write_ready(context).is_ready()
            } else {
                stream.poll_read_ready(context).is_ready()
            }
        });
        if is_ready {
            return Poll::Ready(());
        }
        if self.clients.attempts() > 0 {
            match accept_now(&self.listener, context) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                arrived => {
                    self.arrived = Some(arrived);
                    return Poll::Ready(());
                }
            }
        }
        Poll::Pending
    }
}

impl<S> fmt::Display for AsyncTcpService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        say_who_can_connect(f, self.address)
    }
}

impl Stream for TcpStream {
    fn read_now(&self, buffer: &mut [u8]) -> io::Result<usize> {
        self.try_read(buffer)
    }

    fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        self.try_write(bytes)
    }
}

/// Accepts a connection if one waits. If none does, the task is woken when that changes.
fn accept_now(listener: &TcpListener, context: &mut Context<'_>) -> io::Result<TcpStream> {
    match listener.poll_accept(context) {
        Poll::Ready(Ok((stream, _))) => {
            // What fails here is the fault of one connection.
            stream.set_nodelay(true).map_err(|_| io::ErrorKind::ConnectionAborted)?;
            Ok(stream)
        }
        Poll::Ready(Err(error)) => Err(error),
        Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
    }
}
