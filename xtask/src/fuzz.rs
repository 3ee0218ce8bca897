//! `cargo xtask fuzz`
//!
//! The targets are laid out as cargo-fuzz wants them. They are built here without it, by the default compiler: none of the
//! flags that count what is covered needs a nightly one.

mod build;
mod corpus;
mod run;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{fs, thread};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::root;
use crate::install;
use build::Build;
use run::Run;

/// How many targets run side by side, where there are as many cores.
const SIDE_BY_SIDE: usize = 2;

const NO_COMPILER: &str = "no C++ compiler, which libFuzzer needs; `cargo xtask ci --install` installs g++";

/// The arguments of `cargo xtask fuzz`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How long each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Keeps the fewest inputs that reach all code that was ever reached, in `fuzz/grown`
    #[arg(long)]
    keep: bool,
    /// The targets; all if there are none
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
}

/// Builds the targets, runs them, and prints a table. Fails if one found something.
pub(crate) fn run(args: &Args) -> Result<()> {
    let targets = chosen(&args.targets)?;
    ensure!(install::has_cpp(), NO_COMPILER);
    let build = Build::new(&targets)?;
    let runs = side_by_side(&targets, |target| Run::new(&build, target, Duration::from_secs(args.seconds)))?;
    if args.keep {
        side_by_side(&targets, |target| corpus::keep(&build, target))?;
    }
    println!(
        "{:<16}{:>14}{:>15}{:>14}{:>10}",
        "target", "executions", "executions/s", "new in corpus", "findings"
    );
    runs.iter().for_each(|run| println!("{run}"));
    let findings: String = runs.iter().filter_map(|run| run.finding(&build)).collect();
    ensure!(findings.is_empty(), "the fuzz targets found something:{findings}");
    Ok(())
}

/// Builds, lints and tests what the targets share, and runs each target for a minute. Where there is no C++ compiler, that is
/// skipped, except in continuous integration, where it is an error.
pub(crate) fn check() -> Result<()> {
    if !install::has_cpp() {
        ensure!(!peers::is_ci(), NO_COMPILER);
        println!("skipped: the fuzz targets: {NO_COMPILER}");
        return Ok(());
    }
    build::check()?;
    run(&Args { seconds: 60, keep: false, targets: Vec::new() })
}

/// The folder of the targets.
pub(crate) fn folder() -> PathBuf {
    root().join("fuzz")
}

/// The targets of these names, or all.
fn chosen(names: &[String]) -> Result<Vec<String>> {
    let folder = folder().join("fuzz_targets");
    let files = fs::read_dir(&folder).with_context(|| format!("can't read {}", folder.display()))?;
    let mut all = Vec::new();
    for file in files {
        let path = file?.path();
        all.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    all.sort();
    if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
        bail!("no fuzz target is called {unknown}; there are {}", all.join(", "));
    }
    Ok(if names.is_empty() { all } else { names.to_vec() })
}

/// Does something for each target, for a few at a time.
fn side_by_side<T: Send>(targets: &[String], work: impl Fn(&str) -> Result<T> + Sync) -> Result<Vec<T>> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get().min(SIDE_BY_SIDE));
    let waiting = Mutex::new(targets.iter().enumerate().collect::<VecDeque<_>>());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let one_after_the_other =
        || std::iter::from_fn(next).map(|(at, target)| (at, work(target))).collect::<Vec<_>>();
    let mut done: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(one_after_the_other)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    ensure!(done.len() == targets.len(), "a thread that ran fuzz targets panicked");
    done.into_iter().map(|(_, result)| result).collect()
}
