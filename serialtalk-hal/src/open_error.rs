//! Why a link could not be opened.

use core::fmt::Write;
use std::io;

use embedded_io::ErrorKind;

use crate::ports::PortInfo;

/// What names a serial port.
const PORTS: &str = "a path such as /dev/ttyUSB0 or COM3, `auto` for the only port there is, `usb:VENDOR:PRODUCT` or \
                     `usb:VENDOR:PRODUCT:SERIAL` in hexadecimal as in usb:2e8a:0005";

/// A link could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// This user may not open the port.
    #[error("{port}: permission denied{}", permission_hint(group.as_deref()))]
    PermissionDenied {
        /// The port.
        port: String,
        /// The group whose members may open it; `None` where there is none to join (and on systems other than Linux).
        group: Option<String>,
    },
    /// There is no such port.
    #[error("{port}: no such port; {}", there_are(ports))]
    NotFound {
        /// The requested port.
        port: String,
        /// The ports that are there.
        ports: Vec<PortInfo>,
    },
    /// The choice was left open, and there is none or more than one.
    #[error("cannot choose a port: {}; name one, or put it into SERIALTALK_PORT", there_are(ports))]
    NotTheOnlyOne {
        /// The ports that are there.
        ports: Vec<PortInfo>,
    },
    /// Another program has opened the port and keeps it to itself.
    #[error("{port} is in use by another program (a serial monitor, perhaps): close that first")]
    Busy {
        /// The port.
        port: String,
    },
    /// There is something of this name, and it is no serial port.
    #[error("{port} is not a serial port; {}", there_are(ports))]
    NotAPort {
        /// The requested port.
        port: String,
        /// The ports that are there.
        ports: Vec<PortInfo>,
    },
    /// No server answers at this address.
    #[error("nobody listens at {port}: start the server first")]
    Refused {
        /// The address.
        port: String,
    },
    /// The text names no serial port.
    #[error(
        "`{name}` is no serial port: expected {PORTS}; `serialtalk_hal::open` takes `tcp://HOST:PORT`, too"
    )]
    BadName {
        /// The name as it was given.
        name: String,
    },
    /// The text names nothing that can be opened.
    #[error("`{target}` cannot be opened: expected {PORTS}, or `tcp://HOST:PORT`")]
    BadTarget {
        /// The text as it was given.
        target: String,
    },
    /// The operating system refused for another reason.
    #[error("{port}: {text}")]
    Io {
        /// The port or the address.
        port: String,
        /// The kind of the error of the operating system.
        kind: io::ErrorKind,
        /// Its text.
        text: String,
    },
}

impl OpenError {
    pub(crate) fn from_io(port: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused { port: port.into() },
            kind => Self::Io { port: port.into(), kind, text: error.to_string() },
        }
    }

    /// Sorts an error of the operating system, met while opening a device node.
    #[cfg(feature = "serial")]
    pub(crate) fn of_device(port: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied {
                port: port.into(),
                group: crate::permission::group_of(port.as_ref()),
            },
            io::ErrorKind::NotFound => {
                Self::NotFound { port: port.into(), ports: crate::ports::list().unwrap_or_default() }
            }
            io::ErrorKind::ResourceBusy => Self::Busy { port: port.into() },
            _ if is_something_else(port) => {
                Self::NotAPort { port: port.into(), ports: crate::ports::list().unwrap_or_default() }
            }
            _ => Self::from_io(port, error),
        }
    }
}

impl embedded_io::Error for OpenError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::PermissionDenied { .. } => ErrorKind::PermissionDenied,
            Self::NotFound { .. } | Self::NotTheOnlyOne { .. } => ErrorKind::NotFound,
            Self::BadName { .. } | Self::BadTarget { .. } | Self::NotAPort { .. } => ErrorKind::InvalidInput,
            Self::Refused { .. } => ErrorKind::ConnectionRefused,
            Self::Busy { .. } => ErrorKind::Other,
            Self::Io { kind, .. } => (*kind).into(),
        }
    }
}

/// Whether a path leads to something that is no terminal: a file, a folder, `/dev/null`.
#[cfg(all(feature = "serial", unix))]
fn is_something_else(path: &str) -> bool {
    use rustix::fs::{Mode, OFlags};
    // A port of which the other end is not there yet must not hold up the error.
    let flags = OFlags::RDONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    rustix::fs::open(path, flags, Mode::empty()).is_ok_and(|node| !io::IsTerminal::is_terminal(&node))
}

/// Whether a path leads to a file or a folder.
#[cfg(all(feature = "serial", not(unix)))]
fn is_something_else(path: &str) -> bool {
    std::fs::metadata(path).is_ok_and(|node| node.is_file() || node.is_dir())
}

fn permission_hint(group: Option<&str>) -> String {
    match group {
        Some(group) => format!(
            "\n  add yourself to the group that owns it: sudo usermod -aG {group} $USER, then log in again"
        ),
        None if cfg!(target_os = "linux") => {
            "\n  its device node admits no group that you could join: a udev rule can change that".into()
        }
        None => String::new(),
    }
}

fn there_are(ports: &[PortInfo]) -> String {
    let mut text = match ports {
        [] => return "there is no serial port on this machine".into(),
        [_] => "there is only ".to_string(),
        _ => "there are ".to_string(),
    };
    for (index, port) in ports.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        let _ = write!(text, "{separator}{port}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{UsbId, UsbInfo};

    #[test]
    fn permission_denied_says_how_to_get_it() {
        let error =
            OpenError::PermissionDenied { port: "/dev/ttyUSB0".into(), group: Some("dialout".into()) };
        assert_eq!(
            error.to_string(),
            "/dev/ttyUSB0: permission denied\n  add yourself to the group that owns it: \
             sudo usermod -aG dialout $USER, then log in again"
        );
    }

    #[test]
    fn not_found_lists_what_is_there() {
        let id = UsbId { vendor: 0x2e8a, product: 5, serial: Some("e66".into()) };
        let usb = UsbInfo { id, manufacturer: None, product: Some("Board in FS mode".into()) };
        let ports = vec![
            PortInfo { path: "/dev/ttyACM0".into(), usb: Some(usb) },
            PortInfo { path: "/dev/ttyS0".into(), usb: None },
        ];
        let error = OpenError::NotFound { port: "/dev/ttyUSB7".into(), ports };
        assert_eq!(
            error.to_string(),
            "/dev/ttyUSB7: no such port; there are /dev/ttyACM0 (usb:2e8a:0005:e66, Board in FS mode), /dev/ttyS0"
        );
        let error = OpenError::NotFound { port: "COM9".into(), ports: vec![] };
        assert_eq!(error.to_string(), "COM9: no such port; there is no serial port on this machine");
    }
}
