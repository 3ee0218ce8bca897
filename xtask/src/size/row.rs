//! A line of a table: firmware, its peer, and what is measured.

use std::fmt;

use anyhow::{Context, Result};

use super::Benches;
use super::bench::{Bench, Firmware};
use super::run::Request;
use crate::baseline::COMMIT;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum What {
    /// Bytes of flash over another firmware, divided among so many commands.
    Flash { over: Firmware, commands: u64 },
    /// Bytes of flash over another firmware, without the texts that the firmware describes its commands with.
    Describing { over: Firmware },
    /// Bytes of statics over those of another firmware.
    Statics { over: Firmware },
    /// The most bytes of the stack that any request takes.
    Stack,
    /// The most bytes of the stack that any request takes, over another firmware.
    StackOver { over: Firmware },
    /// The sum of the statics over another firmware and the stack.
    Ram { over: Firmware },
    /// Instructions from the last byte of this request to the first one of its reply.
    Instructions(&'static str),
    /// Instructions for each byte of this request but the last one.
    EachByte(&'static str),
}

/// How many bytes a reply to `describe` has besides the text.
const DESCRIPTION_FRAME: u64 = "<..describeack.raw>".len() as u64;

/// The most that a figure may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Budget {
    None,
    Exactly(u64),
    /// In percent of what the peer takes.
    OfPeer(u64),
}

/// A line of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) firmware: Firmware,
    pub(super) what: What,
    pub(super) budget: Budget,
    /// A figure above the budget, but not above this, is missed without failing continuous integration.
    pub(super) limit: Option<u64>,
    /// Firmware of another library that does the same work.
    pub(super) peer: Option<Firmware>,
    /// Whether the baseline can do the same work.
    pub(super) is_in_baseline: bool,
}

/// A row with its figures.
#[derive(Debug)]
pub(super) struct Measured {
    row: Row,
    ours: u64,
    baseline: Option<u64>,
    peer: Option<u64>,
    /// How many symbols of panic paths were linked into firmware that must not have any.
    panics: usize,
}

/// Prints the names of the columns.
pub(super) fn print_head() {
    println!("{:<68}{:>8} {COMMIT:>8} {:>8} {:>8} {:>6}  verdict", "what", "ours", "budget", "peer", "ratio");
}

impl Row {
    /// A row without a budget.
    pub(super) const fn new(name: &'static str, firmware: Firmware, what: What) -> Self {
        Self { name, firmware, what, budget: Budget::None, limit: None, peer: None, is_in_baseline: true }
    }

    /// Sets a budget.
    pub(super) const fn at_most(self, budget: u64) -> Self {
        Self { budget: Budget::Exactly(budget), ..self }
    }

    /// Sets a budget in percent of what the peer takes.
    pub(super) const fn at_most_percent(self, percent: u64) -> Self {
        Self { budget: Budget::OfPeer(percent), ..self }
    }

    /// Leaves out the figure of the baseline, which lacks what is measured.
    pub(super) const fn new_since_baseline(self) -> Self {
        Self { is_in_baseline: false, ..self }
    }

    /// Sets a limit for continuous integration, above the budget.
    pub(super) const fn never_above(self, limit: u64) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Adds a peer to compare with.
    pub(super) const fn beside(self, peer: Firmware) -> Self {
        Self { peer: Some(peer), ..self }
    }

    /// Builds and runs everything that the row needs. The baseline's figure is skipped where its firmware does not build
    /// or does not answer.
    pub(super) fn measure(&self, benches: &mut Benches) -> Result<Measured> {
        let bench = &mut benches.ours;
        let ours = self.what.of(self.firmware, bench)?;
        let peer = self.peer.map(|peer| self.what.of(peer, bench)).transpose()?;
        let panics =
            if self.firmware.may_panic() { 0 } else { bench.elf(self.firmware)?.panic_paths().count() };
        let baseline = benches.baseline.as_mut().filter(|_| self.is_in_baseline);
        let baseline = baseline.map(|bench| self.what.of(self.firmware, bench));
        let baseline = baseline.transpose().unwrap_or_else(|error| {
            println!("skipped: {COMMIT} in the next row: {error:#}");
            None
        });
        Ok(Measured { row: *self, ours, baseline, peer, panics })
    }
}

impl What {
    fn of(self, firmware: Firmware, bench: &mut Bench) -> Result<u64> {
        Ok(match self {
            Self::Flash { over, commands } => {
                let base = bench.elf(over)?.sizes.flash;
                bench.elf(firmware)?.sizes.flash.saturating_sub(base).div_ceil(commands)
            }
            Self::Describing { over } => {
                let flash = Self::Flash { over, commands: 1 }.of(firmware, bench)?;
                let descriptions =
                    bench.requests(firmware)?.iter().filter(|request| request.name.starts_with("describe"));
                let texts = descriptions.map(|request| request.reply.saturating_sub(DESCRIPTION_FRAME)).sum();
                flash.saturating_sub(texts)
            }
            Self::Statics { over } => {
                let base = bench.elf(over)?.sizes.ram;
                bench.elf(firmware)?.sizes.ram.saturating_sub(base)
            }
            Self::Stack => bench.requests(firmware)?.iter().map(|request| request.stack).max().unwrap_or(0),
            Self::StackOver { over } => {
                let base = Self::Stack.of(over, bench)?;
                Self::Stack.of(firmware, bench)?.saturating_sub(base)
            }
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
    /// The budget in the unit of the figure.
    fn budget(&self) -> Option<u64> {
        match self.row.budget {
            Budget::None => None,
            Budget::Exactly(budget) => Some(budget),
            Budget::OfPeer(percent) => self.peer.map(|peer| peer * percent / 100),
        }
    }

    /// Whether it is within its budget and has no forbidden panic path.
    pub(super) fn is_met(&self) -> bool {
        self.budget().is_none_or(|budget| self.ours <= budget) && self.panics == 0
    }

    /// Whether it is clearly above its limit, or above its budget where it has no limit, or has a forbidden panic path.
    pub(super) fn is_worse(&self) -> bool {
        let most = self.row.limit.or(self.budget());
        // Compilers differ by a little.
        most.is_some_and(|most| self.ours * 100 > most * 102) || self.panics > 0
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, ours, baseline, peer, panics } = self;
        let budget = self.budget().map(|budget| format!("<= {budget}")).unwrap_or_default();
        let ratio = peer.map(|peer| format!("{:.2}", *ours as f64 / peer as f64)).unwrap_or_default();
        let [baseline, peer] =
            [baseline, peer].map(|figure| figure.map(|figure| figure.to_string()).unwrap_or_default());
        write!(f, "{:<68}{ours:>8} {baseline:>8} {budget:>8} {peer:>8} {ratio:>6}", row.name)?;
        if *panics > 0 {
            return write!(f, "  MISSED: it can panic");
        }
        match (self.is_met(), row.budget, row.limit) {
            (false, _, Some(limit)) if *ours <= limit => write!(f, "  MISSED, within {limit}"),
            (false, ..) => f.write_str("  MISSED"),
            (true, Budget::None, _) => Ok(()),
            (true, ..) => f.write_str("  met"),
        }
    }
}
