//! `cargo xtask semver`

use anyhow::{Result, ensure};

use crate::cargo::cargo;
use crate::step;

/// The published libraries that programs name. The macros are used through `serialtalk`, and the command has no interface in Rust.
const LIBRARIES: [&str; 4] = ["serialtalk", "serialtalk-hal", "serialtalk-python", "serialtalk-zenoh"];

/// The arguments of `cargo xtask semver`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The revision of git to compare with: the tag of the last release, such as v0.1.0
    baseline: String,
}

/// Compares what the libraries offer with what they offered at a revision; fails if the version does not allow the difference.
pub(crate) fn run(args: &Args) -> Result<()> {
    let is_there = step::succeeds("cargo", &["semver-checks", "--version"]);
    ensure!(is_there, "no cargo-semver-checks: cargo install --locked cargo-semver-checks");
    let mut check = cargo();
    check.args(["semver-checks", "--baseline-rev", &args.baseline]);
    step::run("semver", check.args(LIBRARIES.iter().flat_map(|name| ["--package", name])))
}
