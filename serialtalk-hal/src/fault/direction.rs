//! One direction of a bad line.

use alloc::collections::VecDeque;

use super::random::Random;
use super::{Burst, FaultCounts, Faults};

/// One direction of a line: takes good bytes and returns them as a bad line delivers them.
///
/// Each kind of fault has a course of chance of its own: another kind does not change where it strikes.
#[derive(Debug)]
pub(super) struct Direction {
    flip_per_bit: f64,
    flips: Random,
    drops: Bursts,
    loss_bursts: Bursts,
    noise_bursts: Bursts,
    noise: Random,
    repeats: Bursts,
    repeat_bursts: Bursts,
    /// The last bytes that were delivered, as many as a burst may repeat.
    recent: VecDeque<u8>,
    counts: FaultCounts,
    ready: Vec<u8>,
}

impl Direction {
    /// `number` tells the directions of a link apart.
    pub(super) fn new(faults: Faults, number: u64) -> Self {
        let chance = |kind| Random::new(faults.seed, number << 8 | kind);
        Self {
            flip_per_bit: faults.flip_per_bit,
            flips: chance(0),
            drops: Bursts::new(faults.drop, chance(1)),
            loss_bursts: Bursts::new(faults.loss_burst, chance(2)),
            noise_bursts: Bursts::new(faults.noise_burst, chance(3)),
            noise: chance(4),
            repeats: Bursts::new(faults.repeat, chance(5)),
            repeat_bursts: Bursts::new(faults.repeat_burst, chance(6)),
            recent: VecDeque::new(),
            counts: FaultCounts::default(),
            ready: Vec::new(),
        }
    }

    pub(super) fn counts(&self) -> FaultCounts {
        self.counts
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            // Every kind is asked about every byte: what happens to one byte leaves the next ones their fates.
            let flips = self.flips();
            let is_noise = self.noise_bursts.cover();
            let is_lost = self.drops.cover() | self.loss_bursts.cover();
            let is_doubled = self.repeats.cover();
            let repeated = self.repeat_bursts.begin();
            if is_lost {
                self.counts.lost_bytes += 1;
                continue;
            }
            let byte = if is_noise {
                self.counts.noise_bytes += 1;
                self.noise.next() as u8
            } else {
                self.counts.flipped_bits += u64::from(flips.count_ones());
                byte ^ flips
            };
            self.deliver(byte);
            if is_doubled {
                self.counts.repeated_bytes += 1;
                self.deliver(byte);
            }
            if let Some(length) = repeated {
                self.repeat(length);
            }
        }
    }

    /// The bits of the next byte that flip.
    fn flips(&mut self) -> u8 {
        (0..8).fold(0, |flips, bit| flips | u8::from(self.flips.happens(self.flip_per_bit)) << bit)
    }

    fn deliver(&mut self, byte: u8) {
        self.ready.push(byte);
        self.recent.push_back(byte);
        if self.recent.len() > self.repeat_bursts.longest() {
            self.recent.pop_front();
        }
    }

    /// Delivers the last bytes once more.
    fn repeat(&mut self, length: usize) {
        let first = self.recent.len().saturating_sub(length);
        let again: Vec<u8> = self.recent.range(first..).copied().collect();
        self.counts.repeated_bytes += again.len() as u64;
        again.into_iter().for_each(|byte| self.deliver(byte));
    }

    /// The delivered bytes that have not been read.
    pub(super) fn ready(&self) -> &[u8] {
        &self.ready
    }

    pub(super) fn drop_first(&mut self, count: usize) {
        self.ready.drain(..count.min(self.ready.len()));
    }

    /// Moves delivered bytes into `buffer`, and returns how many.
    pub(super) fn take(&mut self, buffer: &mut [u8]) -> usize {
        let count = buffer.len().min(self.ready.len());
        for (slot, byte) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *slot = byte;
        }
        count
    }
}

/// Where bursts of one kind begin, and how long they last.
#[derive(Debug)]
struct Bursts {
    burst: Burst,
    chance: Random,
    /// How many more bytes the present burst covers.
    left: usize,
}

impl Bursts {
    fn new(burst: Burst, chance: Random) -> Self {
        Self { burst, chance, left: 0 }
    }

    fn longest(&self) -> usize {
        self.burst.longest
    }

    /// Whether a burst begins at the next byte, and its length.
    fn begin(&mut self) -> Option<usize> {
        self.chance.happens(self.burst.per_byte).then(|| self.chance.up_to(self.burst.longest))
    }

    /// Whether a burst covers the next byte.
    fn cover(&mut self) -> bool {
        if self.left == 0 {
            self.left = self.begin().unwrap_or(0);
        }
        let covers = self.left > 0;
        self.left = self.left.saturating_sub(1);
        covers
    }
}
