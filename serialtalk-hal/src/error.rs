//! What can go wrong on an open link.

use std::io;

use embedded_io::ErrorKind;

/// An open link failed.
///
/// `port` names the link as its user knows it: a path, an address, "in-memory link".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The device was pulled out, or the program at the other end is gone. Reopening is the only way on.
    #[error("{port} is gone: it was unplugged, or its other end was closed; reopen it once it is back")]
    Unplugged {
        /// The link.
        port: String,
    },
    /// The other end took no byte for the time that writes may last. Nothing of this write went out.
    #[error("{port} took no byte for {ms} ms: the other end does not read, or its answers are not read here")]
    WriteTimeout {
        /// The link.
        port: String,
        /// How long the write has waited, in milliseconds.
        ms: u32,
    },
    /// There is no connection now; another is being made. What needed it was not sent.
    #[error("{port} is not connected: {reason}")]
    NotConnected {
        /// The link.
        port: String,
        /// Why there is none.
        reason: String,
    },
    /// The operating system refused for another reason.
    #[error("{port}: {text}")]
    Io {
        /// The link.
        port: String,
        /// The kind of the error of the operating system.
        kind: io::ErrorKind,
        /// Its text.
        text: String,
    },
}

impl LinkError {
    /// The link that failed.
    pub fn port(&self) -> &str {
        match self {
            Self::Unplugged { port }
            | Self::WriteTimeout { port, .. }
            | Self::NotConnected { port, .. }
            | Self::Io { port, .. } => port,
        }
    }

    pub(crate) fn unplugged(port: &str) -> Self {
        Self::Unplugged { port: port.into() }
    }

    pub(crate) fn not_connected(port: &str, reason: &str) -> Self {
        Self::NotConnected { port: port.into(), reason: reason.into() }
    }

    pub(crate) fn write_timeout(port: &str, ms: u32) -> Self {
        Self::WriteTimeout { port: port.into(), ms }
    }

    /// Sorts an error of the operating system, met while reading from or writing to `port`.
    pub(crate) fn from_io(port: &str, error: &io::Error) -> Self {
        use io::ErrorKind as K;
        let gone = matches!(
            error.kind(),
            K::BrokenPipe | K::ConnectionReset | K::ConnectionAborted | K::NotConnected | K::UnexpectedEof
        );
        if gone || error.raw_os_error().is_some_and(|code| GONE.contains(&code)) {
            Self::unplugged(port)
        } else {
            Self::Io { port: port.into(), kind: error.kind(), text: error.to_string() }
        }
    }
}

/// EIO, ENXIO and ENODEV: what reads and writes return when the device of a terminal is gone. The numbers are
/// the same on every Unix.
#[cfg(unix)]
const GONE: [i32; 3] = [5, 6, 19];

/// Errors of USB ports on Windows when the plug is pulled: file not found, access denied, invalid
/// handle, bad command, a device that does not function, an aborted operation, not connected, removed.
#[cfg(windows)]
const GONE: [i32; 8] = [2, 5, 6, 22, 31, 995, 1167, 1617];

#[cfg(not(any(unix, windows)))]
const GONE: [i32; 0] = [];

impl embedded_io::Error for LinkError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unplugged { .. } => ErrorKind::BrokenPipe,
            Self::WriteTimeout { .. } => ErrorKind::TimedOut,
            Self::NotConnected { .. } => ErrorKind::NotConnected,
            Self::Io { kind, .. } => (*kind).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use embedded_io::Error;

    use super::*;

    #[test]
    fn a_closed_connection_is_an_unplugged_link() {
        for kind in [io::ErrorKind::BrokenPipe, io::ErrorKind::ConnectionReset, io::ErrorKind::UnexpectedEof]
        {
            let error = LinkError::from_io("p", &kind.into());
            assert_eq!(error, LinkError::Unplugged { port: "p".into() });
            assert_eq!(error.kind(), ErrorKind::BrokenPipe);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_input_output_error_of_a_terminal_is_an_unplugged_link() {
        for code in GONE {
            let error = LinkError::from_io("p", &io::Error::from_raw_os_error(code));
            assert_eq!(error, LinkError::unplugged("p"));
        }
    }

    #[test]
    fn other_errors_keep_their_kind_and_text() {
        let error = LinkError::from_io("p", &io::Error::new(io::ErrorKind::OutOfMemory, "no room"));
        assert_eq!(error.kind(), ErrorKind::OutOfMemory);
        assert_eq!(error.to_string(), "p: no room");
        assert_eq!(error.port(), "p");
    }

    #[test]
    fn a_write_timeout_says_what_it_means() {
        let error = LinkError::write_timeout("/dev/ttyUSB0", 1000);
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert_eq!(
            error.to_string(),
            "/dev/ttyUSB0 took no byte for 1000 ms: the other end does not read, or its answers are not read here"
        );
    }
}
