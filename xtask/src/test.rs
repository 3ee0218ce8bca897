//! `cargo xtask test`

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::cargo::cargo;
use crate::skipped::Skipped;
use crate::totals::Totals;
use crate::{boards, python, step};

/// The arguments of `cargo xtask test`.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// The seed of property tests; equal seeds give equal values on every machine
    #[arg(long, default_value_t)]
    seed: u64,
    /// Arguments for `cargo test`, such as `-p serialtalk` or `--test boards`
    #[arg(last = true)]
    cargo: Vec<OsString>,
}

/// Installs the peers, builds the firmware, runs the tests, reports what was skipped.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut skipped = Skipped::new()?;
    let mut tests = cargo();
    tests.args(["test", "--all-features", "--no-fail-fast"]);
    let names_packages = |argument: &OsString| {
        let argument = argument.to_string_lossy();
        argument.starts_with("-p") || argument.starts_with("--package")
    };
    if !args.cargo.iter().take_while(|argument| *argument != "--").any(names_packages) {
        tests.arg("--workspace");
    }
    tests.args(&args.cargo).env("SERIALTALK_SKIPPED", skipped.file());
    tests.env("PROPTEST_RNG_SEED", args.seed.to_string());
    match python::peers() {
        Ok(venv) => _ = tests.env("SERIALTALK_PEERS", venv),
        Err(error) => skipped.add(format!("the Python peers: {error:#}"))?,
    }
    tests.env("SERIALTALK_BOARDS", boards::build(&mut skipped)?);
    step::say("tests", &tests);
    let mut child = tests.stdout(Stdio::piped()).spawn().context("can't run cargo test")?;
    let mut totals = Totals::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            totals.read(&line);
        }
    }
    let status = child.wait()?;
    let skipped = skipped.report();
    println!("{totals}");
    ensure!(status.success(), "cargo test ended with {status}");
    skipped
}
