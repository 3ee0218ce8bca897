//! The links that the blocking endpoint needs.

#[cfg(feature = "embedded-io-06")]
mod embedded_io_06;

use embedded_io::{Read, ReadReady, Write};

#[cfg(feature = "embedded-io-06")]
pub use embedded_io_06::{V06, V06Error};

/// A link: bytes to and from one peer.
///
/// Every embedded-io 0.7 device that is [`Read`] + [`Write`] + [`ReadReady`] is a link. A device that can wait for bytes
/// with a timeout, such as a serial port or a socket of an operating system, should implement this trait itself, so that
/// an endpoint that waits does not keep the processor busy.
pub trait Link {
    /// The error of the link.
    type Error: embedded_io::Error;

    /// Reads what has arrived into `buffer`, which is never empty.
    ///
    /// Waits for the first byte at most `wait_ms` milliseconds, and returns as soon as there is one. A link that cannot
    /// wait with a timeout returns at once; the endpoint then reads its clock and calls again.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails. That nothing has arrived is not an error.
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error>;

    /// Sends the first bytes of `bytes`, which is never empty, and returns how many were sent: at least one. A link
    /// that sends none is taken for closed.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails. A link that can write with a timeout returns one if the peer takes nothing for
    /// too long.
    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error>;

    /// Sends what buffers on this side hold back. Called once after each frame.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails.
    fn flush(&mut self) -> Result<(), Self::Error>;
}

/// What [`Link::receive`] has received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Nothing has arrived in time.
    Nothing,
    /// This many bytes, at least one, at the start of the buffer.
    Bytes(usize),
    /// The other end closed the link in an orderly way; nothing will arrive any more.
    Closed,
}

impl<D: Read + Write + ReadReady> Link for D {
    type Error = D::Error;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Self::Error> {
        if !self.read_ready()? {
            return Ok(Received::Nothing);
        }
        Ok(match self.read(buffer)? {
            0 => Received::Closed,
            count => Received::Bytes(count),
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.write(bytes)
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Write::flush(self)
    }
}

/// Makes a link of a device that has no [`ReadReady`], but whose reads time out by themselves.
///
/// Its `read` must return an error of kind [`TimedOut`](embedded_io::ErrorKind::TimedOut) or
/// [`Interrupted`](embedded_io::ErrorKind::Interrupted) if nothing arrives for a while, as a serial port of an operating
/// system does under `embedded-io-adapters`. A device that waits forever makes every call wait forever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedReads<D>(pub D);

impl<D: Read + Write> Link for TimedReads<D> {
    type Error = D::Error;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Self::Error> {
        use embedded_io::{Error, ErrorKind};
        match self.0.read(buffer) {
            Ok(0) => Ok(Received::Closed),
            Ok(count) => Ok(Received::Bytes(count)),
            Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted) => {
                Ok(Received::Nothing)
            }
            Err(error) => Err(error),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.0.flush()
    }
}

/// The name of a link, for errors. Only kept with the feature `alloc`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LinkName {
    #[cfg(feature = "alloc")]
    name: alloc::string::String,
}

impl LinkName {
    /// No name.
    pub(crate) const fn new() -> Self {
        Self {
            #[cfg(feature = "alloc")]
            name: alloc::string::String::new(),
        }
    }

    /// The name; empty if there is none.
    pub(crate) fn as_str(&self) -> &str {
        #[cfg(feature = "alloc")]
        return &self.name;
        #[cfg(not(feature = "alloc"))]
        ""
    }
}

#[cfg(feature = "alloc")]
impl From<alloc::string::String> for LinkName {
    fn from(name: alloc::string::String) -> Self {
        Self { name }
    }
}
