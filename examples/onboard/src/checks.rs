use core::sync::atomic::{AtomicU32, Ordering};

use robot::{Diagnosis, Order, Pair, Pose};
use serialtalk::heapless::Vec;

/// What a board reports about itself.
pub struct Checks {
    micros: fn() -> u32,
    overruns: fn() -> u32,
    gap: &'static LoopGap,
    is_to_ask: bool,
    heard: Option<u32>,
}

/// The longest turn of a main loop, or of a task. For a static.
#[derive(Debug, Default)]
pub struct LoopGap {
    /// The time of the last mark in microseconds; zero if there was none.
    last: AtomicU32,
    longest: AtomicU32,
}

impl LoopGap {
    /// Creates it without a mark.
    pub const fn new() -> Self {
        Self { last: AtomicU32::new(0), longest: AtomicU32::new(0) }
    }

    /// Marks the end of a turn, at a time in microseconds.
    pub fn mark(&self, micros: u32) {
        let last = self.last.load(Ordering::Relaxed);
        self.last.store(micros.max(1), Ordering::Relaxed);
        let gap = if last == 0 { 0 } else { micros.wrapping_sub(last) };
        if gap > self.longest.load(Ordering::Relaxed) {
            self.longest.store(gap, Ordering::Relaxed);
        }
    }

    /// Takes the longest time between two marks since the last call, in microseconds.
    pub fn take_longest(&self) -> u32 {
        let longest = self.longest.load(Ordering::Relaxed);
        self.longest.store(0, Ordering::Relaxed);
        longest
    }
}

impl Checks {
    /// Creates checks of a chip and of the loop that marks `gap`.
    ///
    /// `micros` returns the microseconds since some moment in the past, and may wrap around; `overruns` how often bytes were lost
    /// since the start because they arrived too fast.
    pub const fn new(micros: fn() -> u32, overruns: fn() -> u32, gap: &'static LoopGap) -> Self {
        Self { micros, overruns, gap, is_to_ask: false, heard: None }
    }

    /// Whether the host is to be asked for its uptime.
    pub fn take_question(&mut self) -> bool {
        core::mem::take(&mut self.is_to_ask)
    }

    /// Keeps the host's answer; `None` if there was none.
    pub fn hear(&mut self, uptime: Option<u32>) {
        self.heard = uptime;
    }
}

impl Diagnosis for Checks {
    fn reflect(&mut self, bytes: &[u8]) -> Vec<u8, 240> {
        Vec::from_slice(bytes).unwrap_or_default()
    }

    fn turn(&mut self, pose: Pose, by: i16) -> Pose {
        Pose { heading: pose.heading.wrapping_add(by), ..pose }
    }

    fn busy(&mut self, ms: u16) {
        let start = (self.micros)();
        while (self.micros)().wrapping_sub(start) < u32::from(ms) * 1000 {}
    }

    fn overruns(&mut self) -> u32 {
        (self.overruns)()
    }

    fn longest_gap(&mut self) -> u32 {
        self.gap.take_longest()
    }

    fn ask(&mut self) {
        self.is_to_ask = true;
    }

    fn heard(&mut self) -> Option<u32> {
        self.heard
    }

    fn arrange(&mut self, first: u16, second: u16, order: Order) -> Pair {
        match order {
            Order::Kept => Pair { first, second },
            Order::Reversed => Pair { first: second, second: first },
        }
    }

    fn hang(&mut self) {
        loop {
            core::hint::spin_loop();
        }
    }
}
