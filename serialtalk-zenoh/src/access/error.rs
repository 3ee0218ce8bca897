//! Why no session can be opened.

use std::fmt::Display;
use std::path::PathBuf;

use serialtalk::Timeout;

/// No session can be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// An address of no kind that is known.
    #[error("{address:?} is no address: write `unixsock-stream/PATH`, `quic/HOST:PORT` or `tcp/HOST:PORT`")]
    Kind {
        /// The address.
        address: String,
    },
    /// An encrypted address without certificates.
    #[error("{address} needs certificates: of the authority, and of this program with its key")]
    NoCertificates {
        /// The address.
        address: String,
    },
    /// An address at which nothing is encrypted.
    #[error("{address} is not encrypted: use quic/ and certificates, or say that it may be insecure")]
    Insecure {
        /// The address.
        address: String,
    },
    /// This system has no socket of the machine.
    #[error("this system has no socket for the gateways of a machine: give an address")]
    NoLocalSocket,
    /// The folder of the socket of this machine belongs to somebody else, or others may write to it.
    #[error("{} must belong to this user, and to nobody else: remove it, or set XDG_RUNTIME_DIR", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
    },
    /// A file or a folder cannot be used.
    #[error("{}: {text}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        text: String,
    },
    /// Zenoh takes no such rules or addresses.
    #[error("Zenoh takes no such {what}: {text}")]
    Setting {
        /// What it does not take.
        what: &'static str,
        /// Its words.
        text: String,
    },
    /// Nobody answers at the addresses.
    #[error("nobody answers at {addresses}{}: start a gateway or a router there; {text}", within(*timeout))]
    Nobody {
        /// The addresses.
        addresses: String,
        /// How long somebody was waited for.
        timeout: Timeout,
        /// The words of Zenoh.
        text: String,
    },
    /// An address cannot be listened at.
    #[error(
        "cannot listen at {addresses}: {text}; another program may listen there already: connect to that, or stop it"
    )]
    Listen {
        /// The addresses.
        addresses: String,
        /// The words of Zenoh.
        text: String,
    },
    /// Zenoh failed.
    #[error("Zenoh: {text}")]
    Engine {
        /// What it did.
        text: String,
    },
}

impl AccessError {
    pub(super) fn nobody(addresses: &[String], timeout: Timeout, error: &dyn Display) -> Self {
        Self::Nobody { addresses: addresses.join(", "), timeout, text: error.to_string() }
    }
}

fn within(timeout: Timeout) -> String {
    match timeout {
        Timeout::Ms(ms) => format!(" within {ms} ms"),
        Timeout::Never => String::new(),
    }
}
