//! A number that changes with time.

use std::collections::VecDeque;

/// How long points are kept for scrolling back, in seconds.
const KEPT: f64 = 600.0;

/// A number that changes with time, with gaps where it is not known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Series {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    /// Points without a gap between them, as times in seconds and values.
    runs: VecDeque<Vec<(f64, f64)>>,
    /// Whether the next point begins a run.
    has_gap: bool,
    /// The last value as it is shown.
    pub(crate) last: String,
    /// The smallest and the largest value ever.
    pub(crate) range: Option<[f64; 2]>,
}

impl Series {
    pub(crate) fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds a point, and forgets those that are too old. What is no number leaves a gap.
    pub(crate) fn push(&mut self, time: f64, value: f64) {
        if !value.is_finite() {
            return self.gap();
        }
        match self.runs.back_mut() {
            Some(run) if !self.has_gap => run.push((time, value)),
            _ => self.runs.push_back(vec![(time, value)]),
        }
        self.has_gap = false;
        self.range = Some(self.range.map_or([value; 2], |[low, high]| [low.min(value), high.max(value)]));
        let is_old = |run: &Vec<(f64, f64)>| run.last().is_none_or(|(last, _)| *last < time - KEPT);
        while self.runs.front().is_some_and(is_old) {
            self.runs.pop_front();
        }
        if let Some(run) = self.runs.front_mut() {
            let old = run.partition_point(|(at, _)| *at < time - KEPT);
            // Not one by one: what stays is moved.
            if old > run.len() / 2 {
                run.drain(..old);
            }
        }
    }

    /// Says that nothing is known until the next point.
    pub(crate) fn gap(&mut self) {
        self.has_gap = true;
    }

    /// The runs between two times, with the points next to them.
    pub(crate) fn between(&self, [from, to]: [f64; 2]) -> impl Iterator<Item = &[(f64, f64)]> {
        self.runs.iter().filter_map(move |run| {
            let begin = run.partition_point(|(time, _)| *time < from).saturating_sub(1);
            let end = run.partition_point(|(time, _)| *time <= to);
            run.get(begin..(end + 1).min(run.len())).filter(|run| !run.is_empty())
        })
    }

    /// The smallest and the largest value between two times.
    pub(crate) fn range_between(&self, [from, to]: [f64; 2]) -> Option<[f64; 2]> {
        let points = self.between([from, to]).flatten().filter(|(time, _)| (from..=to).contains(time));
        points.map(|(_, value)| [*value; 2]).reduce(union)
    }
}

/// What two ranges cover.
pub(crate) fn union(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0].min(b[0]), a[1].max(b[1])]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(series: &Series, range: [f64; 2]) -> Vec<usize> {
        series.between(range).map(<[_]>::len).collect()
    }

    #[test]
    fn a_gap_is_never_joined() {
        let mut series = Series::new("x".into());
        for time in 0..5 {
            series.push(f64::from(time), 1.0);
        }
        series.gap();
        series.push(6.0, 2.0);
        series.push(7.0, f64::NAN);
        series.push(8.0, 3.0);
        assert_eq!(lengths(&series, [0.0, 10.0]), [5, 1, 1]);
        assert_eq!(lengths(&series, [3.5, 10.0]), [2, 1, 1], "the point before the left edge stays");
        assert_eq!(series.range, Some([1.0, 3.0]));
        assert_eq!(series.range_between([5.0, 7.0]), Some([2.0, 2.0]));
        assert_eq!(series.range_between([20.0, 30.0]), None);
    }

    #[test]
    fn old_points_are_forgotten() {
        let mut series = Series::new("x".into());
        for time in 0..5000 {
            series.push(f64::from(time), 0.0);
        }
        let kept: usize = lengths(&series, [0.0, 5000.0]).iter().sum();
        assert!((600..=1210).contains(&kept), "{kept}");
    }
}
