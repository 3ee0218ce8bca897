//! `cargo xtask bench`

use std::process;

use anyhow::{Result, ensure};

use crate::baseline::{Baseline, COMMIT};
use crate::cargo::{cargo, root, target};
use crate::{python, step};

/// The arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Takes a quarter of the time, with wider intervals
    #[arg(long)]
    quick: bool,
    /// Lets the threads run on any processor, instead of all on one
    #[arg(long)]
    any_processor: bool,
    /// Only the rows that have one of these texts in their section or their name, such as `blocking` or `pty`
    filters: Vec<String>,
}

/// What else is measured.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Measures the `serialtalk` command, as it is installed, beside mpremote, /bin/true and the library
    Cli {
        /// Takes a quarter of the time, with wider intervals
        #[arg(long)]
        quick: bool,
        /// Only the rows that have one of these texts in their section or their name, such as `cp` or `watch`
        filters: Vec<String>,
    },
    /// Measures boards over Zenoh, beside a bare query
    Fleet {
        /// Takes a tenth of the calls
        #[arg(long)]
        quick: bool,
    },
}

/// Measures the library, the command, or boards over Zenoh.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.command {
        None => library(args),
        Some(Command::Cli { quick, filters }) => cli(*quick, filters),
        Some(Command::Fleet { quick }) => fleet(*quick),
    }
}

/// Builds the measuring program with optimisation and runs it beside that of the baseline; fails if a budget is missed.
fn library(args: &Args) -> Result<()> {
    let mut bench = bench();
    bench.args(args.quick.then_some("--quick")).args(args.any_processor.then_some("--any-processor"));
    match baseline() {
        Ok(baseline) => _ = bench.arg("--baseline").arg(format!("{COMMIT}={}", baseline.sources().display())),
        Err(error) => println!("skipped: the columns {COMMIT}: {error:#}"),
    }
    bench.arg("--").args(&args.filters);
    step::run("bench", &mut bench)
}

/// Builds the command as it is installed, and the measuring program, and runs that; fails if a budget is missed.
fn cli(quick: bool, filters: &[String]) -> Result<()> {
    step::run(
        "command",
        cargo().args(["build", "--quiet", "--profile", "dist", "--package", "serialtalk-cli"]),
    )?;
    let mut bench = bench();
    bench.args(quick.then_some("--quick")).arg("--command").arg(target().join("dist").join("serialtalk"));
    step::run("bench", bench.arg("--").args(filters))
}

/// Builds what measures boards over Zenoh, and runs it; fails if a goal is missed.
fn fleet(quick: bool) -> Result<()> {
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--package", "fleet-bench", "--"]);
    step::run("bench fleet", bench.args(quick.then_some("--quick")))
}

/// The measuring program, with the Python peers.
fn bench() -> process::Command {
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    match python::peers() {
        Ok(venv) => _ = bench.env("SERIALTALK_PEERS", venv),
        Err(error) => println!("skipped: the rows with Python: {error:#}"),
    }
    bench
}

/// Builds the measuring program of the baseline, with the files that make it do single rows on demand.
fn baseline() -> Result<Baseline> {
    let baseline = Baseline::export()?;
    for file in ["compare.rs", "report.rs"] {
        baseline.put(&root().join("bench/baseline").join(file), &format!("bench/src/{file}"))?;
    }
    let mut build = baseline.cargo();
    build.args(["build", "--quiet", "--release", "--package", "bench"]);
    step::say("baseline", &build);
    // With these files half of its code is unused, and the compiler warns about that.
    let output = build.output()?;
    ensure!(output.status.success(), "it does not build:\n{}", String::from_utf8_lossy(&output.stderr));
    Ok(baseline)
}
