//! What has arrived while a write waited for room.

use alloc::collections::VecDeque;
use std::io::Read;

/// How many bytes a backlog holds at most.
pub(crate) const LIMIT: usize = 1 << 20;

/// How many bytes are added at a time at most: as many as a pty holds.
const CHUNK: usize = 4096;

/// Bytes that have arrived while a write waited for room. They are received before all others.
///
/// If both ends write and neither reads, both wait for room for ever. A write that has waited for a while reads into the
/// backlog, which makes room for the other end.
#[derive(Debug, Default)]
pub(crate) struct Backlog {
    bytes: VecDeque<u8>,
}

impl Backlog {
    /// Adds what `read` reads, unless the backlog is full. The end of the input adds nothing.
    pub(crate) fn fill<E>(
        &mut self,
        read: impl FnOnce(&mut [u8]) -> Result<Option<usize>, E>,
    ) -> Result<(), E> {
        let mut chunk = [0; CHUNK];
        let room = LIMIT.saturating_sub(self.bytes.len()).min(CHUNK);
        if let Some(part @ [_, ..]) = chunk.get_mut(..room)
            && let Some(count) = read(part)?
        {
            self.bytes.extend(part.iter().take(count));
        }
        Ok(())
    }

    /// Moves the oldest bytes into `buffer`, and returns how many.
    pub(crate) fn take(&mut self, buffer: &mut [u8]) -> usize {
        take(&mut self.bytes, buffer)
    }

    #[cfg(feature = "tcp")]
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// Moves the first of `bytes` into `buffer`, and returns how many.
pub(crate) fn take(bytes: &mut VecDeque<u8>, buffer: &mut [u8]) -> usize {
    let mut count = 0;
    // A ring yields the bytes up to its end first and those from its start next.
    while let Some(rest) = buffer.get_mut(count..)
        && let Ok(more @ 1..) = bytes.read(rest)
    {
        count += more;
    }
    count
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

    use super::*;

    fn add(backlog: &mut Backlog, bytes: &[u8]) {
        let read = |buffer: &mut [u8]| {
            buffer[..bytes.len()].copy_from_slice(bytes);
            Ok::<_, Infallible>(Some(bytes.len()))
        };
        backlog.fill(read).unwrap();
    }

    #[test]
    fn bytes_leave_in_the_order_in_which_they_came() {
        let mut backlog = Backlog::default();
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for size in 0..200_u8 {
            let bytes: Vec<u8> = (0..size).collect();
            add(&mut backlog, &bytes);
            sent.extend(bytes);
            let mut buffer = [0; 90];
            let count = backlog.take(&mut buffer);
            received.extend_from_slice(&buffer[..count]);
        }
        let mut rest = vec![0; sent.len()];
        let count = backlog.take(&mut rest);
        received.extend_from_slice(&rest[..count]);
        assert_eq!(received, sent);
        assert_eq!(backlog.take(&mut rest), 0);
    }

    #[test]
    fn a_full_backlog_reads_nothing() {
        let mut backlog = Backlog::default();
        add(&mut backlog, b"first");
        let mut reads = 0;
        for _ in 0..LIMIT / CHUNK + 10 {
            let read = |buffer: &mut [u8]| {
                reads += 1;
                Ok::<_, Infallible>(Some(buffer.len()))
            };
            backlog.fill(read).unwrap();
        }
        assert_eq!(reads, LIMIT / CHUNK);
        let mut all = vec![0; LIMIT + 1];
        assert_eq!(backlog.take(&mut all), LIMIT);
        assert!(all.starts_with(b"first"));
        add(&mut backlog, b"again");
        assert_eq!(backlog.take(&mut all), 5);
    }

    #[test]
    fn nothing_and_the_end_of_the_input_add_nothing() {
        let mut backlog = Backlog::default();
        for count in [None, Some(0)] {
            backlog.fill(|_| Ok::<_, Infallible>(count)).unwrap();
        }
        assert_eq!(backlog.fill(|_| Err("gone")), Err("gone"));
        assert_eq!(backlog.take(&mut [0; 8]), 0);
    }
}
