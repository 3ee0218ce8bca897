//! Virtual serial ports under tokio.

use std::io;
use std::os::fd::OwnedFd;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::{Join, join};
use tokio::net::unix::pipe::{Receiver, Sender};

use super::AsyncLink;
use super::{SerialTalk, over};
use crate::pty::Pty;
use crate::{LinkError, OpenError};

/// Opens a virtual serial port, ready to call and to serve the program that opens its [`path`](AsyncPtyLink::path).
///
/// # Errors
///
/// [`OpenError::Io`] if the operating system has no pty left.
pub fn open_pty() -> Result<SerialTalk<AsyncPtyLink>, OpenError> {
    let link = AsyncPtyLink::open()?;
    let path = link.path().to_owned();
    Ok(over(link, path))
}

/// Our end of a virtual serial port, async; as [`PtyLink`](crate::pty::PtyLink) otherwise.
#[derive(Debug)]
pub struct AsyncPtyLink {
    /// Pipes are what tokio reads and writes in the same way as a pty, and makes of any descriptor.
    link: AsyncLink<Join<Receiver, Sender>>,
    /// Kept so that the master does not fail while no other program has the port open.
    _slave: OwnedFd,
}

impl AsyncPtyLink {
    /// Makes a virtual serial port, raw from the start: no echo, no translation of line ends.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`], as when the operating system has no pty left.
    pub fn open() -> Result<Self, OpenError> {
        let Pty { master, slave, path, .. } = Pty::open()?;
        let open = || {
            let receiver = Receiver::from_owned_fd_unchecked(master.try_clone()?)?;
            Ok(join(receiver, Sender::from_owned_fd_unchecked(master)?))
        };
        let stream = open().map_err(|error: io::Error| OpenError::from_io(&path, &error))?;
        Ok(Self { link: AsyncLink::new(stream, path), _slave: slave })
    }

    /// The path to open at the other end, such as `/dev/pts/4`.
    pub fn path(&self) -> &str {
        self.link.name()
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.link.set_write_timeout_ms(ms);
    }
}

impl ErrorType for AsyncPtyLink {
    type Error = LinkError;
}

impl Read for AsyncPtyLink {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        self.link.read(buffer).await
    }
}

impl Write for AsyncPtyLink {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.link.write(bytes).await
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        self.link.flush().await
    }
}
