//! What a driver does, and when.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use embedded_io_async::{ErrorType, Read, Write};
use serialtalk::link::{Link, Received};
use serialtalk::{CallError, LinkError};
use serialtalk_hal::simulation::VirtualClock;

/// What happened so far. Clones of it are the same log.
#[derive(Clone)]
pub(crate) struct Log {
    clock: VirtualClock,
    moments: Arc<Mutex<Vec<Moment>>>,
}

/// What happened, and the time at which it did.
#[derive(Debug, PartialEq)]
pub(crate) struct Moment {
    time: Duration,
    event: Event,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Event {
    /// Bytes were given to the link.
    Sent(Vec<u8>),
    /// A command of the peer was served.
    Served(u32),
    /// A call ended.
    Called(Result<u32, CallError<serialtalk_hal::LinkError>>),
    /// A step without a value ended.
    Done(Result<(), CallError<serialtalk_hal::LinkError>>),
    /// A step that is no call ended.
    Ended(Result<(), LinkError<serialtalk_hal::LinkError>>),
}

impl Moment {
    pub(crate) fn kind(&self) -> &'static str {
        match &self.event {
            Event::Sent(_) => "sent",
            Event::Served(_) => "served",
            Event::Called(Ok(_)) => "reply",
            Event::Done(Ok(())) | Event::Ended(Ok(())) => "done",
            Event::Called(Err(error)) | Event::Done(Err(error)) => match error {
                CallError::Timeout { .. } => "timeout",
                CallError::Refused { .. } => "refused",
                CallError::Protocol { .. } => "protocol",
                CallError::Restarted { .. } | CallError::ReplyLost { .. } => "restarted",
                _ => "other",
            },
            Event::Ended(Err(_)) => "other",
        }
    }
}

impl Log {
    pub(crate) fn new(clock: VirtualClock) -> Self {
        Self { clock, moments: Arc::default() }
    }

    pub(crate) fn clock(&self) -> VirtualClock {
        self.clock.clone()
    }

    pub(crate) fn add(&self, event: Event) {
        self.moments.lock().unwrap().push(Moment { time: self.clock.elapsed(), event });
    }

    pub(crate) fn take(&self) -> Vec<Moment> {
        std::mem::take(&mut self.moments.lock().unwrap())
    }
}

/// A link that records what is sent.
pub(crate) struct Recorded<L> {
    pub(crate) link: L,
    pub(crate) log: Log,
}

impl<L: Link> Link for Recorded<L> {
    type Error = L::Error;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, L::Error> {
        self.link.receive(buffer, wait_ms)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, L::Error> {
        self.log.add(Event::Sent(bytes.to_vec()));
        self.link.send(bytes)
    }

    fn flush(&mut self) -> Result<(), L::Error> {
        self.link.flush()
    }
}

impl<L: ErrorType> ErrorType for Recorded<L> {
    type Error = L::Error;
}

impl<L: Read> Read for Recorded<L> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, L::Error> {
        self.link.read(buffer).await
    }
}

impl<L: Write> Write for Recorded<L> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, L::Error> {
        self.log.add(Event::Sent(bytes.to_vec()));
        self.link.write(bytes).await
    }

    async fn flush(&mut self) -> Result<(), L::Error> {
        self.link.flush().await
    }
}
