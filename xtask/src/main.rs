//! The commands of this repository: `cargo xtask --help`.

// A program of the host: its `std` is no more than it says.

mod baseline;
mod bench;
mod boards;
mod cargo;
mod ci;
mod elf;
mod firmware;
mod layers;
mod msrv;
mod panics;
mod path;
mod ports;
mod python;
mod size;
mod skipped;
mod step;
mod targets;
mod test;
mod thumb;
mod totals;

use std::process::ExitCode;

use clap::Parser;

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
enum Xtask {
    /// Runs every test, against real Python and MicroPython peers and emulated boards, which it makes under `target/`
    Test(test::Args),
    /// Measures serialtalk beside raw lines, Python and postcard, and prints a table of ratios with their budgets
    Bench(bench::Args),
    /// Builds firmware for a Cortex-M3 and prints what serialtalk takes of its flash and RAM, with budgets
    Size(size::Args),
    /// Builds firmware for a Cortex-M and lists the lines that can panic in it, and whose they are
    Panics(panics::Args),
    /// Prints which modules use which, and fails if a module uses one of a layer to its right or files form a circle
    Layers,
    /// Lists the functions that serving a call enters, in order, and counts them, with budgets
    Path(path::Args),
    /// Runs every check of continuous integration: format, lints, docs, combinations of features, tests
    Ci,
}

fn main() -> ExitCode {
    let result = match Xtask::parse() {
        Xtask::Test(args) => test::run(&args),
        Xtask::Bench(args) => bench::run(&args),
        Xtask::Size(args) => size::run(&args),
        Xtask::Panics(args) => panics::run(&args),
        Xtask::Layers => layers::run(),
        Xtask::Path(args) => path::run(&args),
        Xtask::Ci => ci::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
