//! `cargo xtask path`
//!
//! `bench/path` serves one frame of `mult`, built so that nothing is inlined and every function calls `mcount` when it is
//! entered. It records the caller and its stack frame; debug information maps the callers to functions and source lines, and
//! the frames show the nesting. So the list has every function that the source calls, in order, unaffected by optimisation.
//!
//! A function counts once, however often it is entered, and a generic one once for all its types. The driver, which moves
//! bytes between the core and the device, what the macro generates and the handler are listed without a number. Closures and
//! functions of Rust's own libraries are not listed.

mod name;
mod trace;

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use crate::baseline::{Baseline, COMMIT};
use crate::cargo::{cargo, root};
use trace::{Entry, Owner};

/// The arguments of `cargo xtask path`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only the counts
    #[arg(long)]
    counts: bool,
}

/// The most functions that a call may enter.
const MOST: usize = 32;
/// The most that reading or writing a float may enter of them.
const MOST_OF_FLOAT: usize = 5;

/// Numbers of functions.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    all: usize,
    read: usize,
    write: usize,
}

/// Lists and counts the functions that a call enters, and those of the baseline; fails if a budget is missed.
pub(crate) fn run(args: &Args) -> Result<()> {
    let entries = trace::record(cargo(), &root(), &root().join("target/path"))?;
    if !args.counts {
        print(&entries);
    }
    let baseline = of_baseline();
    if let Err(error) = &baseline {
        println!("skipped: the column {COMMIT}: {error:#}");
    }
    println!("{:<48}{:>8} {COMMIT:>8} {:>8}  verdict", "functions of the core", "ours", "budget");
    let (counts, baseline) = (count(&entries)?, baseline.ok());
    let rows: [(_, fn(&Counts) -> usize, _); 3] = [
        ("from the last byte of mult to its reply's first", |counts| counts.all, MOST),
        ("within these, to read a float", |counts| counts.read, MOST_OF_FLOAT),
        ("within these, to write a float", |counts| counts.write, MOST_OF_FLOAT),
    ];
    let mut missed = Vec::new();
    for (what, of, most) in rows {
        let ours = of(&counts);
        let baseline = baseline.as_ref().map(|counts| of(counts).to_string()).unwrap_or_default();
        let verdict = if ours <= most { "met" } else { "MISSED" };
        println!("{what:<48}{ours:>8} {baseline:>8} {:>8}  {verdict}", format!("<= {most}"));
        if ours > most {
            missed.push(what);
        }
    }
    ensure!(missed.is_empty(), "missed: {}", missed.join("; "));
    Ok(())
}

/// The functions of the baseline, which gets the program that serves a call.
fn of_baseline() -> Result<Counts> {
    let baseline = Baseline::export()?;
    baseline.add_member("bench/path", &["Cargo.toml", "src/main.rs", "src/trace.rs"])?;
    let entries = trace::record(baseline.cargo(), baseline.sources(), &baseline.target().join("path"))?;
    count(&entries)
}

/// Prints each function where it is entered first, and numbers those that count.
fn print(entries: &[Entry]) {
    let mut seen = BTreeSet::new();
    let mut number = 0;
    for Entry { name, place, owner, indent, .. } in entries {
        if *owner == Owner::Other || !seen.insert(place) {
            continue;
        }
        let mut column = String::new();
        if *owner == Owner::Core {
            number += 1;
            column = number.to_string();
        }
        println!("{column:>4}  {:<72} {place}", format!("{:width$}{name}", "", width = 2 * indent));
    }
}

/// Counts functions of the core: all, those that read a float before the handler, and those that write one after it.
fn count(entries: &[Entry]) -> Result<Counts> {
    let handler = entries.iter().position(|entry| entry.owner == Owner::Handler);
    let (before, after) = entries.split_at(handler.context("the handler was not entered")?);
    Ok(Counts {
        all: distinct(entries.iter()),
        read: distinct(within(before, Entry::is_for_float)),
        // Functions that are generic over the value write the frame around it, too.
        write: distinct(within(after, Entry::is_of_float)),
    })
}

/// How many functions of the core are among the entries.
fn distinct<'a>(entries: impl Iterator<Item = &'a Entry>) -> usize {
    let core = entries.filter(|entry| entry.owner == Owner::Core);
    core.map(|entry| &entry.place).collect::<BTreeSet<_>>().len()
}

/// The entries that `is_root` accepts, with all that they enter.
fn within(entries: &[Entry], is_root: fn(&Entry) -> bool) -> impl Iterator<Item = &Entry> {
    let mut root = None;
    entries.iter().filter(move |entry| {
        if root.is_some_and(|depth| entry.depth <= depth) {
            root = None;
        }
        if root.is_none() && is_root(entry) {
            root = Some(entry.depth);
        }
        root.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(depth: usize, owner: Owner, function: &str) -> Entry {
        Entry {
            name: function.into(),
            place: function.into(),
            owner,
            depth,
            indent: depth,
            function: function.into(),
        }
    }

    #[test]
    fn each_function_counts_once_and_a_float_has_what_it_enters() {
        let entries = [
            entry(0, Owner::Core, "poll"),
            entry(1, Owner::Core, "decode::<(f32, f32)>"),
            entry(2, Owner::Core, "<f32 as Decode>::decode"),
            entry(3, Owner::Other, "core"),
            entry(4, Owner::Core, "take"),
            entry(2, Owner::Core, "<f32 as Decode>::decode"),
            entry(1, Owner::Core, "is_done"),
            entry(1, Owner::Handler, "mult"),
            entry(1, Owner::Core, "value::<f32>"),
            entry(2, Owner::Core, "<f32 as Encode>::encode"),
        ];
        assert_eq!(count(&entries).unwrap(), Counts { all: 7, read: 2, write: 1 });
        assert!(count(&entries[..7]).is_err(), "no handler");
    }
}
