//! What is in a recording whose program was killed.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use peers::{Interpreter, Venv};
use serialtalk_hal::{Spawn as _, pty};

use super::place::{Place, Started, run};
use crate::board;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

pub(super) fn rows(report: &mut Report, place: &Place, quick: bool) -> Result<()> {
    const LONGEST: &str = "longest of 5 (of 2 if quick)";
    report.section(Section {
        name: "killed",
        title: "watch --hz 50 --record, from the last value that Python's mcap reads to SIGKILL",
    });
    if !report.wants(LONGEST) {
        return Ok(());
    }
    let Some(venv) = &Venv::find() else { return Ok(()) };
    report.measure(LONGEST, Budget::AtMost(1.0), || {
        let board = pty::open()?;
        let path = board.name().to_owned();
        let _serving = board::serve(board).spawn();
        let file = place.folder().join("run.mcap");
        let mut longest_s: f64 = 0.0;
        for round in 0..if quick { 2 } else { 5 } {
            let arguments = ["watch", "mult 2 3", "--hz", "50", "--record", "run.mcap", "--force"];
            let (watching, _values) = Started::new(&mut place.command(&path, &arguments))?;
            sleep(Duration::from_millis(2500 + 170 * round));
            let killed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
            drop(watching);
            longest_s = longest_s.max(killed.as_secs_f64() - last_s(venv, &file)?);
        }
        Ok(Quantity::Seconds(longest_s))
    })
}

/// The time of the last value in a file that may be cut short, in seconds.
fn last_s(venv: &Venv, file: &Path) -> Result<f64> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join("last.py");
    let (_, printed) = run(venv.command(Interpreter::CPython).arg(script).arg(file))?;
    printed.trim().parse().with_context(|| format!("no time: {printed}"))
}
