//! `cargo xtask size`

mod bench;
mod row;
mod rows;
mod run;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use peers::Toolchain;

use crate::baseline::{Baseline, COMMIT};
use crate::cargo::root;
use bench::Bench;

/// The arguments of `cargo xtask size`.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Also prints the largest functions and statics of each firmware
    #[arg(long)]
    symbols: bool,
    /// Fails only if something is worse than it was, by more than another compiler makes of it; as continuous integration does
    #[arg(long)]
    no_worse: bool,
    /// Only the rows that have one of these texts in their name or in that of their table
    filters: Vec<String>,
}

impl Args {
    /// What continuous integration asks.
    pub(crate) const NO_WORSE: Self = Self { symbols: false, no_worse: true, filters: Vec::new() };
}

/// The target that everything is measured on.
const TARGET: &str = "thumbv7m-none-eabi";

/// The folder of the firmware that is measured.
pub(crate) fn folder() -> PathBuf {
    root().join(bench::CRATE)
}

/// What is measured, and the baseline beside it.
#[derive(Debug)]
struct Benches {
    ours: Bench,
    baseline: Option<Bench>,
}

/// Builds firmware, runs it, prints the tables; fails if a budget is missed or a panic path is linked.
pub(crate) fn run(args: &Args) -> Result<()> {
    let toolchain = Toolchain::find(TARGET)?;
    println!("built by {}", toolchain.version());
    let baseline = Baseline::export().and_then(|baseline| Bench::of_baseline(toolchain.clone(), &baseline));
    if let Err(error) = &baseline {
        println!("skipped: the column {COMMIT}: {error:#}");
    }
    let mut benches = Benches { ours: Bench::new(toolchain), baseline: baseline.ok() };
    let mut missed = Vec::new();
    let mut printed = 0;
    row::print_head();
    for (title, rows) in rows::TABLES {
        let wanted =
            |name: &str| args.filters.is_empty() || args.filters.iter().any(|it| name.contains(&**it));
        let rows = rows.iter().filter(|row| wanted(row.name) || wanted(title));
        for (number, row) in rows.enumerate() {
            if number == 0 {
                println!("{title}");
            }
            let measured = row.measure(&mut benches)?;
            println!("  {measured}");
            printed += 1;
            if args.symbols {
                for symbol in benches.ours.elf(row.firmware)?.largest() {
                    println!("        {symbol}");
                }
            }
            let is_missed = if args.no_worse { measured.is_worse() } else { !measured.is_met() };
            if is_missed {
                missed.push(row.name);
            }
        }
    }
    ensure!(printed > 0, "no row has any of these texts in its name or in that of its table");
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}
