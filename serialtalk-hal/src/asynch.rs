//! The async variants of the links, over tokio.
//!
//! All of them need a tokio runtime with input, output and time enabled, both when they are made and when they are used.
//! Dropping a read or write before it is done loses no byte and sends none; what a write has read meanwhile is kept for the
//! next read.

mod endpoint;
#[cfg(all(feature = "serial", feature = "tcp"))]
mod open;
#[cfg(all(feature = "pty", unix))]
mod pty;
mod reconnecting;
#[cfg(feature = "serial")]
mod serial;
mod shared;
#[cfg(feature = "stdio")]
mod stdio;
#[cfg(feature = "tcp")]
mod tcp;

use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

pub use self::endpoint::{SerialTalk, loopback, loopback_with, over};
#[cfg(all(feature = "serial", feature = "tcp"))]
pub use self::open::{AsyncAnyLink, open, open_default, open_with};
#[cfg(all(feature = "pty", unix))]
pub use self::pty::{AsyncPtyLink, open_pty};
pub use self::reconnecting::{Attempted, Reconnecting};
#[cfg(feature = "serial")]
pub use self::serial::{AsyncSerialLink, open_serial, open_serial_with};
pub use self::shared::{Shareable, share};
#[cfg(feature = "stdio")]
pub use self::stdio::{AsyncStdioLink, open_stdio};
#[cfg(feature = "tcp")]
pub use self::tcp::{AsyncTcpLink, AsyncTcpServer, AsyncTcpService, connect_tcp, serve_tcp};
use crate::duplex::Duplex;
use crate::{LinkError, WRITE_TIMEOUT_MS};

/// A link over any stream of tokio: a serial port, a socket, a pipe, [`tokio::io::join`] of two one-way streams.
#[derive(Debug)]
pub struct AsyncLink<S> {
    stream: Duplex<S>,
    name: String,
    write_timeout_ms: u32,
    terminal: bool,
}

impl<S> AsyncLink<S> {
    /// Makes a link of a stream. `name` is its name in errors.
    pub fn new(stream: S, name: impl Into<String>) -> Self {
        let stream = Duplex::new(stream);
        Self { stream, name: name.into(), write_timeout_ms: WRITE_TIMEOUT_MS, terminal: false }
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms;
    }

    /// The name of this link in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For a stream that never ends in an orderly way, and whose flush waits on the line and blocks the runtime.
    #[cfg(feature = "serial")]
    fn terminal(stream: S, name: impl Into<String>, write_timeout_ms: u32) -> Self {
        Self { write_timeout_ms, terminal: true, ..Self::new(stream, name) }
    }
}

impl<S: AsyncRead + Unpin> AsyncLink<S> {
    /// Limits `write` in time and makes its error one of a link. Reads meanwhile.
    async fn write_within<T>(
        &mut self,
        mut write: impl FnMut(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Result<T, LinkError> {
        let write = |stream: &mut S, context: &mut Context<'_>| write(Pin::new(stream), context);
        match self.stream.write_within(self.write_timeout_ms, write, read_now).await {
            Ok(Some(outcome)) => Ok(outcome),
            Ok(None) => Err(LinkError::write_timeout(&self.name, self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }
}

/// Reads what has arrived; `None` if nothing has.
fn read_now<S: AsyncRead + Unpin>(
    stream: &mut S,
    context: &mut Context<'_>,
    buffer: &mut [u8],
) -> io::Result<Option<usize>> {
    let mut buffer = ReadBuf::new(buffer);
    match Pin::new(stream).poll_read(context, &mut buffer) {
        Poll::Ready(outcome) => outcome.map(|()| Some(buffer.filled().len())),
        Poll::Pending => Ok(None),
    }
}

impl<S> ErrorType for AsyncLink<S> {
    type Error = LinkError;
}

impl<S: AsyncRead + Unpin> Read for AsyncLink<S> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let kept = self.stream.backlog.take(buffer);
        if kept > 0 {
            return Ok(kept);
        }
        match self.stream.device.read(buffer).await {
            Ok(0) if self.terminal && !buffer.is_empty() => Err(LinkError::unplugged(&self.name)),
            Ok(count) => Ok(count),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Write for AsyncLink<S> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.write_within(|stream, context| stream.poll_write(context, bytes)).await? {
            0 if !bytes.is_empty() => Err(LinkError::unplugged(&self.name)),
            count => Ok(count),
        }
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        if self.terminal {
            return Ok(());
        }
        self.write_within(AsyncWrite::poll_flush).await
    }
}
