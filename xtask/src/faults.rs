//! `cargo xtask faults`

use anyhow::Result;

use crate::cargo::cargo;
use crate::step;

/// The arguments of `cargo xtask faults`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Calls of each row, protocol and seed
    #[arg(long)]
    calls: Option<u32>,
    /// Seeds of each row and protocol
    #[arg(long)]
    seeds: Option<u64>,
    /// 20,000 calls with 2 seeds, which takes seconds
    #[arg(long, conflicts_with_all = ["calls", "seeds"])]
    quick: bool,
}

impl Args {
    /// For continuous integration.
    pub(crate) const QUICK: Self = Self { calls: None, seeds: None, quick: true };
}

/// Builds the counting program with optimisation and runs it; fails if a protocol breaks a promise.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut faults = cargo();
    faults.args(["run", "--quiet", "--release", "--package", "fault-table", "--"]);
    if let Some(calls) = args.calls {
        faults.arg(format!("--calls={calls}"));
    }
    if let Some(seeds) = args.seeds {
        faults.arg(format!("--seeds={seeds}"));
    }
    faults.args(args.quick.then_some("--quick"));
    step::run("faults", &mut faults)
}
