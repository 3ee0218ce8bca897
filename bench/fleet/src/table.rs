//! What was measured, a line each, beside its goal.

/// A goal of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// Prints figures as they are measured, and counts missed goals.
#[derive(Debug)]
pub(crate) struct Table {
    missed: u32,
}

impl Table {
    pub(crate) fn new() -> Self {
        println!("{:<52} {:>12}         goal", "what", "figure");
        Self { missed: 0 }
    }

    /// Prints a figure that has no goal.
    pub(crate) fn tell(&self, what: &str, figure: f64, unit: &str) {
        println!("{what:<52} {figure:>12.2} {unit}");
    }

    /// Prints a figure and its goal.
    pub(crate) fn judge(&mut self, what: &str, figure: f64, unit: &str, goal: Goal) {
        let (words, limit, is_met) = match goal {
            Goal::AtMost(limit) => ("at most", limit, figure <= limit),
            Goal::AtLeast(limit) => ("at least", limit, figure >= limit),
        };
        let mark = if is_met { "" } else { "   missed" };
        println!("{what:<52} {figure:>12.2} {unit:<7} {words} {limit}{mark}");
        self.missed += u32::from(!is_met);
    }

    pub(crate) fn missed(&self) -> u32 {
        self.missed
    }
}
