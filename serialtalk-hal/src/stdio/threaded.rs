//! Two streams of the standard library, where reads cannot be bounded in time: a thread reads ahead, also while a write waits.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use core::time::Duration;
use std::io::{self, Read, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::backlog::{self, take};
use crate::duplex::Device;
use crate::interruption::slices::Interruption;

/// The thread ends with the input, and at the latest with the program.
pub(super) struct Streams {
    input: Arc<Input>,
    output: Box<dyn Write + Send>,
    pub(super) interruption: Interruption,
}

/// The input as far as the thread has read it.
#[derive(Default)]
struct Input {
    ahead: Mutex<Ahead>,
    changed: Condvar,
}

#[derive(Default)]
struct Ahead {
    bytes: VecDeque<u8>,
    /// How the input ended; `Ok` also if nobody wants it any more.
    end: Option<io::Result<()>>,
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
        from: impl Read + Send + 'static,
        output: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let input = Arc::new(Input::default());
        let shared = Arc::clone(&input);
        std::thread::Builder::new().name("read ahead".into()).spawn(move || shared.read_ahead(from))?;
        Ok(Self { input, output: Box::new(output), interruption: Interruption::default() })
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        self.input.ahead().end = Some(Ok(()));
        self.input.changed.notify_all();
    }
}

impl Device for Streams {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        let idle = |ahead: &mut Ahead| ahead.bytes.is_empty() && ahead.end.is_none();
        let wait = Duration::from_millis(self.interruption.limit(wait_ms).into());
        let waited = self.input.changed.wait_timeout_while(self.input.ahead(), wait, idle);
        let (mut ahead, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let count = take(&mut ahead.bytes, buffer);
        if count > 0 {
            self.input.changed.notify_all();
            return Ok(Some(count));
        }
        match &mut ahead.end {
            Some(end) => core::mem::replace(end, Ok(())).map(|()| Some(0)),
            None => Ok(None),
        }
    }

    /// Waits until all of it is written, whatever `wait_ms` is.
    fn send(&mut self, bytes: &[u8], _wait_ms: u32) -> io::Result<Option<usize>> {
        self.output.write_all(bytes)?;
        self.output.flush()?;
        Ok(Some(bytes.len()))
    }
}

impl Input {
    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_ahead(&self, mut from: impl Read) {
        let mut buffer = [0; 1024];
        loop {
            let outcome = from.read(&mut buffer);
            let full = |ahead: &mut Ahead| ahead.bytes.len() >= backlog::LIMIT && ahead.end.is_none();
            let waited = self.changed.wait_while(self.ahead(), full);
            let mut ahead = waited.unwrap_or_else(PoisonError::into_inner);
            match outcome {
                Ok(0) => ahead.end = Some(Ok(())),
                Ok(count) => ahead.bytes.extend(buffer.iter().take(count)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => ahead.end = Some(Err(error)),
            }
            self.changed.notify_all();
            if ahead.end.is_some() {
                return;
            }
        }
    }
}

impl core::fmt::Debug for Streams {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
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
            let count = streams.receive(&mut buffer, 60_000).unwrap().unwrap();
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
        assert_eq!(streams.receive(&mut [0; 3], 0).unwrap(), None);
        assert_eq!(streams.receive(&mut [0; 3], 20).unwrap(), None);
        assert!(start.elapsed() < Duration::from_secs(10));
        drop(peer);
        assert_eq!(streams.receive(&mut [0; 3], 60_000).unwrap(), Some(0));
        assert!(streams.send(b"x", 0).is_err());
    }

    #[test]
    fn a_write_that_waits_reads_meanwhile() {
        let (mut streams, mut peer) = streams_and_peer();
        let bytes = vec![7; 500_000];
        std::thread::scope(|scope| {
            // Writes all before it reads.
            scope.spawn(|| {
                peer.write_all(&bytes).unwrap();
                peer.read_exact(&mut vec![0; bytes.len()]).unwrap();
            });
            assert_eq!(streams.send(&bytes, 0).unwrap(), Some(bytes.len()));
        });
        let mut buffer = [0; 4096];
        let mut left = bytes.len();
        while left > 0 {
            left -= streams.receive(&mut buffer, 60_000).unwrap().unwrap();
        }
        assert_eq!(streams.receive(&mut buffer, 0).unwrap(), None);
    }
}
