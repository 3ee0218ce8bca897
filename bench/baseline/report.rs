//! Put in the place of the baseline's `bench/src/report.rs`: does the work of one row, whose name is the argument of the
//! program, and prints no table.

use anyhow::Result;

use crate::compare::{Comparison, Effort};
use crate::table::Budget;

pub(crate) struct Report {
    effort: Effort,
    wanted: Vec<String>,
    section: Section,
}

#[derive(Clone, Copy)]
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
}

pub(crate) enum Show {
    Rate,
    Time,
}

impl Report {
    pub(crate) fn new(effort: Effort, wanted: Vec<String>) -> Self {
        Self { effort, wanted, section: Section { name: "", title: "" } }
    }

    pub(crate) fn section(&mut self, section: Section) {
        self.section = section;
    }

    pub(crate) fn compare(
        &mut self,
        what: &str,
        _: Show,
        _: Budget,
        measure: impl FnOnce(Effort) -> Result<Comparison>,
    ) -> Result<()> {
        if self.wants(what) {
            measure(self.effort)?;
        }
        Ok(())
    }

    pub(crate) fn count(
        &mut self,
        what: &str,
        _: Budget,
        count: impl FnOnce() -> Result<usize>,
    ) -> Result<()> {
        if self.wants(what) {
            println!("{}", count()?);
        }
        Ok(())
    }

    pub(crate) fn wants(&self, what: &str) -> bool {
        self.would_want(&self.section, what)
    }

    pub(crate) fn would_want(&self, section: &Section, what: &str) -> bool {
        self.wanted.contains(&format!("{} {what}", section.name))
    }

    pub(crate) fn note(&self, _: &str) {}

    /// Never none, which would be an error: a row that is newer has no work here.
    pub(crate) fn end(self) -> (usize, Vec<String>) {
        (1, Vec::new())
    }
}
