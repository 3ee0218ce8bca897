//! Builds and runs firmware, each once.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use peers::{Toolchain, firmware_folder};

use super::run::{Request, run};
use crate::baseline::Baseline;
use crate::cargo::root;
use crate::elf::Elf;

/// Where the crate of the firmware is in a workspace.
pub(super) const CRATE: &str = "bench/firmware";

/// Programs that are newer than the baseline, and the requests, which are independent of the library.
const LACKING: [&str; 3] = ["bin/float_error.rs", "bin/user.rs", "board/script.rs"];

/// A program of the crate `bench/firmware`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Firmware {
    pub(super) program: &'static str,
    pub(super) features: &'static [&'static str],
}

/// Builds and runs each firmware once.
#[derive(Debug)]
pub(super) struct Bench {
    toolchain: Toolchain,
    /// The crate of the firmware.
    krate: PathBuf,
    /// Where it is built.
    target: PathBuf,
    built: BTreeMap<Firmware, Elf>,
    ran: BTreeMap<Firmware, Vec<Request>>,
}

impl Firmware {
    /// Whether it is allowed to have panic paths.
    pub(super) fn may_panic(&self) -> bool {
        self.features.contains(&"may-panic")
    }
}

impl Bench {
    /// The firmware of the working tree. Nothing is built yet.
    pub(super) fn new(toolchain: Toolchain) -> Self {
        Self::of(toolchain, super::folder(), firmware_folder())
    }

    /// The firmware of the baseline, with the programs that it lacks and the requests of the working tree.
    pub(super) fn of_baseline(toolchain: Toolchain, baseline: &Baseline) -> Result<Self> {
        for file in LACKING {
            let path = format!("{CRATE}/src/{file}");
            baseline.put(&root().join(&path), &path)?;
        }
        Ok(Self::of(toolchain, baseline.sources().join(CRATE), baseline.target().join("firmware")))
    }

    fn of(toolchain: Toolchain, krate: PathBuf, target: PathBuf) -> Self {
        Self { toolchain, krate, target, built: BTreeMap::new(), ran: BTreeMap::new() }
    }

    /// The firmware as it is linked.
    pub(super) fn elf(&mut self, firmware: Firmware) -> Result<&Elf> {
        if !self.built.contains_key(&firmware) {
            let elf = Elf::read(&self.link(firmware, &[])?)?;
            self.built.insert(firmware, elf);
        }
        Ok(&self.built[&firmware])
    }

    /// What each request took.
    pub(super) fn requests(&mut self, firmware: Firmware) -> Result<&[Request]> {
        if !self.ran.contains_key(&firmware) {
            let requests = run(&self.link(firmware, &["measure"])?)?;
            self.ran.insert(firmware, requests);
        }
        Ok(&self.ran[&firmware])
    }

    /// Builds firmware. If a panic path prevents linking, allows it, so that the size can be reported.
    fn link(&self, firmware: Firmware, more: &[&str]) -> Result<PathBuf> {
        let linked = self.build(firmware, more);
        if linked.is_err() && !firmware.may_panic() {
            return self.build(firmware, &[more, &["may-panic"]].concat());
        }
        linked
    }

    fn build(&self, firmware: Firmware, more: &[&str]) -> Result<PathBuf> {
        let Firmware { program, features } = firmware;
        let mut cargo = self.toolchain.cargo(&self.krate);
        cargo.env("CARGO_TARGET_DIR", &self.target);
        cargo.args(["build", "--release", "--locked", "--quiet", "--bin", program, "--features"]);
        let output = cargo.arg([features, more].concat().join(",")).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        // Skips the warnings before the first error.
        let complaint = said.find("error").and_then(|start| said.get(start..)).unwrap_or(&said);
        ensure!(output.status.success(), "{program} does not build:\n{complaint}");
        Ok(self.target.join(super::TARGET).join("release").join(program))
    }
}
