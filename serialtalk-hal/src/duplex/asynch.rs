//! The async side: writes under tokio that read meanwhile.

use core::future::poll_fn;
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;

use tokio::time::{Instant, timeout_at};

use super::{Duplex, PATIENCE_MS};

impl<D> Duplex<D> {
    /// Awaits `write` at most for `limit_ms`; `None` if it takes longer. While it waits, `read` reads now and then what has
    /// arrived; `None` if nothing has. The clock is read only if `write` has to wait.
    ///
    /// Dropping the future loses no byte that was read.
    pub(crate) async fn write_within<T>(
        &mut self,
        limit_ms: u32,
        mut write: impl FnMut(&mut D, &mut Context<'_>) -> Poll<io::Result<T>>,
        mut read: impl FnMut(&mut D, &mut Context<'_>, &mut [u8]) -> io::Result<Option<usize>>,
    ) -> io::Result<Option<T>> {
        let Self { device, backlog } = self;
        if let Poll::Ready(outcome) = poll_fn(|context| Poll::Ready(write(device, context))).await {
            return outcome.map(Some);
        }
        let deadline = Instant::now() + Duration::from_millis(limit_ms.into());
        loop {
            let until = deadline.min(Instant::now() + Duration::from_millis(PATIENCE_MS.into()));
            if let Ok(outcome) = timeout_at(until, poll_fn(|context| write(device, context))).await {
                return outcome.map(Some);
            }
            if until == deadline {
                return Ok(None);
            }
            poll_fn(|context| Poll::Ready(backlog.fill(|buffer| read(device, context, buffer)))).await?;
        }
    }
}
