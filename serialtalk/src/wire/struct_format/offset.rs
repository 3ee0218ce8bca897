//! Where the values of a format lie, as far as the format alone says it.

use super::template::Count;

/// An offset into packed data; `None` after bytes whose length is known at run time only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offset(Option<usize>);

impl Offset {
    /// Before the first value.
    pub(crate) const START: Self = Self(Some(0));

    /// Whether it is always a multiple of `size`, which is a power of two.
    pub(crate) const fn is_multiple_of(self, size: u8) -> bool {
        match self.0 {
            Some(offset) => offset & (size as usize).wrapping_sub(1) == 0,
            None => size == 1,
        }
    }

    /// The offset after `count` values of `size` bytes each.
    pub(crate) const fn after(self, count: Count, size: u8) -> Self {
        match (self.0, count) {
            (Some(offset), Count::Given(count)) => {
                Self(Some(offset.saturating_add((count as usize).saturating_mul(size as usize))))
            }
            _ => Self(None),
        }
    }
}
