//! Devices that are read while a write waits for room.

#[cfg(feature = "tokio")]
mod asynch;

use std::io;

use crate::backlog::Backlog;
use crate::deadline::Deadline;

/// How long a write waits for room before it reads, in milliseconds. If the other end reads, room comes sooner as a rule, and
/// what it sends stays on the line, where it holds up that end.
const PATIENCE_MS: u32 = 1;

/// What reads and writes bytes, with limits in time. Both may end early.
pub(crate) trait Device {
    /// Reads what has arrived, waiting for it at most `wait_ms`; `None` if nothing has. `Some(0)` is the end of the input.
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>>;

    /// Writes what goes out at once, waiting for room at most `wait_ms`; `None` if there was none.
    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>>;
}

/// A device whose writes read meanwhile, so that two ends that both write do not wait for each other.
#[derive(Debug)]
pub(crate) struct Duplex<D> {
    pub(crate) device: D,
    pub(crate) backlog: Backlog,
}

impl<D> Duplex<D> {
    pub(crate) fn new(device: D) -> Self {
        Self { device, backlog: Backlog::default() }
    }
}

impl<D: Device> Duplex<D> {
    /// Reads what has arrived, waiting for it at most `wait_ms`; `None` if nothing has. `Some(0)` is the end of the input.
    pub(crate) fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        match self.backlog.take(buffer) {
            0 => self.device.receive(buffer, wait_ms),
            count => Ok(Some(count)),
        }
    }

    /// Writes what goes out at once, waiting for room at most `timeout_ms`; `None` if there was none.
    pub(crate) fn send(&mut self, bytes: &[u8], timeout_ms: u32) -> io::Result<Option<usize>> {
        let first_ms = timeout_ms.min(PATIENCE_MS);
        let mut sent = self.device.send(bytes, first_ms)?;
        if sent.is_some() {
            return Ok(sent);
        }
        let deadline = Deadline::in_ms(timeout_ms - first_ms);
        while sent.is_none()
            && let Some(left_ms) = deadline.left_ms()
        {
            self.backlog.fill(|buffer| self.device.receive(buffer, 0))?;
            sent = self.device.send(bytes, left_ms.min(PATIENCE_MS))?;
        }
        Ok(sent)
    }
}
