//! The commands of this repository: `cargo xtask --help`.

mod baseline;
mod bench;
mod boards;
mod cargo;
mod ci;
mod elf;
mod faults;
mod fuzz;
mod install;
mod layers;
mod man;
mod msrv;
mod output;
mod package;
mod panics;
mod path;
mod pictures;
mod ports;
mod python;
mod semver;
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
    /// Runs every test, with Python and MicroPython peers and emulated boards, which it installs under `target/`
    Test(test::Args),
    /// Measures serialtalk relative to raw lines, Python and postcard, and prints a table of ratios with their budgets
    Bench(bench::Args),
    /// Makes calls over bad lines in virtual time, and prints how many had a right value, a wrong one, an error, none, or ran twice
    Faults(faults::Args),
    /// Builds firmware for a Cortex-M3 and prints the flash and RAM that serialtalk uses, with budgets
    Size(size::Args),
    /// Builds firmware for a Cortex-M and lists the lines that can panic, by package
    Panics(panics::Args),
    /// Prints the dependencies between modules, and fails if one is forbidden or files form a cycle
    Layers,
    /// Lists the functions that serving a call enters, in order, and counts them, with budgets
    Path(path::Args),
    /// Builds the fuzz targets, runs each with hostile bytes for a time, two side by side, and prints what they found
    Fuzz(fuzz::Args),
    /// Builds a copy of each port outside the repository, where it has the published library only
    Ports(ports::Args),
    /// Makes the packages to publish, checks what is in them, and tests a project that the packaged command makes
    Package,
    /// Compares the libraries with a revision, and fails if their version does not allow the difference
    Semver(semver::Args),
    /// Writes the man pages of the command into target/man
    Man,
    /// Draws what a terminal shows of the command, for the documentation
    Pictures,
    /// Runs every check of continuous integration: format, lints, docs, combinations of features, tests
    Ci(ci::Args),
}

fn main() -> ExitCode {
    let result = match Xtask::parse() {
        Xtask::Test(args) => test::run(&args),
        Xtask::Bench(args) => bench::run(&args),
        Xtask::Faults(args) => faults::run(&args),
        Xtask::Size(args) => size::run(&args),
        Xtask::Panics(args) => panics::run(&args),
        Xtask::Layers => layers::run(),
        Xtask::Path(args) => path::run(&args),
        Xtask::Fuzz(args) => fuzz::run(&args),
        Xtask::Ports(args) => ports::run(&args),
        Xtask::Package => package::run(),
        Xtask::Semver(args) => semver::run(&args),
        Xtask::Man => man::run(),
        Xtask::Pictures => pictures::run(),
        Xtask::Ci(args) => ci::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
