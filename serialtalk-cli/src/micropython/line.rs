//! The line to a board, which fails once work is to end.

use std::result::Result;

use serialtalk::link::{Link, Received};
use serialtalk_hal::LinkError;

use crate::link::BoardLink;
use crate::stop::Stop;

/// How long it waits at most before it looks whether work is to end, in milliseconds.
const LONGEST_WAIT_MS: u32 = 50;

/// How many of the bytes that came last are kept, until the board has shown its REPL.
const KEPT: usize = 1024;

/// The line to a board, which fails once work is to end.
pub(crate) struct Line {
    pub(crate) link: BoardLink,
    stop: Option<Stop>,
    /// What came last, until the board has shown its REPL.
    heard: Option<Vec<u8>>,
}

impl Line {
    pub(crate) fn new(link: BoardLink, stop: Stop) -> Self {
        Self { link, stop: Some(stop), heard: Some(Vec::new()) }
    }

    /// What came last, until the board has shown its REPL.
    pub(crate) fn heard(&self) -> &[u8] {
        self.heard.as_deref().unwrap_or_default()
    }

    /// The board has shown its REPL: what came is not kept any more.
    pub(crate) fn is_known(&mut self) {
        self.heard = None;
    }

    /// Works on, although work is to end.
    pub(crate) fn ignore_stop(&mut self) {
        self.stop = None;
    }

    fn check(&self) -> Result<(), LinkError> {
        match &self.stop {
            Some(stop) if stop.is_set() => Err(LinkError::NotConnected {
                port: self.link.name().to_owned(),
                reason: "interrupted by Ctrl-C".into(),
            }),
            _ => Ok(()),
        }
    }
}

impl Link for Line {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        self.check()?;
        let received = self.link.receive(buffer, wait_ms.min(LONGEST_WAIT_MS))?;
        if let (Some(heard), Received::Bytes(count)) = (&mut self.heard, received) {
            heard.extend_from_slice(buffer.get(..count).unwrap_or_default());
            heard.drain(..heard.len().saturating_sub(KEPT));
        }
        Ok(received)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.check()?;
        self.link.send(bytes)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.link.flush()
    }
}
