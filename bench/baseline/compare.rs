//! Put in the place of the baseline's `bench/src/compare.rs`: does its work as often as the standard input says, and answers
//! with the time that it took. `bench/src/baseline.rs` asks.

use std::io::{BufRead as _, stdin};
use std::time::Duration;

use anyhow::Result;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Ours,
    Peer,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) rounds: usize,
    pub(crate) lengths: [Duration; 2],
}

/// Nothing: whoever asks compares.
pub(crate) struct Comparison;

impl Comparison {
    pub(crate) fn of_different_kinds(self) -> Self {
        self
    }
}

/// Works until the standard input ends. Each line of it is a count, and is answered by nanoseconds.
pub(crate) fn compare(_: Effort, mut work: impl FnMut(Side, u32) -> Result<Duration>) -> Result<Comparison> {
    println!("ready");
    for line in stdin().lock().lines() {
        println!("{}", work(Side::Ours, line?.parse()?)?.as_nanos());
    }
    Ok(Comparison)
}

/// What the baseline's table has in its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Estimate {
    pub(crate) fn exactly(value: f64) -> Self {
        Self { median: value, low: value, high: value }
    }
}
