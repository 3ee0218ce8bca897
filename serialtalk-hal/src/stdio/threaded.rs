//! Two streams of the standard library, where reads cannot be bounded in time: a thread reads ahead.

use core::time::Duration;
use std::io::{self, Read, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};

use crate::interruption::slices::Interruption;

/// The thread ends with the input, and at the latest with the program.
pub(super) struct Streams {
    arrived: Receiver<io::Result<Vec<u8>>>,
    /// Arrived, but not read yet, in reverse.
    rest: Vec<u8>,
    output: Box<dyn Write + Send>,
}

impl Streams {
    #[cfg_attr(unix, allow(dead_code, reason = "the tests have no use for it"))]
    pub(super) fn stdio() -> io::Result<Self> {
        Self::start(io::stdin(), io::stdout())
    }

    #[cfg_attr(unix, allow(dead_code, reason = "the tests have no use for it"))]
    pub(super) fn child(output: ChildStdout, input: ChildStdin) -> io::Result<Self> {
        Self::start(output, input)
    }

    pub(super) fn start(
        input: impl Read + Send + 'static,
        output: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let (sender, arrived) = sync_channel(16);
        std::thread::Builder::new().name("read ahead".into()).spawn(move || read_ahead(input, &sender))?;
        Ok(Self { arrived, rest: Vec::new(), output: Box::new(output) })
    }

    pub(super) fn receive(
        &mut self,
        buffer: &mut [u8],
        wait_ms: u32,
        interruption: &Interruption,
    ) -> io::Result<Option<usize>> {
        if self.rest.is_empty() {
            let wait_ms = interruption.limit(wait_ms);
            match self.arrived.recv_timeout(Duration::from_millis(wait_ms.into())) {
                Ok(bytes) => self.rest = bytes?,
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => return Ok(Some(0)),
            }
            self.rest.reverse();
        }
        let count = buffer.len().min(self.rest.len());
        for (slot, byte) in buffer.iter_mut().zip(core::iter::from_fn(|| self.rest.pop())) {
            *slot = byte;
        }
        Ok(Some(count))
    }

    pub(super) fn send(&mut self, bytes: &[u8], _timeout_ms: u32) -> io::Result<Option<usize>> {
        self.output.write_all(bytes)?;
        self.output.flush()?;
        Ok(Some(bytes.len()))
    }
}

impl core::fmt::Debug for Streams {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}

fn read_ahead(mut input: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
    let mut buffer = [0; 1024];
    loop {
        let outcome = match input.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => Ok(buffer.iter().take(count).copied().collect()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let failed = outcome.is_err();
        if sender.send(outcome).is_err() || failed {
            return;
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::net::UnixStream;
    use std::time::Instant;

    use super::*;

    fn streams_and_peer() -> (Streams, UnixStream) {
        let (ours, peer) = UnixStream::pair().unwrap();
        (Streams::start(ours.try_clone().unwrap(), ours).unwrap(), peer)
    }

    #[test]
    fn bytes_cross_both_ways_in_order() {
        let (mut streams, mut peer) = streams_and_peer();
        peer.write_all(b"abcdefg").unwrap();
        let mut all = Vec::new();
        let mut buffer = [0; 3];
        while all.len() < 7 {
            let count = streams.receive(&mut buffer, 60_000, &Interruption::default()).unwrap().unwrap();
            all.extend_from_slice(&buffer[..count]);
        }
        assert_eq!(all, b"abcdefg");
        assert_eq!(streams.send(b"back", 0).unwrap(), Some(4));
        let mut back = [0; 4];
        peer.read_exact(&mut back).unwrap();
        assert_eq!(&back, b"back");
    }

    #[test]
    fn a_read_ends_in_time_and_the_end_of_the_input_is_told() {
        let (mut streams, peer) = streams_and_peer();
        let start = Instant::now();
        assert_eq!(streams.receive(&mut [0; 3], 0, &Interruption::default()).unwrap(), None);
        assert_eq!(streams.receive(&mut [0; 3], 20, &Interruption::default()).unwrap(), None);
        assert!(start.elapsed() < Duration::from_secs(10));
        drop(peer);
        assert_eq!(streams.receive(&mut [0; 3], 60_000, &Interruption::default()).unwrap(), Some(0));
        assert!(streams.send(b"x", 0).is_err());
    }
}
