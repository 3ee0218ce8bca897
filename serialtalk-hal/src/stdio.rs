//! Links over two one-way streams: standard input and output, or those of a child process.
//!
//! A program that serves on its standard input and output must print nothing else there: use standard error.

#[cfg(any(not(unix), test))]
mod threaded;
#[cfg(unix)]
mod unix;

use std::io;
use std::process::Child;

use serialtalk::link::{Link, Received};

#[cfg(not(unix))]
use self::threaded::Streams;
#[cfg(unix)]
use self::unix::Streams;
use crate::duplex::Duplex;
use crate::{Interrupter, Interruptible, LinkError, OpenError, SerialTalk, WRITE_TIMEOUT_MS, over};

/// Standard input and output, ready to call and to serve the program that started this one.
///
/// # Errors
///
/// [`OpenError::Io`] if the operating system has no descriptor left.
pub fn open() -> Result<SerialTalk<StdioLink>, OpenError> {
    Ok(over(StdioLink::open()?, "standard input and output"))
}

/// One stream to read from and another to write to.
///
/// The end of the input is [`Received::Closed`]. Reads wait as long as they are told to. Writes are bounded on a Unix; elsewhere
/// a write waits until the other end reads.
#[derive(Debug)]
pub struct StdioLink {
    streams: Duplex<Streams>,
    name: &'static str,
    write_timeout_ms: u32,
}

impl StdioLink {
    /// This program's standard input and output, past the buffers of the standard library.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`] if the operating system has no descriptor left.
    pub fn open() -> Result<Self, OpenError> {
        let name = "standard input and output";
        Self::over(Streams::stdio(), name)
    }

    /// The standard input and output of a child process, which was started with both piped.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`] if one of them was not piped, or has been taken already.
    pub fn child(child: &mut Child) -> Result<Self, OpenError> {
        let name = "child process";
        let streams = match (child.stdout.take(), child.stdin.take()) {
            (Some(output), Some(input)) => Streams::child(output, input),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "its standard input and output are not both piped to this program",
            )),
        };
        Self::over(streams, name)
    }

    /// How long a write may wait for room, in milliseconds, at least 1; 1000 by default. Has an effect on Unix only.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms.max(1);
    }

    fn over(streams: io::Result<Streams>, name: &'static str) -> Result<Self, OpenError> {
        match streams {
            Ok(streams) => {
                Ok(Self { streams: Duplex::new(streams), name, write_timeout_ms: WRITE_TIMEOUT_MS })
            }
            Err(error) => Err(OpenError::from_io(name, &error)),
        }
    }
}

impl Link for StdioLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.streams.receive(buffer, wait_ms) {
            Ok(None) => Ok(Received::Nothing),
            Ok(Some(0)) => Ok(Received::Closed),
            Ok(Some(count)) => Ok(Received::Bytes(count)),
            Err(error) => Err(LinkError::from_io(self.name, &error)),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.streams.send(bytes, self.write_timeout_ms) {
            Ok(Some(count)) => Ok(count),
            Ok(None) => Err(LinkError::write_timeout(self.name, self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(self.name, &error)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl Interruptible for StdioLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.streams.device.interruption.interrupter()
    }
}
