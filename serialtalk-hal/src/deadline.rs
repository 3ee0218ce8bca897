//! The remaining time of a wait.

use core::time::Duration;
use std::time::Instant;

pub(crate) struct Deadline {
    start: Instant,
    wait: Duration,
}

impl Deadline {
    pub(crate) fn in_ms(ms: u32) -> Self {
        Self { start: Instant::now(), wait: Duration::from_millis(ms.into()) }
    }

    /// The remaining time in milliseconds, rounded up; `None` once it has expired.
    pub(crate) fn left_ms(&self) -> Option<u32> {
        let left = self.wait.checked_sub(self.start.elapsed()).filter(|left| !left.is_zero())?;
        Some(u32::try_from(left.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_shrinks_to_nothing() {
        assert_eq!(Deadline::in_ms(0).left_ms(), None);
        let deadline = Deadline::in_ms(3);
        let mut last = 3;
        while let Some(left) = deadline.left_ms() {
            assert!((1..=last).contains(&left), "{left} after {last}");
            last = left;
        }
        assert_eq!(deadline.left_ms(), None);
    }
}
