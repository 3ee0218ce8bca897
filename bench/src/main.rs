//! Measures the speed of serialtalk relative to its peers; prints one table of ratios, both sides measured in the same run.

mod asynchronous;
mod baseline;
mod blocking;
mod board;
#[cfg(target_os = "linux")]
mod cli;
mod codec;
mod compare;
#[cfg(target_os = "linux")]
mod compile;
mod direct;
mod dispatch;
mod growth;
mod processor;
#[cfg(target_os = "linux")]
mod processor_time;
mod python;
mod recorded;
mod report;
mod shared;
mod table;
mod upload;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Parser;

use crate::baseline::Baseline;
use crate::report::Report;

/// Measures serialtalk relative to its peers, and fails if a budget is missed by more than the noise.
///
/// Serialtalk, the peer and an earlier commit alternate in short rounds. The ratio is the median over the rounds. The interval
/// contains the true median with a probability of 95 %; for peers in Python, which sleep most of the time, it contains eight
/// of ten rounds. A budget is missed if the whole interval misses it.
#[derive(Debug, Parser)]
struct Args {
    /// Takes a quarter of the time, with wider intervals
    #[arg(long)]
    quick: bool,
    /// Lets the threads run on any processor, instead of all on one
    #[arg(long)]
    any_processor: bool,
    /// An earlier commit to measure in the same rounds, and the folder where `cargo xtask bench` built it
    #[arg(long, value_name = "COMMIT=FOLDER")]
    baseline: Option<Baseline>,
    /// Measures this program, the `serialtalk` command, and not the library
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "PROGRAM")]
    command: Option<PathBuf>,
    /// Calls the board at this port by the library, and prints the seconds of a call: the peer of the command, in a process of its own
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "PORT", hide = true)]
    peer: Option<String>,
    /// Only the rows that have one of these texts in their section or their name
    filters: Vec<String>,
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<()> {
    if !args.any_processor && args.command.is_none() {
        processor::keep_to_one()?;
    }
    let rounds = if args.quick { 101 } else { 401 };
    let baseline = args.baseline.map(|baseline| baseline.on_any_processor(args.any_processor));
    let mut report = Report::new(rounds, baseline, args.filters);
    #[cfg(target_os = "linux")]
    if let Some(port) = &args.peer {
        println!("{}", cli::call_by_library(port)?);
        return Ok(());
    }
    #[cfg(target_os = "linux")]
    if let Some(command) = &args.command {
        cli::rows(&mut report, command, args.quick)?;
        return end(report);
    }
    blocking::rows(&mut report)?;
    asynchronous::rows(&mut report)?;
    shared::rows(&mut report)?;
    python::rows(&mut report)?;
    wire::rows(&mut report)?;
    codec::rows(&mut report)?;
    growth::rows(&mut report)?;
    dispatch::rows(&mut report)?;
    upload::rows(&mut report)?;
    #[cfg(target_os = "linux")]
    compile::rows(&mut report)?;
    end(report)
}

fn end(report: Report) -> Result<()> {
    let (rows, missed) = report.end();
    ensure!(rows > 0, "no row has any of these texts in its section or its name");
    ensure!(missed.is_empty(), "these budgets were missed by more than the noise: {}", missed.join("; "));
    Ok(())
}
