//! A link that damages its bytes as a bad line does, for tests.
//!
//! ```
//! use serialtalk::link::Link;
//! use serialtalk_hal::fault::Faults;
//!
//! let (board, host) = serialtalk_hal::memory::pair();
//! let mut host = Faults::seed(7).flip(1e-4).drop(1e-4).on(host);
//! # let _ = board;
//! host.send(b"what leaves here is not always what arrives")?;
//! # Ok::<(), serialtalk_hal::LinkError>(())
//! ```
//!
//! Equal seeds and equal bytes give equal faults, however the reads and writes are cut.

#[cfg(feature = "tokio")]
mod asynch;
mod line;

use std::io;

use serialtalk::link::{Link, Received};

use self::line::{Line, Random};
use crate::{Interrupter, Interruptible, LinkError};

/// Which faults a line has.
///
/// A probability is one for each byte, from 0 to 1. All faults concern both directions by default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Faults {
    seed: u64,
    flip: f64,
    drop: f64,
    duplicate: f64,
    chunk: Option<usize>,
    cut_after: Option<u64>,
    sending: bool,
    receiving: bool,
}

/// The faults on a line so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FaultCounts {
    /// Bytes with a bit flipped.
    pub flipped: u64,
    /// Bytes lost.
    pub dropped: u64,
    /// Bytes that arrived twice.
    pub duplicated: u64,
}

impl Faults {
    /// A line without faults; those added to it will follow from `seed`.
    pub const fn seed(seed: u64) -> Self {
        Self {
            seed,
            flip: 0.0,
            drop: 0.0,
            duplicate: 0.0,
            chunk: None,
            cut_after: None,
            sending: true,
            receiving: true,
        }
    }

    /// Flips one bit of a byte.
    pub const fn flip(self, probability: f64) -> Self {
        Self { flip: probability, ..self }
    }

    /// Loses a byte.
    pub const fn drop(self, probability: f64) -> Self {
        Self { drop: probability, ..self }
    }

    /// Brings a byte twice.
    pub const fn duplicate(self, probability: f64) -> Self {
        Self { duplicate: probability, ..self }
    }

    /// Cuts sent and received bytes into pieces of 1 to `longest` bytes.
    pub const fn chunk(self, longest: usize) -> Self {
        Self { chunk: Some(longest), ..self }
    }

    /// Pulls the plug once so many bytes have gone either way: from then on everything is [`LinkError::Unplugged`].
    pub const fn cut_after(self, bytes: u64) -> Self {
        Self { cut_after: Some(bytes), ..self }
    }

    /// Leaves received bytes unharmed, except that they are cut into pieces.
    pub const fn sending_only(self) -> Self {
        Self { sending: true, receiving: false, ..self }
    }

    /// Leaves sent bytes unharmed, except that they are cut into pieces.
    pub const fn receiving_only(self) -> Self {
        Self { sending: false, receiving: true, ..self }
    }

    /// Puts the faults on a link.
    pub fn on<L>(self, link: L) -> FaultLink<L> {
        FaultLink {
            link,
            sending: Line::new(self.if_on(self.sending), 1),
            receiving: Line::new(self.if_on(self.receiving), 2),
            chunks: Random::new(self.seed, 3),
            left: self.cut_after,
            chunk: self.chunk.map(|longest| longest.max(1)),
        }
    }

    fn if_on(self, on: bool) -> Self {
        if on { self } else { Self::seed(self.seed) }
    }
}

/// A link with [`Faults`].
#[derive(Debug)]
pub struct FaultLink<L> {
    link: L,
    sending: Line,
    receiving: Line,
    chunks: Random,
    /// How many bytes may still go before the cut.
    left: Option<u64>,
    chunk: Option<usize>,
}

impl<L> FaultLink<L> {
    /// The faults of sent bytes.
    pub fn sent(&self) -> FaultCounts {
        self.sending.counts()
    }

    /// The faults of received bytes.
    pub fn received(&self) -> FaultCounts {
        self.receiving.counts()
    }

    /// The link without the faults.
    pub fn into_inner(self) -> L {
        self.link
    }

    /// How many of `count` bytes go before the cut, or the error if it is done.
    fn before_cut(&self, count: usize) -> Result<usize, LinkError> {
        match self.left {
            Some(0) => Err(LinkError::unplugged("cut link")),
            Some(left) => Ok(count.min(usize::try_from(left).unwrap_or(usize::MAX))),
            None => Ok(count),
        }
    }

    fn went(&mut self, count: usize) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(count as u64);
        }
    }

    fn chunk_of(&mut self, count: usize) -> usize {
        match self.chunk {
            Some(longest) => count.min(self.chunks.up_to(longest)),
            None => count,
        }
    }

    /// Takes bytes to be sent up to the cut, and returns how many.
    fn take(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let count = self.before_cut(bytes.len())?;
        self.sending.feed(bytes.get(..count).unwrap_or(bytes));
        self.went(count);
        Ok(count)
    }

    /// The part of `buffer` that the link may fill.
    fn part<'b>(&mut self, buffer: &'b mut [u8]) -> Result<&'b mut [u8], LinkError> {
        let count = self.before_cut(buffer.len())?;
        let count = self.chunk_of(count);
        Ok(buffer.get_mut(..count).unwrap_or_default())
    }

    /// Passes on the first `count` bytes of `buffer`, which the link has filled, and returns how many are left of them.
    fn arrived(&mut self, buffer: &mut [u8], count: usize) -> usize {
        self.went(count);
        self.receiving.feed(buffer.get(..count).unwrap_or_default());
        self.receiving.take(buffer)
    }
}

impl<L: Link<Error = LinkError>> Link for FaultLink<L> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        // A byte that arrived twice may not have fitted last time.
        let kept = self.receiving.take(buffer);
        if kept > 0 {
            return Ok(Received::Bytes(kept));
        }
        let part = self.part(buffer)?;
        let count = match self.link.receive(part, wait_ms)? {
            Received::Bytes(count) => count,
            other => return Ok(other),
        };
        Ok(match self.arrived(buffer, count) {
            0 => Received::Nothing,
            count => Received::Bytes(count),
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let count = self.take(bytes)?;
        while !self.sending.ready().is_empty() {
            let chunk = self.chunk_of(self.sending.ready().len());
            let sent = self.link.send(self.sending.ready().get(..chunk).unwrap_or_default())?;
            self.sending.drop_first(sent);
        }
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.before_cut(0)?;
        self.link.flush()
    }
}

impl<L: Interruptible + Link<Error = LinkError>> Interruptible for FaultLink<L> {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.link.interrupter()
    }
}

#[cfg(test)]
mod tests;
