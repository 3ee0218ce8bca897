//! What carries bytes between the interrupts of a UART and the main loop.
#![allow(dead_code, reason = "a board uses what its interrupts need")]

use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use embedded_io::{Error, ErrorKind};

/// The bytes from a UART's interrupt that its main loop has not read yet, and how often bytes were lost.
///
/// The interrupt calls `push` and `overrun`, the main loop the other methods.
#[derive(Debug)]
pub struct Received<const N: usize> {
    queue: Ring<N>,
    overruns: AtomicUsize,
    /// How many of them were reported to the main loop.
    reported: AtomicUsize,
}

impl<const N: usize> Default for Received<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Received<N> {
    /// Creates an empty queue.
    pub const fn new() -> Self {
        Self { queue: Ring::new(), overruns: AtomicUsize::new(0), reported: AtomicUsize::new(0) }
    }

    /// Adds a byte; it is lost if there is no room for it.
    pub fn push(&self, byte: u8) {
        if !self.queue.push(byte) {
            self.overrun();
        }
    }

    /// Counts a loss of bytes.
    pub fn overrun(&self) {
        self.overruns.store(self.overruns().wrapping_add(1), Ordering::Relaxed);
    }

    /// How often bytes were lost.
    pub fn overruns(&self) -> usize {
        self.overruns.load(Ordering::Relaxed)
    }

    /// Whether there is no room for another byte.
    pub fn is_full(&self) -> bool {
        self.queue.is_full()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Whether there is something to read.
    ///
    /// # Errors
    ///
    /// Returns an error if bytes were lost since the last one.
    pub fn is_ready(&self) -> Result<bool, Overrun> {
        let overruns = self.overruns();
        if overruns != self.reported.load(Ordering::Relaxed) {
            self.reported.store(overruns, Ordering::Relaxed);
            return Err(Overrun);
        }
        Ok(!self.is_empty())
    }

    /// Waits for bytes, and reads as many as there are and fit.
    ///
    /// # Errors
    ///
    /// Returns an error if bytes were lost since the last one.
    pub fn read(&self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        while !self.is_ready()? {}
        Ok(self.queue.pop_into(buffer))
    }

    /// Reads as many bytes as there are and fit; may be none.
    ///
    /// # Errors
    ///
    /// Returns an error if bytes were lost since the last one.
    pub fn take(&self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        self.is_ready()?;
        Ok(self.queue.pop_into(buffer))
    }
}

/// Bytes arrived faster than they were read, and some are lost.
///
/// An endpoint copes with it: it drops the incomplete frame and answers the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun;

impl core::fmt::Display for Overrun {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("bytes arrived faster than they were read")
    }
}

impl core::error::Error for Overrun {}

impl Error for Overrun {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

/// A queue of up to `N - 1` bytes between an interrupt and the main loop: one of them pushes, the other pops.
///
/// It only loads and stores, so it also works on chips that have no atomic read-modify-write, such as a Cortex-M0.
#[derive(Debug)]
pub struct Ring<const N: usize> {
    bytes: [AtomicU8; N],
    /// Where the next byte is pushed.
    end: AtomicUsize,
    /// Where the next byte is popped.
    start: AtomicUsize,
}

impl<const N: usize> Default for Ring<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Ring<N> {
    /// An empty queue.
    pub const fn new() -> Self {
        const { assert!(N > 1, "a ring holds one byte less than it has places") }
        Self { bytes: [const { AtomicU8::new(0) }; N], end: AtomicUsize::new(0), start: AtomicUsize::new(0) }
    }

    /// Adds a byte; false if there is no room for it.
    pub fn push(&self, byte: u8) -> bool {
        let end = self.end.load(Ordering::Relaxed);
        let next = Self::after(end);
        if next == self.start.load(Ordering::Acquire) {
            return false;
        }
        if let Some(place) = self.bytes.get(end) {
            place.store(byte, Ordering::Relaxed);
        }
        self.end.store(next, Ordering::Release);
        true
    }

    /// Takes the oldest byte.
    pub fn pop(&self) -> Option<u8> {
        let start = self.start.load(Ordering::Relaxed);
        if start == self.end.load(Ordering::Acquire) {
            return None;
        }
        let byte = self.bytes.get(start)?.load(Ordering::Relaxed);
        self.start.store(Self::after(start), Ordering::Release);
        Some(byte)
    }

    /// Takes as many bytes as there are and fit.
    pub fn pop_into(&self, buffer: &mut [u8]) -> usize {
        let mut count = 0;
        for place in buffer {
            let Some(byte) = self.pop() else { break };
            *place = byte;
            count += 1;
        }
        count
    }

    /// Adds as many bytes as there is room for.
    pub fn push_from(&self, bytes: &[u8]) -> usize {
        bytes.iter().take_while(|&&byte| self.push(byte)).count()
    }

    /// Whether there is nothing to pop.
    pub fn is_empty(&self) -> bool {
        self.start.load(Ordering::Relaxed) == self.end.load(Ordering::Acquire)
    }

    /// Whether there is no room to push.
    pub fn is_full(&self) -> bool {
        Self::after(self.end.load(Ordering::Relaxed)) == self.start.load(Ordering::Acquire)
    }

    fn after(index: usize) -> usize {
        if index + 1 < N { index + 1 } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Ring;

    #[test]
    fn bytes_come_out_in_order_and_none_goes_in_when_it_is_full() {
        let ring = Ring::<4>::new();
        assert!(ring.is_empty());
        for round in 0..10 {
            assert_eq!(ring.push_from(&[round, 1, 2, 3, 4]), 3);
            assert!(ring.is_full());
            assert!(!ring.push(9));
            let mut taken = [0; 2];
            assert_eq!(ring.pop_into(&mut taken), 2);
            assert_eq!(taken, [round, 1]);
            assert_eq!(ring.pop(), Some(2));
            assert_eq!(ring.pop(), None);
        }
    }
}
