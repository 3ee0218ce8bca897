//! The link of an async endpoint that outlives its connections.

use embedded_io_async::{ErrorType, Read, Write};

use super::LinkSlot;
use crate::LinkError;

impl<L: ErrorType<Error = LinkError>> ErrorType for LinkSlot<L> {
    type Error = LinkError;
}

impl<L: Read + ErrorType<Error = LinkError>> Read for LinkSlot<L> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        self.open()?.read(buffer).await
    }
}

impl<L: Write + ErrorType<Error = LinkError>> Write for LinkSlot<L> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.open()?.write(bytes).await
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        self.open()?.flush().await
    }
}
