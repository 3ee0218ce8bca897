//! Watching at a fixed rate while every processor is busy.

use std::io::{BufRead, Read};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serialtalk_hal::{Spawn as _, pty};

use super::load::Load;
use super::place::{Place, Started, run};
use crate::board;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

const HZ: u64 = 50;

pub(super) fn rows(report: &mut Report, place: &Place, quick: bool) -> Result<()> {
    let slots = HZ * if quick { 10 } else { 60 };
    let names = ["slots too many or too few", "missed", "drift"];
    report
        .section(Section { name: "watch", title: "--hz 50 for 60 s (10 s if quick), every processor busy" });
    if names.iter().any(|name| report.wants(name)) {
        let seen = watched(place, slots, |_| Ok(()))?;
        let [number, missed, drift] = names;
        report
            .measure(number, Budget::AtMost(1.0), || Ok(Quantity::Count(seen.accounted().abs_diff(slots))))?;
        report.measure(missed, Budget::None, || Ok(Quantity::Share(seen.missed as f64 / slots as f64)))?;
        report.measure(drift, Budget::AtMost(1e-3), || Ok(Quantity::Seconds(seen.drift_s())))?;
    }
    let names = ["wrong values", "missed", "calls of the other program"];
    report.section(Section {
        name: "watch shared",
        title: "the same, and a loop of `call` in other processes",
    });
    if names.iter().any(|name| report.wants(name)) {
        let (mut calls, mut wrong) = (0, 0);
        let seen = watched(place, slots, |path| {
            let (_, printed) = run(&mut place.command(path, &["call", "mult", "5", "7"]))?;
            calls += 1;
            wrong += u64::from(printed.trim_end() != "35.0");
            Ok(())
        })?;
        let [values, missed, others] = names;
        report.measure(values, Budget::AtMost(0.0), || Ok(Quantity::Count(seen.wrong() + wrong)))?;
        report.measure(missed, Budget::AtMost(0.01), || {
            Ok(Quantity::Share(seen.missed as f64 / slots as f64))
        })?;
        report.measure(others, Budget::None, || Ok(Quantity::Count(calls)))?;
    }
    Ok(())
}

/// What was seen of a command that was watched.
struct Seen {
    values: Vec<Line>,
    /// How many slots were told to be missed.
    missed: u64,
}

/// A value, as a line of the output.
#[derive(Deserialize)]
struct Line {
    value: f64,
    slot: u64,
    /// When it was answered, in seconds.
    time: f64,
    /// How long that took.
    ms: f64,
}

/// Watches a command while every processor is busy. From its first value to its last, does `meanwhile` again and again.
fn watched(place: &Place, slots: u64, mut meanwhile: impl FnMut(&str) -> Result<()> + Send) -> Result<Seen> {
    let board = pty::open()?;
    let path = board.name().to_owned();
    let _serving = board::serve(board).spawn();
    let _load = Load::on_every_processor()?;
    let arguments = ["watch", "mult 2 3", "--json", "--hz", &HZ.to_string(), "-n", &slots.to_string()];
    let (watching, output) = Started::new(place.command(&path, &arguments).stderr(Stdio::piped()))?;
    let mut lines = output.lines().map(|line| -> Result<Line> { Ok(serde_json::from_str(&line?)?) });
    let first = lines.next().context("it has ended")??;
    let mut values = vec![first];
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| -> Result<()> {
        let others = scope.spawn(|| -> Result<()> {
            while !is_over.load(Ordering::Relaxed) {
                meanwhile(&path)?;
                thread::sleep(Duration::from_millis(1));
            }
            Ok(())
        });
        for line in lines {
            let line = line?;
            // What others do is over before the port is closed.
            is_over.fetch_or(line.slot + HZ >= slots, Ordering::Relaxed);
            values.push(line);
        }
        is_over.store(true, Ordering::Relaxed);
        others.join().ok().context("it panicked")?
    })?;
    Ok(Seen { values, missed: told_missed(watching)? })
}

/// The number before `missed` in what it tells at its end.
fn told_missed(mut watching: Started) -> Result<u64> {
    let mut told = String::new();
    watching.0.stderr.take().context("no pipe")?.read_to_string(&mut told)?;
    let before = told.split(" missed").next().and_then(|before| before.rsplit(' ').next());
    before
        .and_then(|count| count.parse().ok())
        .with_context(|| format!("it does not tell what it missed: {told}"))
}

impl Seen {
    /// The slots that had a value or were told to be missed.
    fn accounted(&self) -> u64 {
        self.values.len() as u64 + self.missed
    }

    /// The values that are no product of 2 and 3.
    fn wrong(&self) -> u64 {
        self.values.iter().filter(|line| line.value != 6.0).count() as u64
    }

    /// How much later the slots of the last tenth came than those of the first. The most punctual of each count: all others waited
    /// for a processor.
    fn drift_s(&self) -> f64 {
        let late_s = |line: &Line| line.time - line.ms / 1e3 - line.slot as f64 / HZ as f64;
        let least = |values: &[Line]| values.iter().map(late_s).fold(f64::INFINITY, f64::min);
        let part = self.values.len().div_ceil(10);
        let (first, last) = (&self.values[..part], &self.values[self.values.len() - part..]);
        (least(last) - least(first)).abs()
    }
}
