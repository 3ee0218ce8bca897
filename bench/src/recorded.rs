//! A link that records what is sent.

use std::sync::{Arc, Mutex, PoisonError};

use serialtalk::link::{Link, Received};

/// A link that records what is sent.
#[derive(Debug)]
pub(crate) struct Recorded<L> {
    link: L,
    recording: Recording,
}

/// The bytes sent so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recording {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Recording {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<L> Recorded<L> {
    pub(crate) fn new(link: L) -> (Self, Recording) {
        let recording = Recording::default();
        (Self { link, recording: recording.clone() }, recording)
    }
}

impl<L: Link> Link for Recorded<L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, L::Error> {
        self.link.receive(buffer, wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, L::Error> {
        // Locked before, so that whoever has received the bytes finds them in the recording.
        let mut kept = self.recording.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let count = self.link.send(bytes)?;
        kept.extend_from_slice(bytes.get(..count).unwrap_or(bytes));
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), L::Error> {
        self.link.flush()
    }
}
