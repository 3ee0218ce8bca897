//! The UART and the clock for async firmware: whoever waits yields until it is there.

use core::convert::Infallible;

use embassy_futures::yield_now;
use serialtalk::{AsyncClock, Clock as _};

use super::{Millis, Uart};

impl Uart {
    /// Takes what has come, at least a byte.
    async fn take_some(&mut self, buffer: &mut [u8]) -> usize {
        loop {
            let mut count = 0;
            for place in &mut *buffer {
                let Some(byte) = self.take() else { break };
                *place = byte;
                count += 1;
            }
            if count > 0 || buffer.is_empty() {
                return count;
            }
            yield_now().await;
        }
    }

    fn put_all(&mut self, bytes: &[u8]) -> usize {
        for &byte in bytes {
            self.put(byte);
        }
        bytes.len()
    }
}

impl AsyncClock for Millis {
    async fn wait(&self, ms: u32) {
        let start = self.now();
        while self.now().wrapping_sub(start) < ms {
            yield_now().await;
        }
    }
}

impl embedded_io_async::Read for Uart {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        Ok(self.take_some(buffer).await)
    }
}

impl embedded_io_async::Write for Uart {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(self.put_all(bytes))
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
