//! What the blocking endpoint needs from the thing that carries its bytes.

#[cfg(feature = "embedded-io-06")]
mod embedded_io_06;

use embedded_io::{Read, ReadReady, Write};

#[cfg(feature = "embedded-io-06")]
pub use embedded_io_06::{V06, V06Error};

/// A link: bytes to and from one peer.
///
/// Every embedded-io 0.7 device that is [`Read`] + [`Write`] + [`ReadReady`] is one. Links that can wait for bytes with
/// a limit in time (a serial port or a socket of an operating system) implement this trait themselves and so spare
/// the processor.
pub trait Link {
    /// What can go wrong with the link itself.
    type Error: embedded_io::Error;

    /// Reads what has arrived into `buffer`, which is never empty.
    ///
    /// Waits for the first byte at most `wait_ms` milliseconds, and returns as soon as there is one. A link that cannot
    /// wait for a given time returns at once: the caller looks at its clock and comes back.
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error>;

    /// Sends the first bytes of `bytes`, which is never empty, and returns how many went out: at least one.
    ///
    /// A link that can bound its writes returns an error when the peer takes nothing for too long.
    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error>;

    /// Sees to it that what was sent leaves any buffer on this side. Called once behind each frame.
    fn flush(&mut self) -> Result<(), Self::Error>;
}

/// What [`Link::receive`] came back with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// Nothing has arrived in the time given.
    Nothing,
    /// So many bytes, at least one, stand at the start of the buffer.
    Bytes(usize),
    /// The other end has closed the link in an orderly way; nothing will ever come again.
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

/// Makes a link of a device that has no [`ReadReady`], but whose reads give up by themselves.
///
/// Its `read` must return an error of kind [`TimedOut`](embedded_io::ErrorKind::TimedOut) or
/// [`Interrupted`](embedded_io::ErrorKind::Interrupted) when nothing comes for a while (a serial port of the operating
/// system behind `embedded-io-adapters`, for example); a device that waits for ever would make every call wait for ever.
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

/// The name of a link, for messages. Only kept with the feature `alloc`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LinkName {
    #[cfg(feature = "alloc")]
    name: alloc::string::String,
}

impl LinkName {
    pub(crate) const fn new() -> Self {
        Self {
            #[cfg(feature = "alloc")]
            name: alloc::string::String::new(),
        }
    }

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
