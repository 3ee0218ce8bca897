//! Makes calls over bad lines in virtual time, and prints what became of them: one table, the same seeds for every protocol.

mod ours;
mod postcard;
mod row;
mod run;
mod table;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, ensure};
use clap::Parser;

use crate::table::Table;
use crate::tally::Counts;

/// Makes calls over bad lines in virtual time, and prints what became of them.
///
/// Each call has an argument of its own, and its right value is known, so that a wrong value and a second run are seen exactly.
/// A seed decides everything; all protocols get the same ones.
#[derive(Debug, Parser)]
struct Args {
    /// Calls of each row, protocol and seed
    #[arg(long, default_value_t = 1_000_000)]
    calls: u32,
    /// Seeds of each row and protocol
    #[arg(long, default_value_t = 10)]
    seeds: u64,
    /// 20,000 calls with 2 seeds, which takes seconds
    #[arg(long, conflicts_with_all = ["calls", "seeds"])]
    quick: bool,
}

/// A protocol.
struct Column {
    name: &'static str,
    /// Counts what the protocol promises not to happen.
    broken_promises: fn(&Counts) -> u64,
    /// What became of the calls of a row with a seed; `None` if the protocol cannot do what the row is about.
    run: fn(&run::Run) -> Option<Counts>,
}

/// Whether this is the control run: the CRC of the checked link is compared in 8 of its 24 bits only, so damage passes it.
const IS_CONTROL: bool = cfg!(serialtalk_weak_crc);

const COLUMNS: &[Column] =
    if IS_CONTROL { &[ours::CHECKED] } else { &[ours::PLAIN, ours::CHECKED, postcard::COLUMN] };

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let (calls, seeds) = if args.quick { (20_000, 2) } else { (args.calls, args.seeds) };
    ensure!(calls > 0 && seeds > 0, "there is nothing to count without calls and seeds");
    let begun = Instant::now();
    let table = Table::measure(calls, seeds);
    println!("{calls} calls with each of {seeds} seeds, over 115,200 baud in virtual time.\n");
    print!("{table}");
    println!("\n{}", table::NOTES);
    println!("\nThis took {:.1} s.", begun.elapsed().as_secs_f64());
    if IS_CONTROL { table.check_control() } else { table.check() }
}
