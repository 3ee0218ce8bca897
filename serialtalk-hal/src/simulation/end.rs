//! An end of a line.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::time::Duration;

use serialtalk::link::{Link, Received};

use super::clock::VirtualClock;
use super::lane::{Lane, Put, Taken};
use super::tasks::NESTED;
use crate::{LinkError, WRITE_TIMEOUT_MS};

const NAME: &str = "simulated line";

/// One end of a [`Line`](super::Line): with feature `tokio` the link of an async endpoint, and in a program that awaits that of a
/// blocking one, too.
///
/// As a blocking link it never waits, for no other program could run then: a read with a wait is a panic, unless bytes are there,
/// and a write that finds no room is [`LinkError::WriteTimeout`] at once. So a blocking endpoint calls `process` and awaits
/// [`sleep`](VirtualClock::sleep) in turns. The program that the test is may block: it takes
/// [`Simulation::blocking`](super::Simulation::blocking).
///
/// Clones of it are the same end, for a program that reads in one place and writes in another. It is closed when the last of them
/// is dropped: the other end still reads what was sent, then [`Received::Closed`]. A write that waits for room does not read
/// meanwhile.
#[derive(Debug, Clone)]
pub struct LineEnd {
    lanes: Arc<Lanes>,
}

#[derive(Debug)]
struct Lanes {
    clock: VirtualClock,
    incoming: Arc<Lane>,
    outgoing: Arc<Lane>,
}

impl LineEnd {
    pub(super) fn new(clock: VirtualClock, incoming: Arc<Lane>, outgoing: Arc<Lane>) -> Self {
        Self { lanes: Arc::new(Lanes { clock, incoming, outgoing }) }
    }

    /// How many bytes this end has lost so far because it did not read in time. With flow control that is 0.
    pub fn overrun(&self) -> u64 {
        self.lanes.incoming.overrun(self.clock().elapsed())
    }

    pub(super) fn clock(&self) -> &VirtualClock {
        &self.lanes.clock
    }

    /// Loses what is on its way to and from this end, and what it has not read.
    pub(super) fn switch_off(&self) {
        self.lanes.incoming.lose_all();
        self.lanes.outgoing.lose_unarrived(self.clock().elapsed());
    }

    /// Loses what has arrived meanwhile.
    pub(super) fn switch_on(&self) {
        self.lanes.incoming.lose_arrived(self.clock().elapsed());
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> Taken {
        self.lanes.incoming.take(self.clock().elapsed(), buffer)
    }

    pub(super) fn try_write(&self, bytes: &[u8]) -> Put {
        self.lanes.outgoing.put(self.clock().elapsed(), bytes)
    }

    /// Waits for bytes, and reads them: 0 if the other end is closed.
    pub(super) async fn read_some(&self, buffer: &mut [u8]) -> usize {
        loop {
            match self.try_read(buffer) {
                Taken::Bytes(count) => return count,
                Taken::Closed => return 0,
                Taken::Later(arrival) => self.clock().sleep_until(arrival).await,
                Taken::Nothing => poll_fn(|context| self.lanes.incoming.poll_bytes(context)).await,
            }
        }
    }

    /// Waits for room, and sends what there is room for.
    pub(super) async fn write_some(&self, bytes: &[u8]) -> Result<usize, LinkError> {
        let write = async {
            loop {
                match self.try_write(bytes) {
                    Put::Bytes(count) => return Ok(count),
                    Put::Closed => return Err(unplugged()),
                    Put::Later(moment) => self.clock().sleep_until(moment).await,
                    Put::Full => poll_fn(|context| self.lanes.outgoing.poll_room(context)).await,
                }
            }
        };
        let limit = Duration::from_millis(WRITE_TIMEOUT_MS.into());
        let written = self.clock().within(limit, write).await;
        written.unwrap_or_else(|| Err(LinkError::write_timeout(NAME, WRITE_TIMEOUT_MS)))
    }
}

impl Link for LineEnd {
    type Error = LinkError;

    /// # Panics
    ///
    /// Panics if it would have to wait.
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.try_read(buffer) {
            Taken::Bytes(count) => Ok(Received::Bytes(count)),
            Taken::Closed => Ok(Received::Closed),
            Taken::Later(_) | Taken::Nothing => {
                assert!(wait_ms == 0, "{NESTED}");
                Ok(Received::Nothing)
            }
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.try_write(bytes) {
            Put::Bytes(count) => Ok(count),
            Put::Closed => Err(unplugged()),
            Put::Later(_) | Put::Full => Err(LinkError::write_timeout(NAME, 0)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

pub(super) fn unplugged() -> LinkError {
    LinkError::unplugged(NAME)
}

impl Drop for Lanes {
    fn drop(&mut self) {
        self.incoming.close();
        self.outgoing.close();
    }
}
