//! `cargo xtask bench`

use anyhow::Result;

use crate::cargo::cargo;
use crate::{python, step};

/// What `cargo xtask bench` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Takes a quarter of the time, with wider intervals
    #[arg(long)]
    quick: bool,
    /// Lets the threads run on any processor, instead of all on one
    #[arg(long)]
    any_processor: bool,
    /// Only the rows that have one of these texts in their section or their name, such as `blocking` or `pty`
    filters: Vec<String>,
}

/// Builds the measuring program with optimisation and runs it; fails if a budget is missed.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut bench = cargo();
    bench.args(["run", "--quiet", "--release", "--package", "bench", "--"]);
    bench.args(args.quick.then_some("--quick")).args(args.any_processor.then_some("--any-processor"));
    bench.arg("--").args(&args.filters);
    match python::peers() {
        Ok(venv) => _ = bench.env("SERIALTALK_PEERS", venv),
        Err(error) => println!("left out: the rows with Python: {error:#}"),
    }
    step::run("bench", &mut bench)
}
