//! Uploads with [`Board::write`] and a REPL.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk::Timeout;
use serialtalk::repl::Repl;
use serialtalk_hal::StdClock;
use serialtalk_hal::board::{Board, Written};
use serialtalk_hal::serial::{SerialLink, SerialOptions};

use super::boards::Place;
use super::{What, Work};

/// Opens the port and sends the content once; fails if it does not arrive unchanged.
pub(super) fn send(work: &Work, place: &impl Place) -> Result<Duration> {
    let port = SerialLink::open(place.path(), SerialOptions::default())?;
    if work.what == What::Run {
        return run(work, port);
    }
    let start = Instant::now();
    let mut board = Board::new(port);
    let written = board.write(&work.name(), &work.content)?;
    let took = start.elapsed();
    drop(board);
    ensure!(written == Written::Sent, "the board had it already");
    ensure!(place.take(&work.name())? == work.content, "what arrived is something else");
    Ok(took)
}

fn run(work: &Work, port: SerialLink) -> Result<Duration> {
    let mut printed = Vec::new();
    let start = Instant::now();
    let mut repl = Repl::new(port, StdClock::new());
    repl.set_timeout(Timeout::Ms(60_000));
    repl.run(std::str::from_utf8(&work.content)?, |bytes| printed.extend_from_slice(bytes))?;
    let took = start.elapsed();
    ensure!(
        printed.trim_ascii_end() == super::peer::PRINTED,
        "it printed {}",
        String::from_utf8_lossy(&printed)
    );
    Ok(took)
}
