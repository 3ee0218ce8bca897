//! One service for many TCP clients.

use core::net::SocketAddr;
use std::net::ToSocketAddrs;

use serialtalk::service::Service;
use serialtalk::{Catalog, Line, LinkError as Ended, SerialTalk};

use super::{TcpLink, TcpServer};
use crate::running::Spawn;
use crate::{LinkError, OpenError, StdClock};

/// How many clients are served at a time; more of them wait until one goes.
const MOST_CLIENTS: usize = 64;

/// Serves clients that keep their connection as well as those that open one for every call, as Python's
/// `ClientSocketSerial` does. All clients share the service; their commands are done one after the other.
///
/// Connections are closed by the clients: one that the server closed first makes MicroPython's client wait for ever.
#[derive(Debug)]
pub struct TcpService<S> {
    server: TcpServer,
    clients: Vec<Client>,
    service: S,
}

type Client = Line<TcpLink, StdClock>;

/// Listens on an address; port 0 takes a free one, which [`TcpService::local_addr`] tells.
///
/// # Errors
///
/// [`OpenError::Io`] if the address is not of this machine or is taken.
pub fn serve<S: Catalog>(
    address: impl ToSocketAddrs + core::fmt::Display,
    service: S,
) -> Result<TcpService<S>, OpenError> {
    Ok(TcpService { server: TcpServer::bind(address)?, clients: Vec::new(), service })
}

impl<S: Service> TcpService<S> {
    /// The address that clients connect to.
    pub fn local_addr(&self) -> SocketAddr {
        self.server.local_addr()
    }

    /// How many clients are connected, as far as is known.
    pub fn clients(&self) -> usize {
        self.clients.len()
    }

    /// What is served.
    pub fn service(&self) -> &S {
        &self.service
    }

    /// What is served.
    pub fn service_mut(&mut self) -> &mut S {
        &mut self.service
    }

    /// Takes new clients and serves at most one command of each, waiting at most `wait_ms` milliseconds if there is
    /// nothing to do. Returns whether there was.
    ///
    /// # Errors
    ///
    /// Those of the listening socket. A client that fails is forgotten.
    pub fn process_within(&mut self, wait_ms: u32) -> Result<bool, LinkError> {
        if self.turn()? {
            return Ok(true);
        }
        // Half a frame has to be given up in time, so no wait is long.
        self.wait(wait_ms.min(100))?;
        self.turn()
    }

    /// Serves until the listening socket fails.
    ///
    /// # Errors
    ///
    /// Those of the listening socket. It never returns otherwise.
    pub fn run(&mut self) -> Result<core::convert::Infallible, LinkError> {
        loop {
            self.process_within(100)?;
        }
    }

    fn turn(&mut self) -> Result<bool, LinkError> {
        let mut was_busy = false;
        while self.clients.len() < MOST_CLIENTS
            && let Some(link) = self.server.accept(0)?
        {
            self.clients.push(SerialTalk::new(link, StdClock::new()).into_line());
            was_busy = true;
        }
        let service = &mut self.service;
        self.clients.retain_mut(|client| match client.process(service) {
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

    /// The standard library cannot wait for several sockets, so this looks again soon.
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
