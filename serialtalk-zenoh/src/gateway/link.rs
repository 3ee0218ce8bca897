//! What leads to a board: something that is opened by name, or memory that is shared with a simulated board.

use serialtalk::embedded_io_async::{ErrorType, Read, Write};
use serialtalk_hal::LinkError;
use serialtalk_hal::asynch::AsyncAnyLink;
use serialtalk_hal::memory::MemoryLink;

/// An open link to a board.
pub(super) enum Link {
    Opened(AsyncAnyLink),
    Memory(MemoryLink),
}

impl ErrorType for Link {
    type Error = LinkError;
}

impl Read for Link {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, LinkError> {
        match self {
            Self::Opened(link) => link.read(buffer).await,
            Self::Memory(link) => link.read(buffer).await,
        }
    }
}

impl Write for Link {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self {
            Self::Opened(link) => link.write(bytes).await,
            Self::Memory(link) => link.write(bytes).await,
        }
    }

    async fn flush(&mut self) -> Result<(), LinkError> {
        match self {
            Self::Opened(link) => link.flush().await,
            Self::Memory(link) => link.flush().await,
        }
    }
}
