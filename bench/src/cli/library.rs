//! Calls that the command counts, beside calls of the library. Each of them is in a process of its own: a change from one process to
//! another takes longer than one between threads.

use std::env;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serialtalk_hal::{Spawn as _, pty, serial};

use super::place::{Place, run};
use crate::blocking;
use crate::board::{self, BoardClient, Exchange};
use crate::compare::{Side, take_turns};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

/// The number of calls in a round.
const CALLS: u32 = 2000;

pub(super) fn rows(report: &mut Report, place: &Place) -> Result<()> {
    report.section(Section {
        name: "bench",
        title: "calls of mult(f32, f32) -> f32 over a pty, as `bench` tells their number; peer: the library",
    });
    report.compare("pty", Show::Rate, Budget::AtLeast(0.95), |effort| {
        let board = pty::open()?;
        let path = board.name().to_owned();
        let _serving = board::serve(board).spawn();
        let calls = CALLS.to_string();
        let arguments = ["bench", "mult", "5.9", "94", "--format", "ff", "-n", &calls, "--json"];
        take_turns(
            effort.rounds / 4,
            |side| match side {
                Side::Ours => told(&run(&mut place.command(&path, &arguments))?.1),
                Side::Peer => of_library(&path),
            },
            || Ok(None),
        )
    })
}

/// The seconds of a call, as the command tells them.
fn told(printed: &str) -> Result<f64> {
    let figures: serde_json::Value = serde_json::from_str(printed)?;
    ensure!(figures["errors"] == 0, "calls have failed: {printed}");
    let seconds = figures["seconds"].as_f64().with_context(|| format!("no time: {printed}"))?;
    Ok(seconds / f64::from(CALLS))
}

/// The seconds of a call of the library.
fn of_library(path: &str) -> Result<f64> {
    let printed = run(Command::new(env::current_exe()?).args(["--peer", path]))?.1;
    printed.trim().parse().with_context(|| format!("no time: {printed}"))
}

/// Calls the board at a port by the library, and returns the seconds of a call.
pub(crate) fn call(path: &str) -> Result<f64> {
    let mut client = BoardClient::new(serial::open(path, 115_200)?);
    blocking::call(&mut client, Exchange::Mult, 1)?;
    let took = blocking::call(&mut client, Exchange::Mult, CALLS)?;
    client.into_caller().leave()?;
    Ok(took.as_secs_f64() / f64::from(CALLS))
}
