//! `cargo xtask panics`

use std::collections::{BTreeMap, BTreeSet};

use addr2line::fallible_iterator::FallibleIterator as _;
use addr2line::gimli::Reader;
use addr2line::{Frame, Loader};
use anyhow::{Result, anyhow};

use crate::boards::Board;
use crate::cargo::root;
use crate::thumb::{Calls, Function};

/// The arguments of `cargo xtask panics`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Firmware for a Cortex-M, by its name in `xtask/src/boards.rs`
    #[arg(default_value = "lm3s6965evb-embassy")]
    firmware: String,
}

/// A line that can panic, or that calls a function of Rust's own libraries that can.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Origin {
    package: String,
    /// The file, and the line if it is known: it is not for code that the compiler generates, such as the panic of a future that
    /// is polled after completion.
    line: String,
    function: String,
}

/// Builds firmware and lists the lines that can panic.
pub(crate) fn run(args: &Args) -> Result<()> {
    let path = Board::find(&args.firmware)?.build_with_lines()?;
    let calls = Calls::read(&path)?;
    let lines = Loader::new(&path).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let mut origins = BTreeSet::new();
    for panic in calls.named(is_panic) {
        trace(&calls, &lines, panic, &mut BTreeSet::new(), &mut origins)?;
    }
    let mut packages = BTreeMap::<_, Vec<_>>::new();
    for Origin { package, line, function } in &origins {
        packages.entry(package).or_default().push(format!("    {line}: {function}"));
    }
    for (package, lines) in &packages {
        println!("{package}\n{}", lines.join("\n"));
    }
    println!("{} lines of {} packages can panic in {}", origins.len(), packages.len(), args.firmware);
    Ok(())
}

fn is_panic(name: &str) -> bool {
    name.starts_with("core::panicking::")
}

/// Follows the calls of `function` until they come from a line that is not in Rust's own libraries.
fn trace(
    calls: &Calls,
    lines: &Loader,
    function: &Function,
    seen: &mut BTreeSet<String>,
    origins: &mut BTreeSet<Origin>,
) -> Result<()> {
    if !seen.insert(function.name.clone()) {
        return Ok(());
    }
    for call in calls.of(function) {
        let frames = lines.find_frames(call.at).map_err(|error| anyhow!("{error}"))?;
        let origin =
            frames.filter_map(|frame| Ok(origin(&frame))).next().map_err(|error| anyhow!("{error}"))?;
        match (origin, calls.around(call.at)) {
            (Some(origin), _) => _ = origins.insert(origin),
            (None, Some(caller)) => trace(calls, lines, caller, seen, origins)?,
            (None, None) => {}
        }
    }
    Ok(())
}

/// The origin of a frame, unless it is in Rust's own libraries.
fn origin<R: Reader>(frame: &Frame<'_, R>) -> Option<Origin> {
    let location = frame.location.as_ref()?;
    let file = location.file?;
    if file.contains("/library/") || file.contains("/rustc/") {
        return None;
    }
    let root = root().display().to_string();
    let (package, file) = match file.split_once("/registry/src/") {
        Some((_, of_registry)) => of_registry.split_once('/')?.1.split_once('/')?,
        None => ("here", file.strip_prefix(&root).unwrap_or(file).trim_start_matches('/')),
    };
    let line = location.line.filter(|&line| line > 0).map(|line| format!(":{line}")).unwrap_or_default();
    let function = frame.function.as_ref().and_then(|function| Some(function.demangle().ok()?.into_owned()));
    let function: String = function.unwrap_or_default();
    // Generic arguments are long and add nothing.
    let function = function.split('<').next().unwrap_or_default().to_owned();
    Some(Origin { package: package.into(), line: format!("{file}{line}"), function })
}
