//! The firmware of the example boards, for the tests that run it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use peers::{Toolchain, firmware_folder};

use crate::cargo::root;
use crate::step;

/// Firmware, by its name.
pub(crate) struct Board {
    name: &'static str,
    /// Its crate, a folder of `examples`.
    folder: &'static str,
    target: &'static str,
    /// Which program of the crate.
    program: &'static str,
    features: &'static str,
}

pub(crate) const CORTEX_M0: &str = "thumbv6m-none-eabi";
pub(crate) const CORTEX_M3: &str = "thumbv7m-none-eabi";
pub(crate) const CORTEX_M4F: &str = "thumbv7em-none-eabihf";
pub(crate) const CORTEX_M33F: &str = "thumbv8m.main-none-eabihf";
pub(crate) const RISC_V: &str = "riscv32imc-unknown-none-elf";
pub(crate) const AVR: &str = "avr-none";

/// The firmware that tests run.
pub(crate) const BOARDS: [Board; 12] = [
    Board::new("lm3s6965evb", CORTEX_M3).program("robot"),
    Board::new("lm3s6965evb", CORTEX_M3).program("bridge").named("lm3s6965evb-bridge"),
    Board::new("lm3s6965evb", CORTEX_M3).program("arm").named("lm3s6965evb-arm"),
    Board::new("lm3s6965evb", CORTEX_M3).program("small").named("lm3s6965evb-small"),
    Board::new("lm3s6965evb", CORTEX_M3).program("described").named("lm3s6965evb-described"),
    Board::new("lm3s6965evb", CORTEX_M3).program("robot").named("lm3s6965evb-defmt").with("defmt"),
    Board::new("lm3s6965evb-embassy", CORTEX_M3),
    Board::new("microbit", CORTEX_M0).program("robot"),
    Board::new("riscv-virt", RISC_V).program("robot"),
    Board::new("riscv-virt", RISC_V).program("robot").named("riscv-virt-log").with("log"),
    Board::new("ports/pyboard", CORTEX_M4F).program("pyboard").with("pyboard").named("pyboard"),
    Board::new("ports/arduino-mega", AVR).program("arduino-mega").named("arduino-mega"),
];

impl Board {
    pub(crate) const fn new(folder: &'static str, target: &'static str) -> Self {
        Self { name: folder, folder, target, program: folder, features: "" }
    }

    pub(crate) const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    pub(crate) const fn program(self, program: &'static str) -> Self {
        Self { program, ..self }
    }

    pub(crate) const fn with(self, features: &'static str) -> Self {
        Self { features, ..self }
    }

    /// Finds the firmware that tests use under this name.
    pub(crate) fn find(name: &str) -> Result<&'static Self> {
        let names = || BOARDS.each_ref().map(|board| board.name).join(", ");
        let found = BOARDS.iter().find(|board| board.name == name);
        found.with_context(|| format!("there is no firmware {name}, but {}", names()))
    }

    /// The name of the firmware.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// The compiler for it.
    pub(crate) fn toolchain(&self) -> Result<Toolchain> {
        Toolchain::find(self.target)
    }

    /// The folder of its crate.
    pub(crate) fn folder(&self) -> PathBuf {
        root().join("examples").join(self.folder)
    }

    /// Whether its crate is a port to copy.
    pub(crate) fn is_port(&self) -> bool {
        self.folder.starts_with("ports/")
    }

    /// Builds the firmware, and returns its path.
    pub(crate) fn build(&self) -> Result<PathBuf> {
        self.build_in(&self.folder(), &[])
    }

    /// Builds the firmware with debug information about source lines, and returns its path.
    pub(crate) fn build_with_lines(&self) -> Result<PathBuf> {
        self.build_in(&self.folder(), &["profile.release.debug='line-tables-only'"])
    }

    /// Builds the firmware from a crate in `folder`, with these settings of cargo, and returns its path.
    pub(crate) fn build_in(&self, folder: &Path, settings: &[&str]) -> Result<PathBuf> {
        let mut cargo = self.toolchain()?.cargo(folder);
        cargo.args(["build", "--quiet", "--release", "--locked", "--bin", self.program]);
        cargo.args(["--target", self.target, "--features", self.features]);
        cargo.args(settings.iter().flat_map(|setting| ["--config", setting]));
        step::run(self.name, &mut cargo)?;
        let suffix = if self.target == AVR { ".elf" } else { "" };
        let program = format!("{}{suffix}", self.program);
        Ok(firmware_folder().join(self.target).join("release").join(program))
    }

    /// What is missing to build it.
    fn lacks(&self) -> Option<String> {
        if Toolchain::look(self.target).is_none() {
            return Some(format!("no Rust for {}", self.target));
        }
        (self.target == AVR && !peers::has_avr_gcc()).then(|| "no avr-gcc with avr-libc".into())
    }

    fn build_to(&self, folder: &Path) -> Result<()> {
        let built = self.build()?;
        std::fs::copy(&built, folder.join(self.name))
            .with_context(|| format!("can't copy {}", built.display()))?;
        Ok(())
    }
}

/// Builds everything that this machine can build, and returns the folder where it is, each firmware under its name.
/// `lacking` takes the name of a firmware that cannot be built, and what is missing for it.
pub(crate) fn build(mut lacking: impl FnMut(&str, String) -> Result<()>) -> Result<PathBuf> {
    let folder = firmware_folder().join("boards");
    std::fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    for board in &BOARDS {
        match board.lacks() {
            None => board.build_to(&folder)?,
            Some(missing) => {
                std::fs::remove_file(folder.join(board.name)).ok();
                lacking(board.name, missing)?;
            }
        }
    }
    Ok(folder)
}

/// The targets of the firmware that tests run.
#[cfg(test)]
pub(crate) fn targets() -> impl Iterator<Item = &'static str> {
    BOARDS.iter().map(|board| board.target)
}
