//! How soon values come again after a port has returned.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serialtalk_hal::{Spawn as _, pty};

use super::place::{Place, Started};
use crate::board;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

/// How long the port is away: so long that it is looked for as seldom as it ever is.
const AWAY: Duration = Duration::from_millis(3000);

/// How much longer each time.
const MORE: Duration = Duration::from_millis(200);

pub(super) fn rows(report: &mut Report, place: &Place, quick: bool) -> Result<()> {
    report.section(Section {
        name: "reconnection",
        title: "watch --hz 50, from the return of a port to the next value",
    });
    report.measure("longest of 5 (of 2 if quick)", Budget::AtMost(1.2), || {
        let port = place.folder().join("port");
        let plug = || -> Result<_> {
            let board = pty::open()?;
            let path = board.name().to_owned();
            let serving = board::serve(board).spawn();
            symlink(path, &port)?;
            Ok(serving)
        };
        let mut serving = plug()?;
        let mut command = place.command("./port", &["watch", "mult 2 3", "--hz", "50"]);
        let (mut watching, values) = Started::new(command.stderr(Stdio::piped()))?;
        let mut told = BufReader::new(watching.0.stderr.take().context("no pipe")?).lines();
        let mut values = values.lines();
        let mut next = || values.next().context("it has ended")?.context("it cannot be read");
        let mut longest = Duration::ZERO;
        for round in 0..if quick { 2 } else { 5 } {
            ensure!(next()? == "6.0", "that is no product of 2 and 3");
            fs::remove_file(&port)?;
            drop(serving);
            while !told.next().context("it has ended")??.contains("no such port") {}
            sleep(AWAY + MORE * round);
            let back = Instant::now();
            serving = plug()?;
            while !told.next().context("it has ended")??.contains("is connected") {}
            next()?;
            longest = longest.max(back.elapsed());
        }
        Ok(Quantity::Seconds(longest.as_secs_f64()))
    })
}
