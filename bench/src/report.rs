//! Measures the selected rows and prints them as one table.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::baseline::{Baseline, Worker};
use crate::compare::{Comparison, Effort, Side};
use crate::table::{Budget, Past, Quantity, Row, print_head};

/// The selection of rows, and the results so far.
#[derive(Debug)]
pub(crate) struct Report {
    rounds: usize,
    /// The earlier commit that is measured too.
    baseline: Option<Baseline>,
    filters: Vec<String>,
    section: Section,
    is_announced: bool,
    missed: Vec<String>,
    printed: usize,
}

/// The approximate duration of one round of one side. Shorter than a time slice of the scheduler, so that other programs
/// disturb a few rounds strongly rather than all rounds a little.
const ROUND: Duration = Duration::from_millis(2);

/// Rows that belong together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    /// The name by which filters select it.
    pub(crate) name: &'static str,
    /// What is measured, and who the peer is.
    pub(crate) title: &'static str,
}

/// How a comparison is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// How many pieces of work in a second; a larger ratio is better.
    Rate,
    /// How long one piece of work takes; a smaller ratio is better.
    Time,
}

impl Report {
    /// Selects the rows with one of `filters` in their section or name; all rows if there is no filter.
    pub(crate) fn new(rounds: usize, baseline: Option<Baseline>, filters: Vec<String>) -> Self {
        let section = Section { name: "", title: "" };
        Self { rounds, baseline, filters, section, is_announced: false, missed: Vec::new(), printed: 0 }
    }

    /// Begins a section.
    pub(crate) fn section(&mut self, section: Section) {
        self.section = section;
        self.is_announced = false;
    }

    /// Measures one row and prints it.
    pub(crate) fn compare(
        &mut self,
        what: &str,
        show: Show,
        budget: Budget,
        measure: impl FnOnce(Effort<'_>) -> Result<Comparison>,
    ) -> Result<()> {
        if !self.wants(what) {
            return Ok(());
        }
        let name = || format!("{}, {what}", self.section.name);
        let mut worker = self.worker(what).with_context(name)?;
        let effort = Effort { rounds: self.rounds, lengths: [ROUND; 2], baseline: worker.as_mut() };
        let comparison = measure(effort).with_context(name)?;
        let quantity = |seconds: f64| match show {
            Show::Rate => Quantity::PerSecond(seconds.recip()),
            Show::Time => Quantity::Seconds(seconds),
        };
        let ratio = match show {
            Show::Rate => comparison.speed_ratio(),
            Show::Time => comparison.time_ratio(),
        };
        self.print(Row {
            what: what.into(),
            ours: quantity(comparison.seconds(Side::Ours)),
            peer: quantity(comparison.seconds(Side::Peer)),
            ratio: Some(ratio),
            budget,
            past: Past {
                quantity: comparison.baseline_seconds().map_or(Quantity::Nothing, quantity),
                speed: comparison.speed_over_baseline(),
            },
        });
        Ok(())
    }

    /// Measures one row that has no peer and prints it.
    pub(crate) fn measure(
        &mut self,
        what: &str,
        budget: Budget,
        measure: impl FnOnce() -> Result<Quantity>,
    ) -> Result<()> {
        if !self.wants(what) {
            return Ok(());
        }
        let ours = measure().with_context(|| format!("{}, {what}", self.section.name))?;
        let past = self.baseline.as_ref().map(|baseline| baseline.count(&self.name(what))).transpose()?;
        let past = Past { quantity: past.flatten().map_or(Quantity::Nothing, Quantity::Bytes), speed: None };
        self.print(Row { what: what.into(), ours, peer: Quantity::Nothing, ratio: None, budget, past });
        Ok(())
    }

    /// Whether a row is selected.
    pub(crate) fn wants(&self, what: &str) -> bool {
        self.would_want(&self.section, what)
    }

    /// Whether a row of another section is selected.
    pub(crate) fn would_want(&self, section: &Section, what: &str) -> bool {
        let name = format!("{} {what}", section.name);
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter))
    }

    /// The earlier commit that is measured too.
    pub(crate) fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// The program of the baseline, ready to do the work of a row.
    fn worker(&self, what: &str) -> Result<Option<Worker>> {
        let worker = self.baseline.as_ref().map(|baseline| baseline.start(&self.name(what))).transpose()?;
        Ok(worker.flatten())
    }

    /// The name of a row of this section.
    fn name(&self, what: &str) -> String {
        format!("{} {what}", self.section.name)
    }

    /// Prints a note about the last row.
    pub(crate) fn note(&self, text: &str) {
        println!("    {text}");
    }

    /// How many rows were printed, and the names of those that missed their budgets.
    pub(crate) fn end(self) -> (usize, Vec<String>) {
        (self.printed, self.missed)
    }

    fn print(&mut self, row: Row) {
        if self.printed == 0 {
            print_head(self.baseline.as_ref().map(Baseline::commit));
        }
        if !self.is_announced {
            println!("{}: {}", self.section.name, self.section.title);
            self.is_announced = true;
        }
        println!("{row}");
        self.printed += 1;
        if row.is_missed() {
            self.missed.push(self.name(&row.what));
        }
    }
}
