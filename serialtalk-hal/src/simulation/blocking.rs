//! The end of a line for the program that blocks.

use alloc::rc::Rc;
use core::time::Duration;

use serialtalk::link::{Link, Received};

use super::end::{LineEnd, unplugged};
use super::lane::{Put, Taken};
use super::tasks::Tasks;
use crate::LinkError;

/// A [`LineEnd`] whose reads and writes block; made by [`Simulation::blocking`](super::Simulation::blocking). The programs of the
/// simulation run while they wait.
pub struct BlockingEnd {
    end: LineEnd,
    tasks: Rc<Tasks>,
}

impl BlockingEnd {
    pub(super) fn new(end: LineEnd, tasks: Rc<Tasks>) -> Self {
        Self { end, tasks }
    }

    /// The end of the line.
    pub fn end(&self) -> &LineEnd {
        &self.end
    }
}

impl Link for BlockingEnd {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        let count = match self.end.try_read(buffer) {
            Taken::Bytes(count) => Some(count),
            Taken::Closed => Some(0),
            Taken::Later(_) | Taken::Nothing if wait_ms == 0 => None,
            Taken::Later(_) | Taken::Nothing => {
                let limit = Duration::from_millis(wait_ms.into());
                self.tasks.run(self.end.clock().within(limit, self.end.read_some(buffer)))
            }
        };
        Ok(match count {
            Some(0) => Received::Closed,
            Some(count) => Received::Bytes(count),
            None => Received::Nothing,
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.end.try_write(bytes) {
            Put::Bytes(count) => Ok(count),
            Put::Closed => Err(unplugged()),
            Put::Later(_) | Put::Full => self.tasks.run(self.end.write_some(bytes)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl core::fmt::Debug for BlockingEnd {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("BlockingEnd").field("end", &self.end).finish_non_exhaustive()
    }
}
