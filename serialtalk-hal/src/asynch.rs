//! The async variants of the links, over tokio.
//!
//! All of them need a tokio runtime with input, output and time enabled, both when they are made and when they are used.
//! Dropping a read or write before it is done loses no byte and sends none.

mod endpoint;
#[cfg(all(feature = "serial", feature = "tcp"))]
mod open;
#[cfg(all(feature = "pty", unix))]
mod pty;
#[cfg(feature = "serial")]
mod serial;
mod shared;
#[cfg(feature = "stdio")]
mod stdio;
#[cfg(feature = "tcp")]
mod tcp;

use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;

use embedded_io_async::{ErrorType, Read, Write};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};

pub use self::endpoint::{SerialTalk, loopback, loopback_with, over};
#[cfg(all(feature = "serial", feature = "tcp"))]
pub use self::open::{AsyncAnyLink, open, open_default, open_with};
#[cfg(all(feature = "pty", unix))]
pub use self::pty::{AsyncPtyLink, open_pty};
#[cfg(feature = "serial")]
pub use self::serial::{AsyncSerialLink, open_serial, open_serial_with};
pub use self::shared::share;
#[cfg(feature = "stdio")]
pub use self::stdio::{AsyncStdioLink, open_stdio};
#[cfg(feature = "tcp")]
pub use self::tcp::{AsyncTcpLink, AsyncTcpServer, AsyncTcpService, connect_tcp, serve_tcp};
use crate::{LinkError, WRITE_TIMEOUT_MS};

/// A link over any stream of tokio: a serial port, a socket, a pipe, [`tokio::io::join`] of two one-way streams.
#[derive(Debug)]
pub struct AsyncLink<S> {
    stream: S,
    name: String,
    write_timeout_ms: u32,
    terminal: bool,
}

impl<S> AsyncLink<S> {
    /// Makes a link of a stream. `name` is its name in errors.
    pub fn new(stream: S, name: impl Into<String>) -> Self {
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
        Self { stream, name: name.into(), write_timeout_ms, terminal: true }
    }

    /// Limits `poll` in time and makes its error one of a link.
    async fn write_within<T>(
        &mut self,
        mut poll: impl FnMut(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Result<T, LinkError>
    where
        S: Unpin,
    {
        let Self { stream, name, write_timeout_ms: ms, .. } = self;
        match within(Duration::from_millis((*ms).into()), |context| poll(Pin::new(stream), context)).await {
            Some(outcome) => outcome.map_err(|error| LinkError::from_io(name, &error)),
            None => Err(LinkError::write_timeout(name, *ms)),
        }
    }
}

impl<S> ErrorType for AsyncLink<S> {
    type Error = LinkError;
}

impl<S: AsyncRead + Unpin> Read for AsyncLink<S> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        match self.stream.read(buffer).await {
            Ok(0) if self.terminal && !buffer.is_empty() => Err(LinkError::unplugged(&self.name)),
            Ok(count) => Ok(count),
            Err(error) => Err(LinkError::from_io(&self.name, &error)),
        }
    }
}

impl<S: AsyncWrite + Unpin> Write for AsyncLink<S> {
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

/// Awaits `poll` at most for `limit`; `None` if it takes longer. The clock is read only if it has to wait.
pub(crate) async fn within<T>(
    limit: Duration,
    mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
) -> Option<T> {
    match poll_fn(|context| Poll::Ready(poll(context))).await {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => tokio::time::timeout(limit, poll_fn(poll)).await.ok(),
    }
}
