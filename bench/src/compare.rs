//! Two ways to do the same work, timed side by side.

use std::time::Duration;

use anyhow::Result;

/// Which of the two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Ours,
    Peer,
}

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// How many rounds of each side.
    pub(crate) rounds: usize,
    /// How long one round of ours and one of the peer's take, roughly. Shorter than the turns in which programs share a
    /// processor, so that others disturb few of the rounds much rather than all of them a little.
    pub(crate) lengths: [Duration; 2],
}

/// What came out: the time of one piece of work in each round, in seconds.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    rounds: Vec<[f64; 2]>,
    noise: Noise,
}

/// What the interval around a median says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noise {
    /// The true median lies in it with a probability of 95 %.
    OfMedian,
    /// Eight of ten rounds do.
    OfRounds,
}

/// A median and an interval around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Times `work`, which does as many pieces of it as it is told to, in short rounds, one side after the other. Which side
/// is first changes from round to round, so that a machine which becomes slower or faster meanwhile favours neither.
pub(crate) fn compare(
    effort: Effort,
    mut work: impl FnMut(Side, u32) -> Result<Duration>,
) -> Result<Comparison> {
    let [ours, peer] = effort.lengths;
    let ours = calibrate(ours, |count| work(Side::Ours, count))?;
    let counts = [ours, calibrate(peer, |count| work(Side::Peer, count))?];
    let mut rounds = Vec::with_capacity(effort.rounds);
    for round in 0..effort.rounds {
        let mut times = [0.0; 2];
        let order = if round % 2 == 0 { [Side::Ours, Side::Peer] } else { [Side::Peer, Side::Ours] };
        for side in order {
            let count = counts[side as usize];
            times[side as usize] = work(side, count)?.as_secs_f64() / f64::from(count);
        }
        rounds.push(times);
    }
    Ok(Comparison { rounds, noise: Noise::OfMedian })
}

/// How many pieces fill a round. Finding it warms up caches, branch predictors and the clock of the processor.
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
        self.estimate(|times| times[side as usize]).median
    }

    /// How many times as long as the peer we took, by the median of the rounds.
    pub(crate) fn time_ratio(&self) -> Estimate {
        self.estimate(|[ours, peer]| ours / peer)
    }

    /// How many times as fast as the peer we were, by the median of the rounds.
    pub(crate) fn speed_ratio(&self) -> Estimate {
        self.estimate(|[ours, peer]| peer / ours)
    }

    /// The same for sides of different kinds, one that works all the time and one that sleeps: what other programs take of
    /// the processor slows down the first alone. The median moves with it, and only the rounds themselves show how far.
    pub(crate) fn of_different_kinds(self) -> Self {
        Self { noise: Noise::OfRounds, ..self }
    }

    fn estimate(&self, value: impl Fn([f64; 2]) -> f64) -> Estimate {
        let mut values: Vec<_> = self.rounds.iter().map(|times| value(*times)).collect();
        values.sort_by(f64::total_cmp);
        let last = values.len().saturating_sub(1) as f64;
        let at =
            |place: f64| values.get(place.max(0.0) as usize).or(values.last()).copied().unwrap_or(f64::NAN);
        // The first one stands between two of the values in their order, so it supposes nothing about how they are spread:
        // as many of them lie below the true median as heads come up when a coin is thrown for each.
        let reach = match self.noise {
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
}

impl Estimate {
    /// What was counted rather than measured.
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
            rounds: times.into_iter().map(|ours| [ours, 1.0]).collect(),
            noise: Noise::OfMedian,
        };
        let many = rounds((0..101).rev().map(f64::from).collect());
        assert_eq!(many.time_ratio(), Estimate { median: 50.0, low: 40.0, high: 60.0 });
        let few = rounds(vec![1000.0, 1.0, 2.0]);
        assert_eq!(few.time_ratio(), Estimate { median: 2.0, low: 1.0, high: 1000.0 });
        let different = many.of_different_kinds();
        assert_eq!(different.time_ratio(), Estimate { median: 50.0, low: 10.0, high: 90.0 });
    }

    #[test]
    fn a_machine_that_slows_down_favours_neither_side() {
        let effort = Effort { rounds: 50, lengths: [Duration::from_millis(10); 2] };
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
