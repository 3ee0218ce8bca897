//! The firmware of the example boards, for the tests that run it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo::root;
use crate::firmware::{self, Toolchain};
use crate::left_out::LeftOut;
use crate::step;

/// Firmware that tests ask for by its name.
struct Board {
    name: &'static str,
    /// Its crate, a folder of `examples`.
    folder: &'static str,
    target: &'static str,
    /// Which program of the crate.
    program: &'static str,
    features: &'static str,
}

const CORTEX_M3: &str = "thumbv7m-none-eabi";
const CORTEX_M0: &str = "thumbv6m-none-eabi";
const RISC_V: &str = "riscv32imc-unknown-none-elf";

const BOARDS: [Board; 7] = [
    Board::new("lm3s6965evb", CORTEX_M3).program("robot"),
    Board::new("lm3s6965evb", CORTEX_M3).program("bridge").named("lm3s6965evb-bridge"),
    Board::new("lm3s6965evb", CORTEX_M3).program("robot").named("lm3s6965evb-defmt").with("defmt"),
    Board::new("lm3s6965evb-embassy", CORTEX_M3),
    Board::new("microbit", CORTEX_M0),
    Board::new("riscv-virt", RISC_V),
    Board::new("riscv-virt", RISC_V).named("riscv-virt-log").with("log"),
];

impl Board {
    const fn new(folder: &'static str, target: &'static str) -> Self {
        Self { name: folder, folder, target, program: folder, features: "" }
    }

    const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    const fn program(self, program: &'static str) -> Self {
        Self { program, ..self }
    }

    const fn with(self, features: &'static str) -> Self {
        Self { features, ..self }
    }

    fn build(&self, toolchain: &Toolchain, to: &Path) -> Result<()> {
        let mut cargo = toolchain.cargo(&root().join("examples").join(self.folder));
        cargo.args(["build", "--quiet", "--release", "--locked", "--bin", self.program]);
        step::run(self.name, cargo.args(["--features", self.features]))?;
        let built = firmware::folder().join(self.target).join("release").join(self.program);
        std::fs::copy(&built, to.join(self.name))
            .with_context(|| format!("can't copy {}", built.display()))?;
        Ok(())
    }
}

/// Builds everything that this machine can build, and returns the folder where it is, each firmware under its name.
pub(crate) fn build(left_out: &mut LeftOut) -> Result<PathBuf> {
    let folder = firmware::folder().join("boards");
    std::fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    for board in &BOARDS {
        match Toolchain::find(board.target) {
            Ok(toolchain) => board.build(&toolchain, &folder)?,
            Err(error) => {
                std::fs::remove_file(folder.join(board.name)).ok();
                left_out.add(format!("the board {}: {error:#}", board.name))?;
            }
        }
    }
    Ok(folder)
}
