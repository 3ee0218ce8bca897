//! How a program reaches the others: the addresses at which it listens or to which it connects, and its certificates.

mod certificates;
mod config;
mod endpoint;
mod error;
#[cfg(unix)]
mod local;
#[cfg(all(test, unix))]
mod tests;

use std::thread;

use serialtalk::Timeout;
use zenoh::{Session, Wait};

pub use certificates::Certificates;
use endpoint::checked;
pub use error::AccessError;

/// How long a program waits by default for something to connect to, in milliseconds.
const DEFAULT_CONNECT_MS: u32 = 1500;

/// How a program reaches the others.
///
/// By default it connects to the socket of this machine, at which a gateway or a router of the same user listens.
///
/// | address | for | needs |
/// |---|---|---|
/// | `unixsock-stream/PATH` | one machine; who may open the file may call | |
/// | `quic/HOST:PORT` | a network | [`certificates`](Self::certificates) |
/// | `tcp/HOST:PORT` | tests, and networks where everybody may do everything | [`insecure`](Self::insecure) |
#[derive(Debug, Clone)]
pub struct Access {
    listen: Addresses,
    connect: Addresses,
    certificates: Option<Certificates>,
    is_insecure: bool,
    rules: Option<String>,
    connect_within: Timeout,
}

#[derive(Debug, Clone)]
enum Addresses {
    /// The socket of this machine.
    Here,
    At(Vec<String>),
}

/// Connects to the socket of this machine.
impl Default for Access {
    fn default() -> Self {
        Self::new(Addresses::At(vec![]), Addresses::Here)
    }
}

impl Access {
    fn new(listen: Addresses, connect: Addresses) -> Self {
        Self {
            listen,
            connect,
            certificates: None,
            is_insecure: false,
            rules: None,
            connect_within: Timeout::Ms(DEFAULT_CONNECT_MS),
        }
    }

    /// Connects to the first of these addresses at which a router answers, and to another one if it is lost.
    pub fn connect<A: Into<String>>(addresses: impl IntoIterator<Item = A>) -> Self {
        Self::new(Addresses::At(vec![]), Addresses::of(addresses))
    }

    /// Listens at these addresses as a router.
    pub fn listen<A: Into<String>>(addresses: impl IntoIterator<Item = A>) -> Self {
        Self::new(Addresses::of(addresses), Addresses::At(vec![]))
    }

    /// Listens at the socket of this machine as a router.
    pub fn listen_here() -> Self {
        Self::new(Addresses::Here, Addresses::At(vec![]))
    }

    /// Connects a router to all these routers, too, so that programs at one reach those at the others.
    #[must_use]
    pub fn with_routers<A: Into<String>>(self, addresses: impl IntoIterator<Item = A>) -> Self {
        Self { connect: Addresses::of(addresses), ..self }
    }

    /// Has these certificates for `quic/` addresses.
    #[must_use]
    pub fn certificates(self, certificates: Certificates) -> Self {
        Self { certificates: Some(certificates), ..self }
    }

    /// Allows `tcp/` addresses, where nothing is encrypted and everybody may call.
    #[must_use]
    pub fn insecure(self) -> Self {
        Self { is_insecure: true, ..self }
    }

    /// Has these rules for those that connect: Zenoh's `access_control` in JSON.
    #[must_use]
    pub fn rules(self, access_control: String) -> Self {
        Self { rules: Some(access_control), ..self }
    }

    /// Waits this long for a router to connect to, instead of 1,500 ms. A program that listens waits for none.
    #[must_use]
    pub fn connect_within(self, timeout: Timeout) -> Self {
        Self { connect_within: timeout, ..self }
    }

    /// Opens a session of Zenoh. May be called where blocking calls may be, in tasks of tokio, too.
    ///
    /// # Errors
    ///
    /// An address that cannot be used or is taken, a file that cannot be read, and nobody to connect to.
    pub fn open(&self) -> Result<Session, AccessError> {
        let opening = self.opening()?;
        thread::spawn(opening)
            .join()
            .unwrap_or_else(|_| Err(AccessError::Engine { text: "it has panicked".into() }))
    }

    /// Opens a session of Zenoh, and is awaited.
    ///
    /// # Errors
    ///
    /// An address that cannot be used or is taken, a file that cannot be read, and nobody to connect to.
    pub async fn open_async(&self) -> Result<Session, AccessError> {
        let opening = self.opening()?;
        let (opened, result) = tokio::sync::oneshot::channel();
        thread::spawn(move || opened.send(opening()));
        result.await.unwrap_or_else(|_| Err(AccessError::Engine { text: "it has panicked".into() }))
    }

    /// What opens a session. It must run outside tokio's current-thread scheduler, where Zenoh panics.
    fn opening(&self) -> Result<impl FnOnce() -> Result<Session, AccessError> + use<>, AccessError> {
        let listen = self.listen.all()?;
        let connect = self.connect.all()?;
        for address in listen.iter().chain(&connect) {
            checked(address, self.certificates.is_some(), self.is_insecure)?;
        }
        let config = config::write(self, &listen, &connect)?;
        let within = self.connect_within;
        Ok(move || {
            zenoh::open(config).wait().map_err(|error| match listen.is_empty() {
                true => AccessError::nobody(&connect, within, &error),
                false => AccessError::Listen { addresses: listen.join(", "), text: error.to_string() },
            })
        })
    }
}

impl Addresses {
    fn of<A: Into<String>>(addresses: impl IntoIterator<Item = A>) -> Self {
        Self::At(addresses.into_iter().map(A::into).collect())
    }

    fn all(&self) -> Result<Vec<String>, AccessError> {
        match self {
            Self::At(addresses) => Ok(addresses.clone()),
            #[cfg(unix)]
            Self::Here => Ok(vec![local::address()?]),
            #[cfg(not(unix))]
            Self::Here => Err(AccessError::NoLocalSocket),
        }
    }
}
