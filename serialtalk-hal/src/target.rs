//! What can be opened, as one text: a serial port or a TCP server.

use core::str::FromStr;

use crate::OpenError;
use crate::ports::PortName;

/// What to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A serial port.
    Port(PortName),
    /// The server at this address: `HOST:PORT`.
    Tcp(String),
}

/// The target that `SERIALTALK_PORT` names; the only serial port there is if it is unset or empty.
pub(crate) fn default_target() -> String {
    match std::env::var_os("SERIALTALK_PORT") {
        Some(target) if !target.is_empty() => target.to_string_lossy().into_owned(),
        _ => PortName::Only.to_string(),
    }
}

impl FromStr for Target {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let bad = || OpenError::BadTarget { target: text.into() };
        match text.strip_prefix("tcp://") {
            None => text.parse().map(Self::Port).map_err(|_| bad()),
            Some(address) if is_address(address) => Ok(Self::Tcp(address.into())),
            Some(_) => Err(bad()),
        }
    }
}

fn is_address(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_and_addresses_are_told_apart() {
        for (text, target) in [
            ("auto", Target::Port(PortName::Only)),
            ("/dev/ttyUSB0", Target::Port(PortName::Path("/dev/ttyUSB0".into()))),
            ("tcp://robot.local:8266", Target::Tcp("robot.local:8266".into())),
            ("tcp://[::1]:8266", Target::Tcp("[::1]:8266".into())),
        ] {
            assert_eq!(text.parse(), Ok(target));
        }
    }

    #[test]
    fn an_error_says_what_is_accepted() {
        for text in ["", "usb:2e8a", "udp://robot:8266", "tcp://", "tcp://robot", "tcp://:8266", "tcp://a:b"]
        {
            let error = text.parse::<Target>().unwrap_err();
            assert_eq!(error, OpenError::BadTarget { target: text.into() });
            assert_eq!(
                error.to_string(),
                format!(
                    "`{text}` cannot be opened: expected a path such as /dev/ttyUSB0 or COM3, `auto` for the only port \
                     there is, `usb:VENDOR:PRODUCT` or `usb:VENDOR:PRODUCT:SERIAL` in hexadecimal as in usb:2e8a:0005, \
                     or `tcp://HOST:PORT`"
                )
            );
        }
    }
}
