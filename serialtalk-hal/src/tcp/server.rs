//! How a server for many clients is set up.

use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;

use serialtalk::{CommandTable, Timeout};

use super::service::TcpService;
use crate::OpenError;

/// A server for many clients, before it listens: what it serves, and how much its clients may ask of it.
///
/// ```
/// use serialtalk::{Caller, Commands, Timeout};
/// use serialtalk_hal::{Spawn, tcp};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut commands = Commands::new();
/// commands.add("mult", |a: f32, b: f32| a * b)?;
/// let server = tcp::Server::new(commands).max_clients(16).idle_timeout(Timeout::Ms(600_000));
/// let service = server.listen("127.0.0.1:0")?;                // "0.0.0.0:8266" for all machines that reach this one
/// let address = service.local_addr();
/// let _serving = service.spawn();                             // or service.run()?, in this thread
///
/// let product: f32 = tcp::connect(&address.to_string())?.call("mult", (1.5f32, 2.0f32))?;
/// assert_eq!(product, 3.0);
/// # Ok(())
/// # }
/// ```
///
/// No client holds up another for longer than a handler runs: a command of each is served in turn, a reply that a client
/// does not read waits beside the others, and a client that connects when there is no place takes that of the client that
/// has been silent longest.
#[derive(Debug, Clone)]
#[must_use = "it does nothing before it listens"]
pub struct Server<S> {
    pub(crate) service: S,
    pub(crate) limits: Limits,
}

/// How much the clients of a server may ask of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) max_clients: usize,
    pub(crate) idle: Timeout,
    pub(crate) write: Timeout,
}

impl<S: CommandTable> Server<S> {
    /// A server for 64 clients, which may be silent for as long as they like and leave a reply unread for 10 s.
    pub fn new(service: S) -> Self {
        let limits = Limits { max_clients: 64, idle: Timeout::Never, write: Timeout::Ms(10_000) };
        Self { service, limits }
    }

    /// Sets how many clients may be connected, at least 1; 64 by default.
    ///
    /// One that connects when that many are, or when the system has no descriptor left for it, takes the place of the
    /// client that has been silent longest, since its last command or since it has connected. While more than half of the
    /// clients have never sent a command, it is one of those, so that connections alone do not push out clients that
    /// call. The connection of the client that has to leave is closed.
    pub fn max_clients(mut self, count: usize) -> Self {
        self.limits.max_clients = count.max(1);
        self
    }

    /// Sets how long after its last command, or after it has connected, a client's connection is closed. By default that
    /// is [`Timeout::Never`], because a MicroPython client waits for a reply forever if the server closes first.
    ///
    /// Only whole commands count: a client that sends a byte now and then is silent.
    pub fn idle_timeout(mut self, timeout: Timeout) -> Self {
        self.limits.idle = timeout;
        self
    }

    /// Sets how long a client may take no byte of a reply before its connection is closed; 10 s by default.
    ///
    /// Nothing else of this client is served meanwhile, and no other client waits for it.
    pub fn write_timeout(mut self, timeout: Timeout) -> Self {
        self.limits.write = timeout;
        self
    }

    /// Listens on an address, as [`serve`] does.
    ///
    /// # Errors
    ///
    /// Returns [`OpenError::Io`] if the address does not belong to this machine or is in use.
    pub fn listen(self, address: impl fmt::Display) -> Result<TcpService<S>, OpenError> {
        TcpService::bind(self, &with_host(address))
    }
}

/// Listens on an address, for up to 64 clients; [`Server`] has settings.
///
/// A port alone, such as `8266` or `"8266"`, is one of the loopback interface: only programs on this machine can
/// connect. An address of a network interface, or `"0.0.0.0:8266"` for all of them, opens the server to everyone who can
/// reach it there, and nobody is asked for a password. Port 0 is any free one. The text of the [`TcpService`] says
/// where it listens and for whom, for a program to print.
///
/// # Errors
///
/// Returns [`OpenError::Io`] if the address does not belong to this machine or is in use.
pub fn serve<S: CommandTable>(address: impl fmt::Display, service: S) -> Result<TcpService<S>, OpenError> {
    Server::new(service).listen(address)
}

impl Limits {
    pub(crate) fn idle(&self) -> Option<Duration> {
        duration(self.idle)
    }

    pub(crate) fn write(&self) -> Option<Duration> {
        duration(self.write)
    }
}

fn duration(timeout: Timeout) -> Option<Duration> {
    match timeout {
        Timeout::Ms(ms) => Some(Duration::from_millis(ms.into())),
        Timeout::Never => None,
    }
}

/// An address to listen on, to which a port alone is completed.
pub(crate) fn with_host(address: impl fmt::Display) -> String {
    let address = address.to_string();
    match address.parse::<u16>() {
        Ok(port) => format!("127.0.0.1:{port}"),
        Err(_) => address,
    }
}

/// Says where a server listens, and for whom.
pub(crate) fn say_who_can_connect(f: &mut fmt::Formatter<'_>, address: SocketAddr) -> fmt::Result {
    if address.ip().to_canonical().is_loopback() {
        write!(f, "listening on {address}, for programs on this machine only")
    } else {
        write!(f, "listening on {address}, for everyone who can reach it there: no password, no encryption")
    }
}
