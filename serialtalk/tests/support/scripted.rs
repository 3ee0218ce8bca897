//! A line to a peer that does what a test says, on a clock that only moves when somebody waits.

#![allow(unreachable_pub, reason = "shared by several tests")]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use serialtalk::SerialTalk;
use serialtalk::clock::Clock;
use serialtalk::link::{Link, Received};

/// What a peer does when bytes arrive: send these bytes, so many milliseconds later.
pub type Deliveries = Vec<(u32, Vec<u8>)>;

/// The end of the line that the test looks at.
#[derive(Clone, Default)]
pub struct Line {
    now: Rc<Cell<u32>>,
    sent: Rc<RefCell<Vec<Vec<u8>>>>,
    coming: Rc<RefCell<VecDeque<(u32, Vec<u8>)>>>,
}

/// The link that the endpoint has.
pub struct Scripted {
    line: Line,
    peer: Box<dyn FnMut(&[u8]) -> Deliveries>,
}

impl Line {
    /// An endpoint whose peer does `peer` whenever a frame arrives, and the line to it.
    pub fn new(
        peer: impl FnMut(&[u8]) -> Deliveries + 'static,
    ) -> (SerialTalk<Scripted, Line, (), 258, 256>, Line) {
        let line = Line::default();
        let link = Scripted { line: line.clone(), peer: Box::new(peer) };
        (SerialTalk::new(link, line.clone()).buffers::<258, 256>(), line)
    }

    /// The time in milliseconds.
    pub fn now(&self) -> u32 {
        self.now.get()
    }

    /// Lets time pass.
    pub fn pass(&self, ms: u32) {
        self.now.set(self.now.get() + ms);
    }

    /// Makes bytes arrive in so many milliseconds.
    pub fn deliver(&self, ms: u32, bytes: &[u8]) {
        let mut coming = self.coming.borrow_mut();
        coming.push_back((self.now.get() + ms, bytes.to_vec()));
        coming.make_contiguous().sort_by_key(|(time, _)| *time);
    }

    /// The frames that were sent since this was asked last.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        self.sent.take()
    }
}

impl Clock for Line {
    fn now(&self) -> u32 {
        self.now.get()
    }
}

impl Link for Scripted {
    type Error = core::convert::Infallible;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error> {
        let latest = self.line.now().saturating_add(wait_ms);
        let mut coming = self.line.coming.borrow_mut();
        match coming.front_mut() {
            Some((time, bytes)) if *time <= latest => {
                self.line.now.set(self.line.now().max(*time));
                let count = bytes.len().min(buffer.len());
                buffer[..count].copy_from_slice(&bytes[..count]);
                bytes.drain(..count);
                if bytes.is_empty() {
                    coming.pop_front();
                }
                Ok(Received::Bytes(count))
            }
            _ => {
                assert!(latest < u32::MAX, "waits for ever for nothing");
                self.line.now.set(latest);
                Ok(Received::Nothing)
            }
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.line.sent.borrow_mut().push(bytes.to_vec());
        for (ms, answer) in (self.peer)(bytes) {
            self.line.deliver(ms, &answer);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A frame.
pub fn frame(name: &str, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![b'<', (1 + name.len() + payload.len()) as u8, name.len() as u8];
    frame.extend_from_slice(name.as_bytes());
    frame.extend_from_slice(payload);
    frame.push(b'>');
    frame
}

/// The name and the payload of a frame.
pub fn parts(frame: &[u8]) -> (&str, &[u8]) {
    let name = usize::from(frame[2]);
    (core::str::from_utf8(&frame[3..3 + name]).unwrap(), &frame[3 + name..frame.len() - 1])
}

/// A peer that answers `echo` at once and leaves the rest to `others`, which gets names and payloads.
pub fn with_echo(
    mut others: impl FnMut(&str, &[u8]) -> Deliveries + 'static,
) -> impl FnMut(&[u8]) -> Deliveries + 'static {
    move |bytes| match parts(bytes) {
        ("echo", payload) => vec![(0, frame("echoack", payload))],
        (name, payload) => others(name, payload),
    }
}
