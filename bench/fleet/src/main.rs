//! Measures boards over Zenoh: a gateway and a router are processes of their own, and the peer is a bare query in the same run.

mod calls;
mod child;
mod faults;
mod lists;
mod robot;
mod samples;
mod scale;
mod table;

use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Parser;

use crate::child::Role;
use crate::table::Table;

/// Measures boards over Zenoh, and fails if a goal is missed.
#[derive(Debug, Parser)]
struct Args {
    /// Takes a tenth of the calls
    #[arg(long)]
    quick: bool,
    /// Runs a part of what is measured
    #[command(subcommand)]
    role: Option<Role>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match args.role {
        Some(role) => role.run(),
        None => measure(args.quick),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(is_quick: bool) -> Result<()> {
    let part = if is_quick { 10 } else { 1 };
    let mut table = Table::new();
    scale::measure(&mut table, part)?;
    samples::measure(&mut table, part)?;
    lists::measure(&mut table)?;
    faults::measure(&mut table)?;
    ensure!(table.missed() == 0, "{} goals are missed", table.missed());
    Ok(())
}
