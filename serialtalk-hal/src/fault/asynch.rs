//! Faults on an async link.

use embedded_io_async::{ErrorType, Read, Write};

use super::FaultLink;
use crate::LinkError;

impl<L: ErrorType<Error = LinkError>> ErrorType for FaultLink<L> {
    type Error = LinkError;
}

impl<L: Read + ErrorType<Error = LinkError>> Read for FaultLink<L> {
    /// Loses as much as the read of the link inside if its future is dropped.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        loop {
            let kept = self.receiving.take(buffer);
            if kept > 0 || buffer.is_empty() {
                return Ok(kept);
            }
            let part = self.part(buffer)?;
            let count = self.link.read(part).await?;
            if count == 0 {
                return Ok(0);
            }
            let count = self.arrived(buffer, count);
            if count > 0 {
                return Ok(count);
            }
        }
    }
}

impl<L: Write + ErrorType<Error = LinkError>> Write for FaultLink<L> {
    /// If its future is dropped, what has not gone out goes with the next write.
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let count = self.take(bytes)?;
        while !self.sending.ready().is_empty() {
            let chunk = self.chunk_of(self.sending.ready().len());
            let sent = self.link.write(self.sending.ready().get(..chunk).unwrap_or_default()).await?;
            self.sending.drop_first(sent);
        }
        Ok(count)
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        self.before_cut(0)?;
        self.link.flush().await
    }
}
