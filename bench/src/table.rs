//! The one table that is printed.

use std::fmt;

use crate::compare::Estimate;

/// What a ratio, or a number where there is no peer, must be.
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
}

/// How a row stands to its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    /// Missed by less than the noise of the rounds.
    WithinNoise,
    Missed,
    /// There is no budget.
    Open,
}

pub(crate) fn print_head() {
    println!(
        "{:<44} {:>12} {:>12} {:>8} {:>16} {:>9}  verdict",
        "what", "ours", "peer", "ratio", "interval", "budget"
    );
}

impl Row {
    /// Missed is only what the interval, too, says is missed.
    pub(crate) fn verdict(&self) -> Verdict {
        let estimate = match (self.ratio, self.ours) {
            (Some(ratio), _) => ratio,
            (None, Quantity::Bytes(bytes)) => Estimate::exactly(bytes as f64),
            (None, _) => return Verdict::Open,
        };
        let (is_met, may_be_met) = match self.budget {
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
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [ratio, interval] = match self.ratio {
            Some(Estimate { median, low, high }) => {
                [number(median), format!("{} to {}", number(low), number(high))]
            }
            None => Default::default(),
        };
        write!(
            f,
            "  {:<42} {:>12} {:>12} {ratio:>8} {interval:>16} {:>9}  {}",
            self.what,
            self.ours.to_string(),
            self.peer.to_string(),
            self.budget.to_string(),
            self.verdict()
        )
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
            Self::Bytes(bytes) => write!(f, "{bytes} bytes"),
            Self::Nothing => Ok(()),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(least) => write!(f, ">= {least}"),
            Self::AtMost(most) => write!(f, "<= {most}"),
            Self::None => Ok(()),
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

/// Three digits that matter, more before the point.
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
        Row { what: "x".into(), ours: Quantity::Nothing, peer: Quantity::Nothing, ratio, budget }
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
    fn bytes_are_counted_without_noise() {
        let bytes =
            |count| Row { ours: Quantity::Bytes(count), ratio: None, ..row(0.0, Budget::AtMost(36.0)) };
        assert_eq!(bytes(36).verdict(), Verdict::Met);
        assert_eq!(bytes(37).verdict(), Verdict::Missed);
    }
}
