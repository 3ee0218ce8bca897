//! Builds the fuzz targets.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::folder;
use crate::cargo::{cargo, root};
use crate::step;

/// The flags of cargo-fuzz without a sanitizer, which needs a nightly compiler, and finds little in code without `unsafe`.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The targets, as programs.
pub(super) struct Build {
    programs: PathBuf,
}

impl Build {
    /// Builds these targets.
    pub(super) fn new(targets: &[String]) -> Result<Self> {
        let host = host()?;
        let mut build = command("build");
        // With a target, even if it is the host, macros and build scripts are built without these flags.
        build
            .args(["--release", "--target", &host])
            .args(targets.iter().flat_map(|target| ["--bin", target]));
        build.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"));
        step::run("fuzz", &mut build)?;
        Ok(Self { programs: output().join(host).join("release") })
    }

    /// The program of a target.
    pub(super) fn program(&self, target: &str) -> PathBuf {
        self.programs.join(target)
    }
}

/// Lints the targets, and tests what they share.
pub(super) fn check() -> Result<()> {
    step::run("fuzz", command("clippy").args(["--all-targets", "--", "--deny=warnings"]))?;
    step::run("fuzz", command("test").args(["--quiet", "--lib"]))
}

/// The folder for all output, apart from that of the workspace.
pub(super) fn output() -> PathBuf {
    root().join("target").join("fuzz")
}

/// A cargo command in the folder of the targets.
fn command(name: &str) -> Command {
    let mut command = cargo();
    command.current_dir(folder()).env("CARGO_TARGET_DIR", output()).args([name, "--locked"]);
    command
}

/// The target that this machine is.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("can't run rustc")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say for which host it is")
}
