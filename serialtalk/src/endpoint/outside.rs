//! What arrives outside frames: a boot log, a traceback, a prompt.

/// Keeps the last `N` bytes that arrived outside frames.
#[derive(Debug, Clone)]
pub struct Outside<const N: usize> {
    bytes: [u8; N],
    length: usize,
    is_cut: bool,
}

impl<const N: usize> Outside<N> {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; N], length: 0, is_cut: false }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if N == 0 {
            return;
        }
        let start = bytes.len().saturating_sub(N);
        let bytes = bytes.get(start..).unwrap_or_default();
        let keep = self.length.min(N.saturating_sub(bytes.len()));
        let dropped = self.length.saturating_sub(keep);
        if dropped > 0 && self.length <= N {
            self.bytes.copy_within(dropped..self.length, 0);
        }
        self.is_cut |= start > 0 || dropped > 0;
        if let Some(room) = self.bytes.get_mut(keep..keep.saturating_add(bytes.len())) {
            room.copy_from_slice(bytes);
        }
        self.length = keep.saturating_add(bytes.len());
    }

    pub(super) fn clear(&mut self) {
        self.length = 0;
        self.is_cut = false;
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Whether there were more before them.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }
}
