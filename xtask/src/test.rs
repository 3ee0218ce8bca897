//! `cargo xtask test`

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use peers::is_ci;

use crate::cargo::cargo;
use crate::output::Output;
use crate::skipped::Skipped;
use crate::{boards, install, python, step};

/// The arguments of `cargo xtask test`.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Installs what is missing first: Debian's packages by apt-get, Rust's targets by rustup
    #[arg(long)]
    install: bool,
    /// Seeds the values that property tests generate; the same seed, the same values, on every machine
    #[arg(long, default_value_t)]
    seed: u64,
    /// Arguments for `cargo test`, such as `-p serialtalk` or `--test boards`
    #[arg(last = true)]
    cargo: Vec<OsString>,
}

/// Why a skipped test can be an error.
const STRICT: &str = "with --install or CI=true no test may be skipped";

/// Installs the peers, builds the firmware, runs the tests, says which were skipped. With `--install` and in continuous
/// integration it fails if one was.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.install {
        install::for_tests()?;
    }
    let all_must_run = args.install || is_ci();
    let mut skipped = Skipped::new()?;
    let mut tests = tests(args);
    tests.env("SERIALTALK_SKIPPED", skipped.file());
    let mut explain = |missing: String, reason: String| {
        ensure!(!all_must_run, "{STRICT}, but {reason}");
        skipped.explain(missing, reason);
        Ok(())
    };
    match python::peers() {
        Ok(venv) => _ = tests.env("SERIALTALK_PEERS", venv),
        Err(error) => {
            println!("{error:#}");
            let error = format!("no Python peers: {error:#}");
            explain(peers::NO_PEERS.into(), error.lines().next().unwrap_or_default().into())?;
        }
    }
    tests.env("SERIALTALK_BOARDS", boards::build(|name, why| explain(peers::no_firmware(name), why))?);
    step::say("tests", &tests);
    let mut child = tests.stdout(Stdio::piped()).spawn().context("can't run cargo test")?;
    let mut output = Output::default();
    if let Some(lines) = child.stdout.take() {
        for line in BufReader::new(lines).lines() {
            println!("{}", output.put_right(&line?, || skipped.tests()));
        }
    }
    let status = child.wait()?;
    if args.cargo.is_empty() {
        skipped.add_compiled_out()?;
    }
    let totals = skipped.put_right(output.totals);
    print!("{}", skipped.by_reason(&output.ignored));
    println!("{totals}");
    if totals.skipped > 0 {
        install::hint().inspect(|hint| println!("{hint}"));
    }
    ensure!(status.success(), "cargo test ended with {status}");
    ensure!(totals.skipped == 0 || !all_must_run, "{STRICT}, but {} were", totals.skipped);
    Ok(())
}

/// The command that runs the tests.
fn tests(args: &Args) -> Command {
    let mut tests = cargo();
    tests.args(["test", "--all-features", "--no-fail-fast"]);
    let names_packages = |argument: &OsString| {
        let argument = argument.to_string_lossy();
        argument.starts_with("-p") || argument.starts_with("--package")
    };
    if !args.cargo.iter().take_while(|argument| *argument != "--").any(names_packages) {
        tests.arg("--workspace");
    }
    tests.args(&args.cargo).env("PROPTEST_RNG_SEED", args.seed.to_string());
    tests
}
