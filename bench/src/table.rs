//! The printed table.

use std::fmt;

use crate::compare::Estimate;

/// The limit of a ratio, or of a quantity if there is no peer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Budget {
    AtLeast(f64),
    AtMost(f64),
    None,
}

/// A number and what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Quantity {
    PerSecond(f64),
    Seconds(f64),
    Bytes(usize),
    Count(u64),
    /// A part of 1.
    Share(f64),
    Nothing,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) ours: Quantity,
    pub(crate) peer: Quantity,
    pub(crate) ratio: Option<Estimate>,
    pub(crate) budget: Budget,
    pub(crate) past: Past,
}

/// The figures of the baseline in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Past {
    pub(crate) quantity: Quantity,
    /// Our speed divided by the baseline's.
    pub(crate) speed: Option<Estimate>,
}

/// The least speed relative to the baseline.
const OF_BASELINE: Budget = Budget::AtLeast(0.95);

/// The comparison of a row with its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    /// Missed by less than the noise of the rounds.
    WithinNoise,
    Missed,
    /// There is no budget.
    Open,
}

/// Prints the names of the columns: ours and the peer's, and those of the baseline, if there is one.
pub(crate) fn print_head(commit: Option<&str>) {
    print!(
        "{:<44} {:>12} {:>12} {:>8} {:>16} {:>11}  {:<19}",
        "what", "ours", "peer", "ratio", "interval", "budget", "verdict"
    );
    match commit {
        Some(commit) => {
            let budget = OF_BASELINE.text(|limit| limit.to_string());
            println!(" | {commit:>12} {:>8} {:>16}  {budget}", "speed", "interval");
        }
        None => println!(),
    }
}

/// Compares with a budget. It is missed only if all of the interval misses it.
fn verdict(estimate: Estimate, budget: Budget) -> Verdict {
    let (is_met, may_be_met) = match budget {
        Budget::AtLeast(least) => (estimate.median >= least, estimate.high >= least),
        Budget::AtMost(most) => (estimate.median <= most, estimate.low <= most),
        Budget::None => return Verdict::Open,
    };
    match (is_met, may_be_met) {
        (true, _) => Verdict::Met,
        (false, true) => Verdict::WithinNoise,
        (false, false) => Verdict::Missed,
    }
}

impl Row {
    /// Compares it with its own budget.
    fn verdict(&self) -> Verdict {
        let measured = self.ratio.or_else(|| self.ours.amount().map(Estimate::exactly));
        measured.map_or(Verdict::Open, |measured| verdict(measured, self.budget))
    }

    /// The budget, in the unit of what it limits.
    fn budget(&self) -> String {
        self.budget.text(|limit| match self.ratio {
            Some(_) => limit.to_string(),
            None => self.ours.with(limit).to_string(),
        })
    }

    /// Compares it with the baseline.
    fn verdict_over_baseline(&self) -> Verdict {
        self.past.speed.map_or(Verdict::Open, |speed| verdict(speed, OF_BASELINE))
    }

    /// Whether it misses one of the two by more than the noise.
    pub(crate) fn is_missed(&self) -> bool {
        [self.verdict(), self.verdict_over_baseline()].contains(&Verdict::Missed)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [ratio, interval] = columns(self.ratio);
        write!(
            f,
            "  {:<42} {:>12} {:>12} {ratio:>8} {interval:>16} {:>11}  {:<19}",
            self.what,
            self.ours.to_string(),
            self.peer.to_string(),
            self.budget(),
            self.verdict().to_string()
        )?;
        let Past { quantity, speed } = self.past;
        if quantity == Quantity::Nothing {
            return Ok(());
        }
        let [speed, interval] = columns(speed);
        write!(
            f,
            " | {:>12} {speed:>8} {interval:>16}  {}",
            quantity.to_string(),
            self.verdict_over_baseline()
        )
    }
}

/// A median, and the interval around it.
fn columns(estimate: Option<Estimate>) -> [String; 2] {
    match estimate {
        Some(Estimate { median, low, high }) => {
            [number(median), format!("{} to {}", number(low), number(high))]
        }
        None => Default::default(),
    }
}

impl Quantity {
    /// The number, in the unit that it is kept in.
    fn amount(self) -> Option<f64> {
        match self {
            Self::PerSecond(number) | Self::Seconds(number) | Self::Share(number) => Some(number),
            Self::Bytes(count) => Some(count as f64),
            Self::Count(count) => Some(count as f64),
            Self::Nothing => None,
        }
    }

    /// As much of the same.
    fn with(self, amount: f64) -> Self {
        match self {
            Self::PerSecond(_) => Self::PerSecond(amount),
            Self::Seconds(_) => Self::Seconds(amount),
            Self::Share(_) => Self::Share(amount),
            Self::Bytes(_) => Self::Bytes(amount as usize),
            Self::Count(_) => Self::Count(amount as u64),
            Self::Nothing => Self::Nothing,
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::PerSecond(rate) => write!(f, "{rate:.0} /s"),
            Self::Seconds(seconds) if seconds < 1e-5 => write!(f, "{:.0} ns", seconds * 1e9),
            Self::Seconds(seconds) if seconds < 1e-2 => write!(f, "{:.1} us", seconds * 1e6),
            Self::Seconds(seconds) if seconds < 1.0 => write!(f, "{:.1} ms", seconds * 1e3),
            Self::Seconds(seconds) => write!(f, "{seconds:.2} s"),
            Self::Bytes(bytes) if bytes >= 1_000_000 => write!(f, "{:.2} MB", bytes as f64 / 1e6),
            Self::Bytes(bytes) => write!(f, "{bytes} bytes"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Share(share) => write!(f, "{:.1} %", share * 100.0),
            Self::Nothing => Ok(()),
        }
    }
}

impl Budget {
    /// The limit, of which `shown` makes text.
    fn text(self, shown: impl Fn(f64) -> String) -> String {
        match self {
            Self::AtLeast(least) => format!(">= {}", shown(least)),
            Self::AtMost(most) => format!("<= {}", shown(most)),
            Self::None => String::new(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::WithinNoise => "missed, within noise",
            Self::Missed => "MISSED",
            Self::Open => "",
        })
    }
}

/// Formats three significant digits, or all digits before the point.
fn number(value: f64) -> String {
    match value.abs() {
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(median: f64, budget: Budget) -> Row {
        let ratio = Some(Estimate { median, low: median - 0.02, high: median + 0.02 });
        let past = Past { quantity: Quantity::Nothing, speed: None };
        Row { what: "x".into(), ours: Quantity::Nothing, peer: Quantity::Nothing, ratio, budget, past }
    }

    #[test]
    fn a_budget_is_missed_only_by_more_than_the_noise() {
        assert_eq!(row(0.9, Budget::AtLeast(0.9)).verdict(), Verdict::Met);
        assert_eq!(row(0.89, Budget::AtLeast(0.9)).verdict(), Verdict::WithinNoise);
        assert_eq!(row(0.87, Budget::AtLeast(0.9)).verdict(), Verdict::Missed);
        assert_eq!(row(1.4, Budget::AtMost(1.5)).verdict(), Verdict::Met);
        assert_eq!(row(1.51, Budget::AtMost(1.5)).verdict(), Verdict::WithinNoise);
        assert_eq!(row(1.6, Budget::AtMost(1.5)).verdict(), Verdict::Missed);
        assert_eq!(row(7.0, Budget::None).verdict(), Verdict::Open);
    }

    #[test]
    fn a_row_that_is_slower_than_the_baseline_is_missed() {
        let beside = |speed| {
            let speed = Some(Estimate { median: speed, low: speed - 0.02, high: speed + 0.02 });
            let past = Past { quantity: Quantity::Seconds(1.0), speed };
            Row { past, ..row(1.0, Budget::AtLeast(0.9)) }.is_missed()
        };
        assert_eq!([0.96, 0.94, 0.92].map(beside), [false, false, true]);
        assert!(row(0.8, Budget::AtLeast(0.9)).is_missed());
    }

    #[test]
    fn bytes_are_counted_without_noise() {
        let bytes =
            |count| Row { ours: Quantity::Bytes(count), ratio: None, ..row(0.0, Budget::AtMost(36.0)) };
        assert_eq!(bytes(36).verdict(), Verdict::Met);
        assert_eq!(bytes(37).verdict(), Verdict::Missed);
    }
}
