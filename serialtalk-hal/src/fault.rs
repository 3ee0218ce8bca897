//! A link that damages its bytes as a bad line does, for tests.
//!
//! ```
//! use serialtalk::link::Link;
//! use serialtalk_hal::fault::Faults;
//!
//! let (board, host) = serialtalk_hal::memory::pair();
//! let mut host = Faults::seed(7).flip_per_bit(1e-4).drop_per_byte(1e-4).on(host);
//! # let _ = board;
//! host.send(b"what leaves here is not always what arrives")?;
//! # Ok::<(), serialtalk_hal::LinkError>(())
//! ```
//!
//! Equal seeds and equal bytes give equal faults, however the reads and writes are cut. A line that takes time, and a board
//! that reboots or hangs, are in [`simulation`](crate::simulation); its ends are links, so these faults go on them too.

#[cfg(feature = "tokio")]
mod asynch;
mod direction;
pub(crate) mod random;

use std::io;

use serialtalk::link::{Link, Received};

use self::direction::Direction;
use self::random::Random;
use crate::{Interrupter, Interruptible, LinkError};

/// Which faults a line has.
///
/// Each rate is a probability from 0 to 1, for each bit or for each byte, as its name says. All faults concern both directions
/// by default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Faults {
    seed: u64,
    flip_per_bit: f64,
    drop: Burst,
    loss_burst: Burst,
    noise_burst: Burst,
    repeat: Burst,
    repeat_burst: Burst,
    chunk: Option<usize>,
    cut_after: Option<u64>,
    sending: bool,
    receiving: bool,
}

/// A fault of consecutive bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Burst {
    /// The probability that one begins at a byte.
    per_byte: f64,
    /// The largest number of bytes.
    longest: usize,
}

impl Burst {
    const NONE: Self = Self::new(0.0, 0);

    const fn new(per_byte: f64, longest: usize) -> Self {
        Self { per_byte, longest }
    }
}

/// The faults on a line so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FaultCounts {
    /// Bits that were flipped.
    pub flipped_bits: u64,
    /// Bytes that did not arrive.
    pub lost_bytes: u64,
    /// Bytes in whose places noise arrived.
    pub noise_bytes: u64,
    /// Bytes that arrived once more.
    pub repeated_bytes: u64,
}

impl Faults {
    /// A line without faults; those added to it will follow from `seed`.
    pub const fn seed(seed: u64) -> Self {
        Self {
            seed,
            flip_per_bit: 0.0,
            drop: Burst::NONE,
            loss_burst: Burst::NONE,
            noise_burst: Burst::NONE,
            repeat: Burst::NONE,
            repeat_burst: Burst::NONE,
            chunk: None,
            cut_after: None,
            sending: true,
            receiving: true,
        }
    }

    /// Flips each bit with this probability: the bit error rate of the line. At 1e-4, about one byte in 1250 is damaged.
    pub const fn flip_per_bit(self, probability: f64) -> Self {
        Self { flip_per_bit: probability, ..self }
    }

    /// Loses each byte with this probability.
    pub const fn drop_per_byte(self, probability: f64) -> Self {
        Self { drop: Burst::new(probability, 1), ..self }
    }

    /// Brings each byte twice with this probability.
    pub const fn repeat_per_byte(self, probability: f64) -> Self {
        Self { repeat: Burst::new(probability, 1), ..self }
    }

    /// At each byte, with this probability, loses it and those after it: 1 to `longest` bytes, each length as often as the others.
    pub const fn loss_burst_per_byte(self, probability: f64, longest: usize) -> Self {
        Self { loss_burst: Burst::new(probability, longest), ..self }
    }

    /// At each byte, with this probability, puts noise in its place and in those after it: 1 to `longest` bytes.
    pub const fn noise_burst_per_byte(self, probability: f64, longest: usize) -> Self {
        Self { noise_burst: Burst::new(probability, longest), ..self }
    }

    /// After each byte, with this probability, brings the last 1 to `longest` bytes once more, as an adapter does that repeats a
    /// packet.
    pub const fn repeat_burst_per_byte(self, probability: f64, longest: usize) -> Self {
        Self { repeat_burst: Burst::new(probability, longest), ..self }
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
            sending: Direction::new(self.if_on(self.sending), 1),
            receiving: Direction::new(self.if_on(self.receiving), 2),
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
    sending: Direction,
    receiving: Direction,
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
        // Bytes that arrived twice may not have fitted last time.
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
