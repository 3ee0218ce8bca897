//! One line of the table: firmware, what it is compared with, what it takes.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, ensure};

use crate::cargo::root;
use crate::elf::{Elf, Sizes};
use crate::firmware::{self, Toolchain};

/// A program of the crate `bench/firmware`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Firmware {
    pub(super) program: &'static str,
    pub(super) features: &'static [&'static str],
}

/// What is taken off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Over {
    pub(super) firmware: Firmware,
    /// Among how many commands the rest is divided.
    pub(super) commands: u64,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) firmware: Firmware,
    pub(super) over: Over,
    /// The most bytes it may take.
    pub(super) flash: Option<u64>,
    /// The most bytes it may take.
    pub(super) ram: Option<u64>,
    /// What does the same, over the same.
    pub(super) peer: Option<Firmware>,
    /// Panic paths in it are only counted.
    pub(super) may_panic: bool,
}

/// The firmware built so far.
#[derive(Debug)]
pub(super) struct Bench {
    toolchain: Toolchain,
    built: BTreeMap<Firmware, Elf>,
}

/// A row with its figures.
#[derive(Debug)]
pub(super) struct Measured {
    row: Row,
    sizes: Sizes,
    peer: Option<Sizes>,
    panic_paths: usize,
}

/// What stands above the rows.
pub(super) const HEAD: &str = "what                                                        flash  budget  /peer     ram  budget  /peer  verdict";

impl Row {
    /// A row without name and budgets.
    pub(super) const fn new(firmware: Firmware, over: Firmware) -> Self {
        Self {
            name: "",
            firmware,
            over: Over { firmware: over, commands: 1 },
            flash: None,
            ram: None,
            peer: None,
            may_panic: false,
        }
    }

    /// Builds all that it needs and compares.
    pub(super) fn measure(&self, bench: &mut Bench) -> Result<Measured> {
        let base = bench.build(self.over.firmware)?.sizes;
        let peer = self.peer.map(|peer| bench.build(peer)).transpose()?.map(|elf| elf.sizes - base);
        let elf = bench.build(self.firmware)?;
        let Sizes { flash, ram } = elf.sizes - base;
        let sizes =
            Sizes { flash: flash.div_ceil(self.over.commands), ram: ram.div_ceil(self.over.commands) };
        Ok(Measured { row: *self, sizes, peer, panic_paths: elf.panic_paths().count() })
    }
}

impl Bench {
    /// Nothing is built yet.
    pub(super) fn new(toolchain: Toolchain) -> Self {
        Self { toolchain, built: BTreeMap::new() }
    }

    /// The firmware, built now if it is not yet. With a panic path in it, it is built once more so that it links.
    pub(super) fn build(&mut self, firmware: Firmware) -> Result<&Elf> {
        if !self.built.contains_key(&firmware) {
            let elf = self.link(firmware, &[]).or_else(|_| self.link(firmware, &["may-panic"]))?;
            self.built.insert(firmware, elf);
        }
        Ok(&self.built[&firmware])
    }

    fn link(&self, firmware: Firmware, more: &[&str]) -> Result<Elf> {
        let Firmware { program, features } = firmware;
        let mut cargo = self.toolchain.cargo(&root().join("bench").join("firmware"));
        cargo.args(["build", "--release", "--quiet", "--bin", program, "--features"]);
        cargo.arg([features, more].concat().join(","));
        let output = cargo.output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{program} does not build:\n{said}");
        Elf::read(&firmware::folder().join(super::TARGET).join("release").join(program))
    }
}

impl Measured {
    /// Whether nothing is larger than it may be, and nothing can panic that must not.
    pub(super) fn is_met(&self) -> bool {
        let fits = |size, budget: Option<u64>| budget.is_none_or(|budget| size <= budget);
        fits(self.sizes.flash, self.row.flash)
            && fits(self.sizes.ram, self.row.ram)
            && (self.row.may_panic || self.panic_paths == 0)
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, sizes: Sizes { flash, ram }, peer, panic_paths } = self;
        let budget = |budget: Option<u64>| budget.map(|bytes| format!("<={bytes}")).unwrap_or_default();
        let ratio = |size: u64, peer: Option<u64>| match peer {
            Some(peer) if peer > 0 => format!("{:.2}", size as f64 / peer as f64),
            _ => String::new(),
        };
        write!(
            f,
            "{:<58}{flash:>7} {:>7} {:>6}",
            row.name,
            budget(row.flash),
            ratio(*flash, peer.map(|it| it.flash))
        )?;
        write!(f, " {ram:>7} {:>7} {:>6}", budget(row.ram), ratio(*ram, peer.map(|it| it.ram)))?;
        let has_budget = row.flash.or(row.ram).is_some();
        f.write_str(match (self.is_met(), has_budget) {
            (false, _) => "  MISSED",
            (true, true) => "  met",
            (true, false) => "",
        })?;
        match panic_paths {
            0 => Ok(()),
            count => write!(f, "  {count} panic symbols linked"),
        }
    }
}
