//! `cargo xtask size`

mod row;
mod rows;

use anyhow::{Result, ensure};

use crate::firmware::Toolchain;
use row::Bench;

/// What `cargo xtask size` takes.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Also prints the largest functions and statics of each firmware
    #[arg(long)]
    symbols: bool,
    /// Only the rows that have one of these texts in their name
    filters: Vec<String>,
}

/// The target that everything is measured on.
const TARGET: &str = "thumbv7m-none-eabi";

/// Builds the firmware, prints the table, fails if a budget is missed or a panic path is linked.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut bench = Bench::new(Toolchain::find(TARGET)?);
    let mut missed = Vec::new();
    println!("{}", row::HEAD);
    for row in &rows::ROWS {
        if !args.filters.is_empty() && !args.filters.iter().any(|filter| row.name.contains(&**filter)) {
            continue;
        }
        let measured = row.measure(&mut bench)?;
        println!("{measured}");
        if args.symbols {
            for symbol in bench.build(row.firmware)?.largest() {
                println!("        {symbol}");
            }
        }
        if !measured.is_met() {
            missed.push(row.name);
        }
    }
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}
