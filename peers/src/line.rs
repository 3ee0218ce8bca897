use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// How a peer reaches the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A serial port or pty by its path.
    Path(PathBuf),
    /// A serial port or pty by its path, opened by pyserial. CPython only.
    PySerial(PathBuf),
    /// The other end of a pty that the peer makes; [`Peer::path`](crate::Peer::path) tells which. CPython only.
    Pty,
    /// A TCP connection that stays open.
    Connect(SocketAddr),
    /// A TCP connection for each call, by the class that comes with the Python package.
    ConnectEachCall(SocketAddr),
    /// A TCP server, one connection after another; [`Peer::address`](crate::Peer::address) tells where.
    Listen,
    /// A TCP server that closes each connection after one command.
    ListenEachCall,
}

impl Line {
    /// A serial port or pty by its path.
    pub fn path(path: impl AsRef<Path>) -> Self {
        Self::Path(path.as_ref().to_owned())
    }

    /// The word for it on the command line of a script; `device.py` reads it.
    pub fn word(&self) -> String {
        match self {
            Self::Path(path) => format!("path:{}", path.display()),
            Self::PySerial(path) => format!("pyserial:{}", path.display()),
            Self::Pty => "pty:".into(),
            Self::Connect(address) => format!("connect:{address}"),
            Self::ConnectEachCall(address) => format!("calls:{address}"),
            Self::Listen => "listen:".into(),
            Self::ListenEachCall => "listen-calls:".into(),
        }
    }
}
