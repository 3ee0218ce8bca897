//! The end of a line and the clock, for async endpoints.

use core::time::Duration;

use embedded_io_async::{ErrorType, Read, Write};
use serialtalk::AsyncClock;

use super::{LineEnd, VirtualClock};
use crate::LinkError;

impl ErrorType for LineEnd {
    type Error = LinkError;
}

impl Read for LineEnd {
    /// Dropping the future before it is done loses nothing.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        if buffer.is_empty() {
            return Ok(0);
        }
        Ok(self.read_some(buffer).await)
    }
}

impl Write for LineEnd {
    /// Dropping the future before it is done sends nothing.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        if bytes.is_empty() {
            return Ok(0);
        }
        self.write_some(bytes).await
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

/// Async endpoints in virtual time:
///
/// ```
/// use serialtalk::{AsyncCaller, Commands, asynch};
/// use serialtalk_hal::simulation::{Line, Simulation};
///
/// let simulation = Simulation::new();
/// let (board, host) = simulation.line(Line::baud(115_200));
/// let mut commands = Commands::new();
/// commands.add("double", |x: u32| 2 * x).unwrap();
/// let mut board = asynch::SerialTalk::new(board, simulation.clock()).serve(commands);
/// simulation.spawn(async move { board.run().await.unwrap() });
///
/// let mut host = asynch::SerialTalk::new(host, simulation.clock());
/// let reply = simulation.block_on(host.call::<u32>("double", (21u32,)))?;
/// assert_eq!(reply, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl AsyncClock for VirtualClock {
    async fn wait(&self, ms: u32) {
        self.sleep(Duration::from_millis(ms.into())).await;
    }
}
