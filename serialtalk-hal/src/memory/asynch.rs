//! The async side of an end of the pair.

use core::future::poll_fn;
use core::task::{Context, Poll};
use std::io;

use embedded_io_async::{ErrorType, Read, Write};

use super::{Flow, Lanes, MemoryLink, NAME};
use crate::LinkError;
use crate::duplex::Device;

impl ErrorType for MemoryLink {
    type Error = LinkError;
}

impl Read for MemoryLink {
    /// Dropping the future before it is done loses nothing.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let kept = self.lanes.backlog.take(buffer);
        if kept > 0 {
            return Ok(kept);
        }
        let lane = &self.lanes.device.incoming;
        let read = |context: &mut Context<'_>| {
            let mut flow = lane.flow();
            let count = flow.take(buffer);
            if count == 0 && !flow.closed && !buffer.is_empty() {
                return wait(&mut flow, FOR_BYTES, context);
            }
            lane.tell(flow);
            Poll::Ready(Ok(count))
        };
        poll_fn(read).await
    }
}

impl Write for MemoryLink {
    /// Dropping the future before it is done sends nothing. Waiting for room takes a tokio runtime.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let write = |lanes: &mut Lanes, context: &mut Context<'_>| {
            let lane = &lanes.outgoing;
            let mut flow = lane.flow();
            if flow.closed {
                return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
            }
            let count = flow.put(bytes);
            if count == 0 && !bytes.is_empty() {
                return wait(&mut flow, FOR_ROOM, context);
            }
            lane.tell(flow);
            Poll::Ready(Ok(count))
        };
        let read = |lanes: &mut Lanes, _: &mut Context<'_>, buffer: &mut [u8]| lanes.receive(buffer, 0);
        match self.lanes.write_within(self.write_timeout_ms, write, read).await {
            Ok(Some(count)) => Ok(count),
            Ok(None) => Err(LinkError::write_timeout(NAME, self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(NAME, &error)),
        }
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

const FOR_BYTES: usize = 0;
const FOR_ROOM: usize = 1;

fn wait<T>(flow: &mut Flow, what: usize, context: &Context<'_>) -> Poll<T> {
    if let Some(task) = flow.tasks.get_mut(what) {
        *task = Some(context.waker().clone());
    }
    Poll::Pending
}
