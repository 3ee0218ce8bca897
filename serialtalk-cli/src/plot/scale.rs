//! The values that a plot has room for.

use super::series::union;

/// How long values must have needed less room before there is less, in seconds.
const PATIENCE: f64 = 3.0;

/// The values that a plot has room for: more at once, less after a while, so that the lines do not jump.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scale {
    shown: Option<[f64; 2]>,
    /// Since when less room is needed, and how much.
    needed: Option<(f64, [f64; 2])>,
    pub(crate) is_locked: bool,
}

impl Scale {
    /// Takes the range of the values that are shown at a time in seconds.
    pub(crate) fn follow(&mut self, now: f64, values: Option<[f64; 2]>) {
        let Some(values) = values.filter(|_| !self.is_locked) else { return };
        let Some(shown) = self.shown else {
            self.shown = Some(values);
            return;
        };
        if values[0] < shown[0] || values[1] > shown[1] {
            self.shown = Some(union(shown, values));
            self.needed = None;
            return;
        }
        let (since, needed) = self.needed.unwrap_or((now, values));
        let needed = union(needed, values);
        self.needed = Some((since, needed));
        if now - since >= PATIENCE {
            self.shown = Some(needed);
            self.needed = None;
        }
    }

    /// The lowest and the highest value of the plot, with some room at both ends.
    pub(crate) fn bounds(&self) -> [f64; 2] {
        let [low, high] = self.shown.unwrap_or([0.0, 1.0]);
        let size = (high - low).max(low.abs().max(high.abs()) * 1e-6).max(1e-9);
        [low - size * 0.05, high + size * 0.05]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(scale: &Scale) -> [i32; 2] {
        scale.bounds().map(|bound| bound.round() as i32)
    }

    #[test]
    fn room_grows_at_once_and_shrinks_after_a_while() {
        let mut scale = Scale::default();
        scale.follow(0.0, Some([-1.0, 1.0]));
        scale.follow(0.1, Some([-1.0, 100.0]));
        assert_eq!(rounded(&scale), [-6, 105]);
        for tenths in 2..=31 {
            scale.follow(f64::from(tenths) / 10.0, Some([0.0, 10.0]));
            assert_eq!(rounded(&scale), [-6, 105]);
        }
        scale.follow(3.3, Some([0.0, 10.0]));
        assert_eq!(rounded(&scale), [-1, 11]);
        scale.is_locked = true;
        scale.follow(3.4, Some([0.0, 1000.0]));
        assert_eq!(rounded(&scale), [-1, 11]);
    }

    #[test]
    fn a_value_that_never_changes_has_room_on_both_sides() {
        let mut scale = Scale::default();
        scale.follow(0.0, Some([5.0, 5.0]));
        let [low, high] = scale.bounds();
        assert!(low < 5.0 && 5.0 < high);
    }
}
