//! Runs what was asked for and prints it as one table.

use anyhow::{Context as _, Result};

use crate::compare::{Comparison, Effort, Side};
use crate::table::{Budget, Quantity, Row, Verdict, print_head};

/// What was asked for, and how it went so far.
#[derive(Debug)]
pub(crate) struct Report {
    effort: Effort,
    filters: Vec<String>,
    section: Section,
    is_announced: bool,
    missed: Vec<String>,
    rows: usize,
}

/// Rows that belong together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    /// A word to ask for it.
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
    /// Will show the rows that have one of `filters` in their section or their name; all if there is none.
    pub(crate) fn new(effort: Effort, filters: Vec<String>) -> Self {
        let section = Section { name: "", title: "" };
        Self { effort, filters, section, is_announced: false, missed: Vec::new(), rows: 0 }
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
        measure: impl FnOnce(Effort) -> Result<Comparison>,
    ) -> Result<()> {
        if !self.wants(what) {
            return Ok(());
        }
        let comparison = measure(self.effort).with_context(|| format!("{}, {what}", self.section.name))?;
        let quantity = |side| match show {
            Show::Rate => Quantity::PerSecond(comparison.seconds(side).recip()),
            Show::Time => Quantity::Seconds(comparison.seconds(side)),
        };
        let ratio = match show {
            Show::Rate => comparison.speed_ratio(),
            Show::Time => comparison.time_ratio(),
        };
        self.print(Row {
            what: what.into(),
            ours: quantity(Side::Ours),
            peer: quantity(Side::Peer),
            ratio: Some(ratio),
            budget,
        });
        Ok(())
    }

    /// Counts one row and prints it.
    pub(crate) fn count(
        &mut self,
        what: &str,
        budget: Budget,
        count: impl FnOnce() -> Result<usize>,
    ) -> Result<()> {
        if !self.wants(what) {
            return Ok(());
        }
        let ours = Quantity::Bytes(count()?);
        self.print(Row { what: what.into(), ours, peer: Quantity::Nothing, ratio: None, budget });
        Ok(())
    }

    /// Whether a row was asked for.
    pub(crate) fn wants(&self, what: &str) -> bool {
        self.would_want(&self.section, what)
    }

    /// Whether a row of a section that has not begun was asked for.
    pub(crate) fn would_want(&self, section: &Section, what: &str) -> bool {
        let name = format!("{} {what}", section.name);
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter))
    }

    /// Says something about the row that was printed last.
    pub(crate) fn note(&self, text: &str) {
        println!("    {text}");
    }

    /// How many rows were printed, and the names of those that missed their budgets.
    pub(crate) fn end(self) -> (usize, Vec<String>) {
        (self.rows, self.missed)
    }

    fn print(&mut self, row: Row) {
        if self.rows == 0 {
            print_head();
        }
        if !self.is_announced {
            println!("{}: {}", self.section.name, self.section.title);
            self.is_announced = true;
        }
        println!("{row}");
        self.rows += 1;
        if row.verdict() == Verdict::Missed {
            self.missed.push(format!("{} {}", self.section.name, row.what));
        }
    }
}
