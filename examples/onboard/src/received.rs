use core::sync::atomic::{AtomicUsize, Ordering};

use crate::{Overrun, Ring};

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
