//! A line to a peer that a test scripts, with a clock that only moves when somebody waits.

#![allow(unreachable_pub, reason = "shared by several tests")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use serialtalk::Clock;
use serialtalk::SerialTalk;
use serialtalk::link::{Link, Received};

/// What a peer sends when bytes arrive: each entry after a delay in milliseconds.
pub type Deliveries = Vec<(u32, Vec<u8>)>;

/// The end of the line that the test sees.
#[derive(Clone, Default)]
pub struct Line {
    now: Arc<AtomicU32>,
    sent: Arc<Mutex<Vec<Vec<u8>>>>,
    arriving: Arc<Mutex<VecDeque<(u32, Vec<u8>)>>>,
}

/// The link of the endpoint.
pub struct Scripted {
    line: Line,
    peer: Box<dyn FnMut(&[u8]) -> Deliveries>,
}

impl Line {
    /// An endpoint and the line to its peer, which calls `peer` with whatever it receives.
    pub fn new(
        peer: impl FnMut(&[u8]) -> Deliveries + 'static,
    ) -> (SerialTalk<Scripted, Line, (), 258, 256>, Line) {
        let line = Line::default();
        let link = Scripted { line: line.clone(), peer: Box::new(peer) };
        (SerialTalk::new(link, line.clone()).keep_stray::<256>(), line)
    }

    /// The time in milliseconds.
    pub fn now(&self) -> u32 {
        self.now.load(Ordering::Relaxed)
    }

    /// Advances the clock.
    pub fn pass(&self, ms: u32) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    /// Makes bytes arrive after `ms` milliseconds.
    pub fn deliver(&self, ms: u32, bytes: &[u8]) {
        let mut arriving = self.arriving.lock().unwrap();
        arriving.push_back((self.now() + ms, bytes.to_vec()));
        arriving.make_contiguous().sort_by_key(|(time, _)| *time);
    }

    /// How many deliveries have not been read.
    pub fn waiting(&self) -> usize {
        self.arriving.lock().unwrap().len()
    }

    /// The frames that were sent since the last call of this method.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

impl Clock for Line {
    fn now(&self) -> u32 {
        self.now.load(Ordering::Relaxed)
    }
}

impl Link for Scripted {
    type Error = core::convert::Infallible;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error> {
        let latest = self.line.now().saturating_add(wait_ms);
        let mut arriving = self.line.arriving.lock().unwrap();
        match arriving.front_mut() {
            Some((time, bytes)) if *time <= latest => {
                self.line.now.fetch_max(*time, Ordering::Relaxed);
                let count = bytes.len().min(buffer.len());
                buffer[..count].copy_from_slice(&bytes[..count]);
                bytes.drain(..count);
                if bytes.is_empty() {
                    arriving.pop_front();
                }
                Ok(Received::Bytes(count))
            }
            _ => {
                assert!(latest < u32::MAX, "waits forever for nothing");
                self.line.now.store(latest, Ordering::Relaxed);
                Ok(Received::Nothing)
            }
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.line.sent.lock().unwrap().push(bytes.to_vec());
        for (ms, answer) in (self.peer)(bytes) {
            self.line.deliver(ms, &answer);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// Builds a frame.
pub fn frame(name: &str, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![b'<', (1 + name.len() + payload.len()) as u8, name.len() as u8];
    frame.extend_from_slice(name.as_bytes());
    frame.extend_from_slice(payload);
    frame.push(b'>');
    frame
}

/// Splits a frame into its name and its payload.
pub fn parts(frame: &[u8]) -> (&str, &[u8]) {
    let name = usize::from(frame[2]);
    (core::str::from_utf8(&frame[3..3 + name]).unwrap(), &frame[3 + name..frame.len() - 1])
}

/// A peer that answers `echo` at once, and calls `others` with the name and the payload of every other command.
pub fn with_echo(
    mut others: impl FnMut(&str, &[u8]) -> Deliveries + 'static,
) -> impl FnMut(&[u8]) -> Deliveries + 'static {
    move |bytes| match parts(bytes) {
        ("echo", payload) => vec![(0, frame("echoack", payload))],
        (name, payload) => others(name, payload),
    }
}
