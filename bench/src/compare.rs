//! Times two ways to do the same work, and an earlier commit, in alternating rounds.

use std::time::Duration;

use anyhow::Result;

use crate::baseline::Worker;

/// One of the two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Ours,
    Peer,
}

/// How long to measure, and the baseline.
#[derive(Debug)]
pub(crate) struct Effort<'a> {
    /// The number of rounds of each side.
    pub(crate) rounds: usize,
    /// The approximate durations of a round of ours and of the peer.
    pub(crate) lengths: [Duration; 2],
    /// The baseline, in rounds as long as ours.
    pub(crate) baseline: Option<&'a mut Worker>,
}

/// The times of all rounds.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    rounds: Vec<Round>,
    noise: Noise,
}

/// The time of one piece of work in one round, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Round {
    ours: f64,
    peer: f64,
    baseline: Option<f64>,
}

/// The meaning of the interval around a median.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noise {
    /// The true median lies in it with a probability of 95 %.
    OfMedian,
    /// Eight of ten rounds lie in it.
    OfRounds,
}

/// A median and an interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Times `work`, which does the given number of pieces, in short rounds, one side after the other. The order alternates, so that
/// a machine that becomes slower or faster favours neither side; ours always runs between the peer and the baseline.
pub(crate) fn compare(
    effort: Effort<'_>,
    mut work: impl FnMut(Side, u32) -> Result<Duration>,
) -> Result<Comparison> {
    let Effort { rounds: number, lengths: [length, peer_length], mut baseline } = effort;
    let count = calibrate(length, |count| work(Side::Ours, count))?;
    let peer_count = calibrate(peer_length, |count| work(Side::Peer, count))?;
    let baseline_count =
        baseline.as_mut().map(|worker| calibrate(length, |count| worker.work(count))).transpose()?;
    let each = |took: Duration, count: u32| took.as_secs_f64() / f64::from(count);
    let seconds = |side| match side {
        Side::Ours => Ok(each(work(side, count)?, count)),
        Side::Peer => Ok(each(work(side, peer_count)?, peer_count)),
    };
    take_turns(number, seconds, || match (&mut baseline, baseline_count) {
        (Some(worker), Some(count)) => Ok(Some(each(worker.work(count)?, count))),
        _ => Ok(None),
    })
}

/// Measures the seconds of one piece of work, once per round and side.
pub(crate) fn take_turns(
    number: usize,
    mut seconds: impl FnMut(Side) -> Result<f64>,
    mut baseline: impl FnMut() -> Result<Option<f64>>,
) -> Result<Comparison> {
    let mut rounds = Vec::with_capacity(number);
    for round in 0..number {
        rounds.push(if round % 2 == 0 {
            Round { baseline: baseline()?, ours: seconds(Side::Ours)?, peer: seconds(Side::Peer)? }
        } else {
            Round { peer: seconds(Side::Peer)?, ours: seconds(Side::Ours)?, baseline: baseline()? }
        });
    }
    Ok(Comparison { rounds, noise: Noise::OfMedian })
}

/// Returns how many pieces fill a round. The search also warms up caches, branch predictors and the processor clock.
fn calibrate(round: Duration, mut work: impl FnMut(u32) -> Result<Duration>) -> Result<u32> {
    let mut count = 1u32;
    loop {
        let took = work(count)?;
        if took >= round / 2 || count >= u32::MAX / 4 {
            let wanted = f64::from(count) * round.as_secs_f64() / took.as_secs_f64();
            return Ok((wanted as u32).max(1));
        }
        count = count.saturating_mul(if took < round / 16 { 8 } else { 2 });
    }
}

impl Comparison {
    /// The median time of one piece of work on one side, in seconds.
    pub(crate) fn seconds(&self, side: Side) -> f64 {
        let time = |round: &Round| match side {
            Side::Ours => round.ours,
            Side::Peer => round.peer,
        };
        estimate(self.rounds.iter().map(time), self.noise).median
    }

    /// The median time of one piece of work of the baseline, in seconds.
    pub(crate) fn baseline_seconds(&self) -> Option<f64> {
        let baseline = self.baseline()?;
        Some(estimate(baseline.map(|[_, baseline]| baseline), self.noise).median)
    }

    /// Our time divided by the peer's, by the median of the rounds.
    pub(crate) fn time_ratio(&self) -> Estimate {
        estimate(self.rounds.iter().map(|round| round.ours / round.peer), self.noise)
    }

    /// Our speed divided by the peer's, by the median of the rounds.
    pub(crate) fn speed_ratio(&self) -> Estimate {
        estimate(self.rounds.iter().map(|round| round.peer / round.ours), self.noise)
    }

    /// Our speed divided by the baseline's, by the median of the rounds.
    pub(crate) fn speed_over_baseline(&self) -> Option<Estimate> {
        Some(estimate(self.baseline()?.map(|[ours, baseline]| baseline / ours), self.noise))
    }

    /// Our times with those of the baseline, if it was measured.
    fn baseline(&self) -> Option<impl Iterator<Item = [f64; 2]>> {
        let times = |round: &Round| Some([round.ours, round.baseline?]);
        let times: Option<Vec<_>> = self.rounds.iter().map(times).collect();
        times.map(Vec::into_iter)
    }

    /// Widens the interval for a side that works all the time and one that sleeps: load of other programs slows only the
    /// first, which shifts the median, and the spread of the rounds shows how far.
    pub(crate) fn of_different_kinds(self) -> Self {
        Self { noise: Noise::OfRounds, ..self }
    }
}

/// The median of values, and the interval around it.
fn estimate(values: impl Iterator<Item = f64>, noise: Noise) -> Estimate {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1) as f64;
    let at = |place: f64| values.get(place.max(0.0) as usize).or(values.last()).copied().unwrap_or(f64::NAN);
    // The first is free of assumptions about the distribution: the number of values below the true median is binomial, with a
    // probability of one half.
    let reach = match noise {
        Noise::OfMedian => 1.96 * (values.len() as f64).sqrt() / 2.0,
        Noise::OfRounds => 0.4 * last,
    };
    let middle = last / 2.0;
    Estimate {
        median: (at(middle.floor()) + at(middle.ceil())) / 2.0,
        low: at((middle - reach).floor()),
        high: at((middle + reach).ceil()),
    }
}

impl Estimate {
    /// An exact value, which was counted rather than measured.
    pub(crate) fn exactly(value: f64) -> Self {
        Self { median: value, low: value, high: value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle_and_its_interval_around_it() {
        let rounds = |times: Vec<f64>| Comparison {
            rounds: times.into_iter().map(|ours| Round { ours, peer: 1.0, baseline: Some(10.0) }).collect(),
            noise: Noise::OfMedian,
        };
        let many = rounds((0..101).rev().map(f64::from).collect());
        assert_eq!(many.time_ratio(), Estimate { median: 50.0, low: 40.0, high: 60.0 });
        let few = rounds(vec![1000.0, 1.0, 2.0]);
        assert_eq!(few.time_ratio(), Estimate { median: 2.0, low: 1.0, high: 1000.0 });
        assert_eq!(many.speed_over_baseline().map(|ratio| ratio.median), Some(0.2));
        let different = many.of_different_kinds();
        assert_eq!(different.time_ratio(), Estimate { median: 50.0, low: 10.0, high: 90.0 });
    }

    #[test]
    fn a_machine_that_slows_down_favours_neither_side() {
        let effort = Effort { rounds: 50, lengths: [Duration::from_millis(10); 2], baseline: None };
        let mut slowness = 1.0;
        let comparison = compare(effort, |side, count| {
            slowness *= 1.01;
            let each = if side == Side::Ours { 2e-5 } else { 1e-5 };
            Ok(Duration::from_secs_f64(each * slowness * f64::from(count)))
        })
        .unwrap();
        let ratio = comparison.time_ratio();
        assert!((1.97..2.03).contains(&ratio.median), "{ratio:?}");
        assert!((0.49..0.51).contains(&comparison.speed_ratio().median));
        assert!(comparison.seconds(Side::Ours) > 2e-5);
    }
}
