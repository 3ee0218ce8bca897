//! The table, measured by all processors.

use std::fmt;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Result, ensure};

use crate::row::{ROWS, Row};
use crate::run::Run;
use crate::tally::Counts;
use crate::{COLUMNS, Column};

/// What a reader has to know.
pub(crate) const NOTES: &str = "\
right       the right value
wrong       another value, and no error
twice       commands that ran more than once
stray runs  runs of a command with an argument that nobody sent
error       calls that ended with an error
hung        calls that had not ended after 10 s

The client of postcard-rpc has no timeout, so a call whose reply is lost waits for ever. A program has to limit it from outside;
its hung calls are then errors.";

/// What became of the calls of each row and protocol.
pub(crate) struct Table {
    cells: Vec<Cell>,
}

struct Cell {
    row: &'static Row,
    column: &'static Column,
    /// `None` if the protocol cannot do what the row is about.
    counts: Option<Counts>,
}

impl Table {
    /// Makes so many calls of each row and protocol with each of the seeds from 1.
    pub(crate) fn measure(calls: u32, seeds: u64) -> Self {
        let cells = || ROWS.iter().flat_map(|row| COLUMNS.iter().map(move |column| (row, column)));
        let jobs: Vec<_> = cells()
            .enumerate()
            .flat_map(|(cell, (row, column))| {
                (1..=seeds).map(move |seed| (cell, column, Run { row, seed, calls }))
            })
            .collect();
        let results = Mutex::new(vec![None; cells().count()]);
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
                scope.spawn(|| {
                    while let Some((cell, column, run)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let Some(counts) = (column.run)(run) else { continue };
                        let mut results = results.lock().expect("no other thread panicked");
                        if let Some(sum) = results.get_mut(*cell) {
                            *sum.get_or_insert_default() += counts;
                        }
                    }
                });
            }
        });
        let results = results.into_inner().expect("no thread panicked");
        let cell = |((row, column), counts)| Cell { row, column, counts };
        Self { cells: cells().zip(results).map(cell).collect() }
    }

    /// Checks that no promise is broken, and that each row would show it.
    pub(crate) fn check(&self) -> Result<()> {
        for cells in self.rows() {
            let Some(Cell { row, .. }) = cells.first() else { continue };
            let counted = || cells.iter().filter_map(|cell| Some((cell.column, cell.counts.as_ref()?)));
            for (column, counts) in counted() {
                let broken = (column.broken_promises)(counts);
                ensure!(broken == 0, "{} broke its promise {broken} times: {}", column.name, row.name);
                ensure!(counts.right > 0, "{} has no right value at all: {}", column.name, row.name);
            }
            let harmed = counted().any(|(_, counts)| counts.right < counts.calls());
            ensure!(harmed, "these faults harmed no protocol, so they prove nothing: {}", row.name);
        }
        Ok(())
    }

    /// Checks that the control run shows wrong values. If none is seen where damage passes, then none says nothing where it should
    /// not pass.
    pub(crate) fn check_control(&self) -> Result<()> {
        let wrong: u64 = self.cells.iter().filter_map(|cell| cell.counts).map(|counts| counts.wrong).sum();
        ensure!(
            wrong > 0,
            "no wrong value with a CRC of 8 bits: the table is blind, or there are too few calls"
        );
        println!("\nThe control run is as it has to be: with a CRC of 8 bits {wrong} values are wrong.");
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.chunk_by(|a, b| std::ptr::eq(a.row, b.row))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cells in self.rows() {
            let Some(Cell { row, .. }) = cells.first() else { continue };
            writeln!(f, "{}", row.name)?;
            write!(f, "  {:<19}", "")?;
            for head in ["right", "wrong", "twice", "stray runs", "error", "hung"] {
                write!(f, " {head:>20}")?;
            }
            writeln!(f)?;
            for Cell { column, counts, .. } in cells {
                write!(f, "  {:<19}", column.name)?;
                match counts {
                    Some(counts) => writeln!(f, "{counts}")?,
                    None => writeln!(f, " its servers cannot call")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in [self.right, self.wrong, self.twice, self.stray_runs, self.error, self.hung] {
            let percent = 100.0 * count as f64 / self.calls() as f64;
            let text = if count == 0 { "0".into() } else { format!("{count} {percent:8.4} %") };
            write!(f, " {text:>20}")?;
        }
        Ok(())
    }
}
