//! One line of a table: firmware, what it is compared with, what it takes.

use std::fmt;

use anyhow::{Context, Result};

use super::bench::{Bench, Firmware};
use super::run::Request;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Bytes of flash over another firmware, divided among so many commands.
    Flash { over: Firmware, commands: u64 },
    /// Bytes of statics over another firmware.
    Statics { over: Firmware },
    /// The most bytes of the stack that any request takes.
    Stack,
    /// Both of these.
    Ram { over: Firmware },
    /// Instructions from the last byte of this request to the first one of its reply.
    Instructions(&'static str),
    /// Instructions for each byte of this request but the last one.
    EachByte(&'static str),
}

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) firmware: Firmware,
    pub(super) what: What,
    /// The most that it may be.
    pub(super) budget: Option<u64>,
    /// What it must not be above where it is still above that.
    pub(super) limit: Option<u64>,
    /// What does the same.
    pub(super) peer: Option<Firmware>,
}

/// A row with its figures.
#[derive(Debug)]
pub(super) struct Measured {
    row: Row,
    ours: u64,
    peer: Option<u64>,
    /// Symbols that were linked for the case that something panics, though nothing may.
    panics: usize,
}

/// What stands above the rows.
pub(super) fn print_head() {
    println!("{:<58}{:>8} {:>8} {:>8} {:>6}  verdict", "what", "ours", "budget", "peer", "ratio");
}

impl Row {
    /// A row without a budget.
    pub(super) const fn new(name: &'static str, firmware: Firmware, what: What) -> Self {
        Self { name, firmware, what, budget: None, limit: None, peer: None }
    }

    /// The same with a budget.
    pub(super) const fn at_most(self, budget: u64) -> Self {
        Self { budget: Some(budget), ..self }
    }

    /// The same with what must be kept even where the budget is not.
    pub(super) const fn never_above(self, limit: u64) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// The same with something to compare it with.
    pub(super) const fn beside(self, peer: Firmware) -> Self {
        Self { peer: Some(peer), ..self }
    }

    /// Builds and runs all that it needs.
    pub(super) fn measure(&self, bench: &mut Bench) -> Result<Measured> {
        let ours = self.what.of(self.firmware, bench)?;
        let peer = self.peer.map(|peer| self.what.of(peer, bench)).transpose()?;
        let panics =
            if self.firmware.may_panic() { 0 } else { bench.elf(self.firmware)?.panic_paths().count() };
        Ok(Measured { row: *self, ours, peer, panics })
    }
}

impl What {
    fn of(self, firmware: Firmware, bench: &mut Bench) -> Result<u64> {
        Ok(match self {
            Self::Flash { over, commands } => {
                let base = bench.elf(over)?.sizes.flash;
                bench.elf(firmware)?.sizes.flash.saturating_sub(base).div_ceil(commands)
            }
            Self::Statics { over } => {
                let base = bench.elf(over)?.sizes.ram;
                bench.elf(firmware)?.sizes.ram.saturating_sub(base)
            }
            Self::Stack => bench.requests(firmware)?.iter().map(|request| request.stack).max().unwrap_or(0),
            Self::Ram { over } => {
                Self::Statics { over }.of(firmware, bench)? + Self::Stack.of(firmware, bench)?
            }
            Self::Instructions(name) => request(firmware, name, bench)?.instructions,
            Self::EachByte(name) => {
                let Request { earlier, bytes, .. } = request(firmware, name, bench)?;
                earlier.div_ceil(*bytes)
            }
        })
    }
}

fn request<'a>(firmware: Firmware, name: &str, bench: &'a mut Bench) -> Result<&'a Request> {
    let mut requests = bench.requests(firmware)?.iter();
    let found = requests.find(|request| request.name == name && request.reply > 0);
    found.with_context(|| format!("{} does not answer {name}", firmware.program))
}

impl Measured {
    /// Whether it is no more than it may be, and nothing can panic that must not.
    pub(super) fn is_met(&self) -> bool {
        self.row.budget.is_none_or(|budget| self.ours <= budget) && self.panics == 0
    }

    /// Whether it is clearly more than it may be in any case, or something can panic that must not.
    pub(super) fn is_worse(&self) -> bool {
        let most = self.row.limit.or(self.row.budget);
        // Compilers differ by a little.
        most.is_some_and(|most| self.ours * 100 > most * 102) || self.panics > 0
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, ours, peer, panics } = self;
        let budget = row.budget.map(|budget| format!("<= {budget}")).unwrap_or_default();
        let ratio = peer.map(|peer| format!("{:.2}", *ours as f64 / peer as f64)).unwrap_or_default();
        let peer = peer.map(|peer| peer.to_string()).unwrap_or_default();
        write!(f, "{:<58}{ours:>8} {budget:>8} {peer:>8} {ratio:>6}", row.name)?;
        if *panics > 0 {
            return write!(f, "  MISSED: it can panic");
        }
        match (self.is_met(), row.budget, row.limit) {
            (false, _, Some(limit)) if *ours <= limit => write!(f, "  MISSED, within {limit}"),
            (false, ..) => f.write_str("  MISSED"),
            (true, Some(_), _) => f.write_str("  met"),
            (true, None, _) => Ok(()),
        }
    }
}
