//! Opens what a text names, whether that is a serial port or a TCP server.

use std::io;

use serialtalk::link::{Link, Received};

use crate::serial::{SerialLink, SerialOptions};
use crate::target::{Target, default_target};
use crate::tcp::TcpLink;
use crate::{Interrupter, Interruptible, LinkError, OpenError, SerialTalk, over};

/// Opens a serial port at 115200 bits per second or a TCP connection, ready to call and to serve.
///
/// | `target` | |
/// |---|---|
/// | `/dev/ttyUSB0`, `COM3` | a serial port by its path, or by the name that the operating system gives it |
/// | `usb:2e8a:0005`, `usb:2e8a:0005:SERIAL` | the serial port of a USB device by its ids, whatever its path is today |
/// | `auto` | the only serial port there is: the only one on USB or, if there is none on USB, the only one at all |
/// | `tcp://robot.local:8266` | a TCP server |
///
/// Opening a port resets many boards: let clients `connect`, which waits until the board answers.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open(target: &str) -> Result<SerialTalk<AnyLink>, OpenError> {
    open_with(target, SerialOptions::default())
}

/// Opens what the environment variable `SERIALTALK_PORT` names, as [`open`] does; the only serial port there is if it is
/// unset or empty.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open_default() -> Result<SerialTalk<AnyLink>, OpenError> {
    open(&default_target())
}

/// Opens a target as [`open`] does. A serial port is opened with these options; a TCP connection takes only the write timeout of
/// them.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub fn open_with(target: &str, options: SerialOptions) -> Result<SerialTalk<AnyLink>, OpenError> {
    let link = AnyLink::open(target, options)?;
    let name = link.name().to_owned();
    Ok(over(link, name))
}

/// A serial port or a TCP connection.
#[derive(Debug)]
#[non_exhaustive]
pub enum AnyLink {
    /// A serial port.
    Serial(SerialLink),
    /// A TCP connection.
    Tcp(TcpLink),
}

impl AnyLink {
    /// Opens the link alone, as [`open_with`] does.
    ///
    /// # Errors
    ///
    /// Each way in which it can fail is an [`OpenError`] of its own.
    pub fn open(target: &str, options: SerialOptions) -> Result<Self, OpenError> {
        match target.parse()? {
            Target::Port(port) => SerialLink::open_port(port, options).map(Self::Serial),
            Target::Tcp(address) => {
                let mut link = TcpLink::connect(&address)?;
                link.set_write_timeout_ms(options.write_timeout_ms);
                Ok(Self::Tcp(link))
            }
        }
    }

    /// The name of the link in errors: the path of a port, the address of a server.
    pub fn name(&self) -> &str {
        match self {
            Self::Serial(link) => link.path(),
            Self::Tcp(link) => link.name(),
        }
    }
}

impl Link for AnyLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self {
            Self::Serial(link) => link.receive(buffer, wait_ms),
            Self::Tcp(link) => link.receive(buffer, wait_ms),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self {
            Self::Serial(link) => link.send(bytes),
            Self::Tcp(link) => link.send(bytes),
        }
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        match self {
            Self::Serial(link) => link.flush(),
            Self::Tcp(link) => link.flush(),
        }
    }
}

impl Interruptible for AnyLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        match self {
            Self::Serial(link) => link.interrupter(),
            Self::Tcp(link) => link.interrupter(),
        }
    }
}
