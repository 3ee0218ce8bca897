use core::sync::atomic::{AtomicUsize, Ordering};

use crate::{Overrun, Ring};

/// What a UART's interrupt has taken and its main loop has not: a queue, and how often something was lost.
///
/// The methods that need no result belong to the interrupt, the others to the main loop.
#[derive(Debug)]
pub struct Received<const N: usize> {
    queue: Ring<N>,
    overruns: AtomicUsize,
    /// How many of these the main loop was told of.
    reported: AtomicUsize,
}

impl<const N: usize> Default for Received<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Received<N> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { queue: Ring::new(), overruns: AtomicUsize::new(0), reported: AtomicUsize::new(0) }
    }

    /// Adds a byte; it is lost if there is no room for it.
    pub fn push(&self, byte: u8) {
        if !self.queue.push(byte) {
            self.overrun();
        }
    }

    /// Counts that something was lost.
    pub fn overrun(&self) {
        self.overruns.store(self.overruns().wrapping_add(1), Ordering::Relaxed);
    }

    /// How often something was lost.
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
    /// Something was lost since this was asked last.
    pub fn is_ready(&self) -> Result<bool, Overrun> {
        let overruns = self.overruns();
        if overruns != self.reported.load(Ordering::Relaxed) {
            self.reported.store(overruns, Ordering::Relaxed);
            return Err(Overrun);
        }
        Ok(!self.is_empty())
    }

    /// Waits until there is something to read, and takes as much as there is and fits.
    ///
    /// # Errors
    ///
    /// Something was lost since this was asked last.
    pub fn read(&self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        while !self.is_ready()? {}
        Ok(self.queue.pop_into(buffer))
    }

    /// Takes as much as there is and fits.
    ///
    /// # Errors
    ///
    /// Something was lost since this was asked last.
    pub fn take(&self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        self.is_ready()?;
        Ok(self.queue.pop_into(buffer))
    }
}
