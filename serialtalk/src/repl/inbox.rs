//! What has come from a board and was not dealt with yet.

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

    /// Where the next bytes go.
    pub(super) fn spare(&mut self) -> &mut [u8] {
        self.buffer.get_mut(self.filled..).unwrap_or_default()
    }

    pub(super) fn received(&mut self, count: usize) {
        self.filled = self.filled.saturating_add(count).min(N);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.filled).unwrap_or_default()
    }

    pub(super) fn is_full(&self) -> bool {
        self.filled == N
    }

    pub(super) fn clear(&mut self) {
        self.filled = 0;
    }

    /// Forgets the first bytes.
    pub(super) fn drop_front(&mut self, count: usize) {
        self.cut(0, count);
    }

    /// Forgets bytes in the middle.
    pub(super) fn cut(&mut self, at: usize, count: usize) {
        let from = at.saturating_add(count).min(self.filled);
        let at = at.min(from);
        self.buffer.copy_within(from..self.filled, at);
        self.filled -= from - at;
    }

    /// Forgets all but the last bytes.
    pub(super) fn keep_last(&mut self, count: usize) {
        self.drop_front(self.filled.saturating_sub(count));
    }
}
