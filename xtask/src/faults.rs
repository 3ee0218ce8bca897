//! `cargo xtask faults`

use anyhow::Result;

use crate::cargo::{cargo, root};
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
    /// The control run: compares 8 of the 24 bits of the checked link's CRC, and fails if no wrong value is seen
    #[arg(long)]
    weak: bool,
}

impl Args {
    /// For continuous integration.
    pub(crate) const QUICK: Self = Self { calls: None, seeds: None, quick: true, weak: false };

    /// The control run for continuous integration.
    pub(crate) const CONTROL: Self = Self { calls: Some(200_000), seeds: Some(2), quick: false, weak: true };
}

/// Builds the counting program with optimisation and runs it; fails if a protocol breaks a promise, or if the control run shows no
/// wrong value.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut faults = cargo();
    if args.weak {
        // In a folder of its own, so that nothing else is built again.
        let folder = root().join("target").join("weak-crc");
        faults.env("RUSTFLAGS", "--cfg serialtalk_weak_crc").env("CARGO_TARGET_DIR", folder);
    }
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
