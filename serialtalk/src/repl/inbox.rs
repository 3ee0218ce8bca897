//! The bytes from a board that have not been handled yet.

/// A buffer that is filled at its end and emptied at its start.
#[derive(Debug, Clone)]
pub(super) struct Inbox<const N: usize> {
    buffer: [u8; N],
    filled: usize,
}

impl<const N: usize> Inbox<N> {
    pub(super) const fn new() -> Self {
        Self { buffer: [0; N], filled: 0 }
    }

    /// The free part, to be read into.
    pub(super) fn recv_buf(&mut self) -> &mut [u8] {
        self.buffer.get_mut(self.filled..).unwrap_or_default()
    }

    /// Adds the first `count` bytes of the free part.
    pub(super) fn commit(&mut self, count: usize) {
        self.filled = self.filled.saturating_add(count).min(N);
    }

    /// All bytes that have not been dropped.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    pub(super) fn is_full(&self) -> bool {
        self.filled == N
    }

    pub(super) fn clear(&mut self) {
        self.filled = 0;
    }

    /// Drops the first `count` bytes.
    pub(super) fn drop_front(&mut self, count: usize) {
        self.cut(0, count);
    }

    /// Drops `count` bytes from the index `at`.
    pub(super) fn cut(&mut self, at: usize, count: usize) {
        let from = at.saturating_add(count).min(self.filled);
        let at = at.min(from);
        self.buffer.copy_within(from..self.filled, at);
        self.filled -= from - at;
    }

    /// Drops all but the last `count` bytes.
    pub(super) fn keep_last(&mut self, count: usize) {
        self.drop_front(self.filled.saturating_sub(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_added_and_dropped() {
        let mut inbox = Inbox::<8>::new();
        inbox.recv_buf().copy_from_slice(b"abcdefgh");
        inbox.commit(100);
        assert!(inbox.is_full());
        inbox.cut(2, 3);
        assert_eq!(inbox.bytes(), b"abfgh");
        inbox.keep_last(4);
        inbox.drop_front(1);
        assert_eq!(inbox.bytes(), b"fgh");
        assert_eq!(inbox.recv_buf().len(), 5);
        inbox.cut(2, usize::MAX);
        inbox.cut(9, 9);
        assert_eq!(inbox.bytes(), b"fg");
    }
}
