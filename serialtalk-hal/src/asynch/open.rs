//! Opens what a text names, whether that is a serial port or a TCP server, under tokio.

use embedded_io_async::{ErrorType, Read, Write};

use super::{AsyncSerialLink, AsyncTcpLink, SerialTalk, over};
use crate::serial::SerialOptions;
use crate::target::{Target, default_target};
use crate::{LinkError, OpenError};

/// Opens a serial port at 115200 bits per second or a TCP connection, ready to call and to serve. `target` is what
/// [`serialtalk_hal::open`](crate::open) takes.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub async fn open(target: &str) -> Result<SerialTalk<AsyncAnyLink>, OpenError> {
    open_with(target, SerialOptions::default()).await
}

/// Opens what the environment variable `SERIALTALK_PORT` names, as [`open`] does; the only serial port there is if it is
/// unset or empty.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub async fn open_default() -> Result<SerialTalk<AsyncAnyLink>, OpenError> {
    open(&default_target()).await
}

/// Opens a target as [`open`] does. A serial port is opened with these options; a TCP connection takes only the write timeout of
/// them.
///
/// # Errors
///
/// Each way in which it can fail is an [`OpenError`] of its own.
pub async fn open_with(target: &str, options: SerialOptions) -> Result<SerialTalk<AsyncAnyLink>, OpenError> {
    let link = AsyncAnyLink::open(target, options).await?;
    let name = link.name().to_owned();
    Ok(over(link, name))
}

/// A serial port or a TCP connection, async.
#[derive(Debug)]
#[non_exhaustive]
pub enum AsyncAnyLink {
    /// A serial port.
    Serial(AsyncSerialLink),
    /// A TCP connection.
    Tcp(AsyncTcpLink),
}

impl AsyncAnyLink {
    /// Opens the link alone, as [`open_with`] does.
    ///
    /// # Errors
    ///
    /// Each way in which it can fail is an [`OpenError`] of its own.
    pub async fn open(target: &str, options: SerialOptions) -> Result<Self, OpenError> {
        match target.parse()? {
            Target::Port(port) => AsyncSerialLink::open_port(&port, options).map(Self::Serial),
            Target::Tcp(address) => {
                let mut link = AsyncTcpLink::connect(address).await?;
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

impl ErrorType for AsyncAnyLink {
    type Error = LinkError;
}

impl Read for AsyncAnyLink {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        match self {
            Self::Serial(link) => link.read(buffer).await,
            Self::Tcp(link) => link.read(buffer).await,
        }
    }
}

impl Write for AsyncAnyLink {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self {
            Self::Serial(link) => link.write(bytes).await,
            Self::Tcp(link) => link.write(bytes).await,
        }
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        match self {
            Self::Serial(link) => link.flush().await,
            Self::Tcp(link) => link.flush().await,
        }
    }
}
