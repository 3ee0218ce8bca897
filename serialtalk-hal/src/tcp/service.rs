//! One service for many TCP clients.

use core::net::SocketAddr;
use std::net::ToSocketAddrs;

use serialtalk::{CommandTable, LinkError as Ended, SerialTalk, Service};

use super::{TcpLink, TcpServer};
use crate::running::Spawn;
use crate::{LinkError, OpenError, StdClock};

/// How many clients are served at a time; others wait until one disconnects.
const MOST_CLIENTS: usize = 64;

/// Serves clients that keep their connection as well as those that open one for every call, as Python's
/// `ClientSocketSerial` does. All clients share the service; their commands are run one after the other.
///
/// Connections are closed by the clients: MicroPython's client waits forever if the server closes first.
#[derive(Debug)]
pub struct TcpService<S> {
    server: TcpServer,
    clients: Vec<Client>,
    service: S,
}

type Client = SerialTalk<TcpLink, StdClock>;

/// Listens on an address; port 0 selects a free one, which [`TcpService::local_addr`] returns.
///
/// # Errors
///
/// Returns [`OpenError::Io`] if the address does not belong to this machine or is in use.
pub fn serve<S: CommandTable>(
    address: impl ToSocketAddrs + core::fmt::Display,
    service: S,
) -> Result<TcpService<S>, OpenError> {
    Ok(TcpService { server: TcpServer::bind(address)?, clients: Vec::new(), service })
}

impl<S: Service> TcpService<S> {
    /// The address to which clients connect.
    pub fn local_addr(&self) -> SocketAddr {
        self.server.local_addr()
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

    /// Accepts new clients and serves at most one command of each. Waits at most `wait_ms` milliseconds if there is
    /// nothing to do. Returns whether there was.
    ///
    /// # Errors
    ///
    /// Returns an error if the listening socket fails. A client that fails is dropped.
    pub fn process_within(&mut self, wait_ms: u32) -> Result<bool, LinkError> {
        if self.turn()? {
            return Ok(true);
        }
        // The wait is short, because an incomplete frame has to be dropped in time.
        self.wait(wait_ms.min(100))?;
        self.turn()
    }

    /// Serves until the listening socket fails. Never returns `Ok`.
    ///
    /// # Errors
    ///
    /// Returns the error of the listening socket.
    pub fn run(&mut self) -> Result<(), LinkError> {
        loop {
            self.process_within(100)?;
        }
    }

    fn turn(&mut self) -> Result<bool, LinkError> {
        let mut was_busy = false;
        while self.clients.len() < MOST_CLIENTS
            && let Some(link) = self.server.accept(0)?
        {
            self.clients.push(SerialTalk::new(link, StdClock::new()));
            was_busy = true;
        }
        let service = &mut self.service;
        self.clients.retain_mut(|client| match client.process_with(service) {
            Ok(served) => {
                was_busy |= served;
                true
            }
            Err(_) => {
                was_busy = true;
                false
            }
        });
        Ok(was_busy)
    }

    #[cfg(unix)]
    fn wait(&self, wait_ms: u32) -> Result<(), LinkError> {
        let clients = self.clients.iter().filter_map(|client| client.link().descriptor());
        let mut all: Vec<_> = clients.collect();
        if self.clients.len() < MOST_CLIENTS {
            all.push(self.server.descriptor());
        }
        crate::readiness::wait_for_any(&all, rustix::event::PollFlags::IN, wait_ms)
            .map(drop)
            .map_err(|error| LinkError::from_io(&self.local_addr().to_string(), &error))
    }

    /// The standard library cannot wait for several sockets, so the wait is short.
    #[cfg(not(unix))]
    fn wait(&self, wait_ms: u32) -> Result<(), LinkError> {
        std::thread::sleep(core::time::Duration::from_millis(wait_ms.min(2).into()));
        Ok(())
    }
}

impl<S: Service + Send + 'static> Spawn for TcpService<S> {
    type Error = LinkError;

    fn serve_for(&mut self, wait_ms: u32) -> Result<(), Ended<LinkError>> {
        self.process_within(wait_ms).map(drop).map_err(Ended::Failed)
    }
}
