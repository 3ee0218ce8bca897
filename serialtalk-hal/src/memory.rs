//! A pair of links within this program, for tests, examples and simulated boards.
//!
//! Each end is blocking and, with feature `tokio`, async: a board in a thread can talk to a host in a task. Dropping an
//! end closes the link: the other end still reads what was sent, then [`Received::Closed`].

#[cfg(feature = "tokio")]
mod asynch;

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use core::time::Duration;
use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serialtalk::link::{Link, Received};

use crate::backlog;
use crate::duplex::{Device, Duplex};
use crate::{Interrupter, Interruptible, LinkError, WRITE_TIMEOUT_MS};

/// One end of a [`pair`].
#[derive(Debug)]
pub struct MemoryLink {
    lanes: Duplex<Lanes>,
    write_timeout_ms: u32,
}

/// Makes two links that are connected with each other. Each direction holds 4096 bytes, as much as a pty does.
pub fn pair() -> (MemoryLink, MemoryLink) {
    let (a, b) = (Arc::new(Lane::default()), Arc::new(Lane::default()));
    (MemoryLink::new(Arc::clone(&a), Arc::clone(&b)), MemoryLink::new(b, a))
}

const CAPACITY: usize = 4096;

const NAME: &str = "in-memory link";

impl MemoryLink {
    fn new(incoming: Arc<Lane>, outgoing: Arc<Lane>) -> Self {
        let lanes = Duplex::new(Lanes { incoming, outgoing });
        Self { lanes, write_timeout_ms: WRITE_TIMEOUT_MS }
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms;
    }
}

impl Link for MemoryLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.lanes.receive(buffer, wait_ms) {
            Ok(None) => Ok(Received::Nothing),
            Ok(Some(0)) => Ok(Received::Closed),
            Ok(Some(count)) => Ok(Received::Bytes(count)),
            Err(error) => Err(LinkError::from_io(NAME, &error)),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.lanes.send(bytes, self.write_timeout_ms) {
            Ok(Some(count)) => Ok(count),
            Ok(None) => Err(LinkError::write_timeout(NAME, self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(NAME, &error)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl Interruptible for MemoryLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        let lane = Arc::clone(&self.lanes.device.incoming);
        Ok(Interrupter::new(move || {
            let mut flow = lane.flow();
            flow.interrupted = true;
            lane.tell(flow);
        }))
    }
}

/// Both directions, as one end sees them.
#[derive(Debug)]
struct Lanes {
    incoming: Arc<Lane>,
    outgoing: Arc<Lane>,
}

impl Device for Lanes {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        let lane = &self.incoming;
        let mut flow =
            lane.wait_while(wait_ms, |flow| flow.bytes.is_empty() && !flow.closed && !flow.interrupted);
        flow.interrupted = false;
        Ok(match flow.take(buffer) {
            0 if !flow.closed => None,
            0 => Some(0),
            count => {
                lane.tell(flow);
                Some(count)
            }
        })
    }

    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
        let lane = &self.outgoing;
        let mut flow = lane.wait_while(wait_ms, |flow| flow.is_full() && !flow.closed);
        if flow.closed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(match flow.put(bytes) {
            0 => None,
            count => {
                lane.tell(flow);
                Some(count)
            }
        })
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        for lane in [&self.incoming, &self.outgoing] {
            let mut flow = lane.flow();
            flow.closed = true;
            lane.tell(flow);
        }
    }
}

/// One direction.
#[derive(Debug, Default)]
struct Lane {
    flow: Mutex<Flow>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Flow {
    bytes: VecDeque<u8>,
    closed: bool,
    /// Whether the end that receives is to return, whatever is there.
    interrupted: bool,
    /// How many threads wait for a change; without one, telling of it would be a system call for nothing.
    waiting: u32,
    /// The tasks that wait for bytes and for room.
    #[cfg(feature = "tokio")]
    tasks: [Option<core::task::Waker>; 2],
}

impl Lane {
    fn flow(&self) -> MutexGuard<'_, Flow> {
        self.flow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, ms: u32, mut idle: impl FnMut(&mut Flow) -> bool) -> MutexGuard<'_, Flow> {
        let mut flow = self.flow();
        if ms == 0 || !idle(&mut flow) {
            return flow;
        }
        flow.waiting += 1;
        let wait = Duration::from_millis(ms.into());
        let (mut flow, _) =
            self.changed.wait_timeout_while(flow, wait, idle).unwrap_or_else(PoisonError::into_inner);
        flow.waiting -= 1;
        flow
    }

    /// Wakes the waiting end, once the flow is free for it.
    fn tell(&self, #[allow(unused_mut, reason = "tasks are taken")] mut flow: MutexGuard<'_, Flow>) {
        let waiting = flow.waiting;
        #[cfg(feature = "tokio")]
        let tasks = core::mem::take(&mut flow.tasks);
        drop(flow);
        if waiting > 0 {
            self.changed.notify_all();
        }
        #[cfg(feature = "tokio")]
        tasks.into_iter().flatten().for_each(core::task::Waker::wake);
    }
}

impl Flow {
    fn is_full(&self) -> bool {
        self.bytes.len() >= CAPACITY
    }

    /// Moves the bytes that are there into `buffer`, and returns how many.
    fn take(&mut self, buffer: &mut [u8]) -> usize {
        backlog::take(&mut self.bytes, buffer)
    }

    /// Moves in what fits, and returns how many bytes that were.
    fn put(&mut self, bytes: &[u8]) -> usize {
        let room = CAPACITY.saturating_sub(self.bytes.len());
        self.bytes.write(bytes.get(..room).unwrap_or(bytes)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
