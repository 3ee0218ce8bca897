use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

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
