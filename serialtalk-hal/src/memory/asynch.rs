//! The async side of an end of the pair.

use core::future::poll_fn;
use core::task::{Context, Poll};
use core::time::Duration;

use embedded_io_async::{ErrorType, Read, Write};

use super::{Flow, MemoryLink, NAME};
use crate::LinkError;

impl ErrorType for MemoryLink {
    type Error = LinkError;
}

impl Read for MemoryLink {
    /// Dropping the future before it is done loses nothing.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        let lane = &self.incoming;
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
        let lane = &self.outgoing;
        let write = |context: &mut Context<'_>| {
            let mut flow = lane.flow();
            if flow.closed {
                return Poll::Ready(Err(LinkError::unplugged(NAME)));
            }
            let count = flow.put(bytes);
            if count == 0 && !bytes.is_empty() {
                return wait(&mut flow, FOR_ROOM, context);
            }
            lane.tell(flow);
            Poll::Ready(Ok(count))
        };
        let limit = Duration::from_millis(self.write_timeout_ms.into());
        crate::asynch::within(limit, write)
            .await
            .unwrap_or_else(|| Err(LinkError::write_timeout(NAME, self.write_timeout_ms)))
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
