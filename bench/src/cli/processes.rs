//! Whole processes, each beside one that does the same.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use peers::{BoardOnPty, Interpreter, Venv, random};
use serialtalk_hal::{Spawn as _, pty};

use super::place::{Place, run};
use crate::board;
use crate::compare::{Comparison, Effort, Side, take_turns};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

/// The size of the files that are copied.
const SIZE: usize = 256 * 1024;

/// The number of attempts before the measurement fails.
const ATTEMPTS: u32 = 20;

pub(super) fn rows(report: &mut Report, place: &Place) -> Result<()> {
    let board = pty::open()?;
    let path = board.name().to_owned();
    let _serving = board::serve(board).spawn();
    let echo = || Ok(run(&mut place.command(&path, &["call", "echo", "1"]))?.0);

    report.section(Section { name: "call", title: "from start to end of the process; peer: /bin/true" });
    report.compare("echo", Show::Time, Budget::AtMost(3.0), |effort| {
        turns(effort.rounds, echo, || Ok(run(&mut Command::new("/bin/true"))?.0))
    })?;

    let section = Section {
        name: "mpremote",
        title: "from start to end of the process; peer: mpremote 1.29, which is told not to reset the board",
    };
    report.section(section);
    let names =
        ["call echo; exec pass", "exec print(1)", "cp 256 KiB to the board", "cp 256 KiB from the board"];
    if !names.iter().any(|name| report.wants(name)) {
        return Ok(());
    }
    let Some(venv) = Venv::find() else { return Ok(()) };
    let mut bench = Bench { place, board: venv.board(), venv, lost: 0 };
    let [call, exec, up, down] = names;
    report.compare(call, Show::Time, Budget::AtMost(0.02), |effort| {
        turns(few(&effort), echo, || bench.mpremote(&["exec", "pass"], &|_| true))
    })?;
    report.compare(exec, Show::Time, Budget::AtMost(0.2), |effort| {
        bench.compare(&effort, &["exec", "print(1)"], || Ok(()), &|printed| printed.trim_end() == "1")
    })?;
    let (here, there) = (place.folder().join("here.bin"), bench.board.folder().join("there.bin"));
    let name = here.to_string_lossy();
    let are_same =
        |_: &str| matches!((fs::read(&here), fs::read(&there)), (Ok(here), Ok(there)) if here == there);
    let mut content = random(SIZE);
    report.compare(up, Show::Time, Budget::AtMost(0.1), |effort| {
        // What the board has already is sent by neither.
        let renew = || {
            content.rotate_left(1);
            Ok(fs::write(&here, &content)?)
        };
        bench.compare(&effort, &["cp", &name, ":there.bin"], renew, &are_same)
    })?;
    report.compare(down, Show::Time, Budget::AtMost(0.1), |effort| {
        fs::write(&there, random(SIZE))?;
        let remove = || {
            // It is not there in the first round.
            fs::remove_file(&here).ok();
            Ok(())
        };
        bench.compare(&effort, &["cp", ":there.bin", &name], remove, &are_same)
    })?;
    if bench.lost > 0 {
        report.note(&format!(
            "mpremote failed or damaged what it sent {} times; those are not counted",
            bench.lost
        ));
    }
    Ok(())
}

/// The number of rounds where a peer takes long.
fn few(effort: &Effort<'_>) -> usize {
    effort.rounds / 20
}

/// Measures one process of each side in each round.
fn turns(
    rounds: usize,
    mut ours: impl FnMut() -> Result<Duration>,
    mut peer: impl FnMut() -> Result<Duration>,
) -> Result<Comparison> {
    let seconds = |side| match side {
        Side::Ours => Ok(ours()?.as_secs_f64()),
        Side::Peer => Ok(peer()?.as_secs_f64()),
    };
    take_turns(rounds, seconds, || Ok(None))
}

/// The command and mpremote, at the same MicroPython board.
struct Bench<'p> {
    place: &'p Place,
    venv: Venv,
    board: BoardOnPty,
    /// How often mpremote has failed.
    lost: u32,
}

impl Bench<'_> {
    /// Gives both the same arguments. Before each of them the work is prepared, and after it it has to be done.
    fn compare(
        &mut self,
        effort: &Effort<'_>,
        arguments: &[&str],
        mut prepare: impl FnMut() -> Result<()>,
        is_done: &dyn Fn(&str) -> bool,
    ) -> Result<Comparison> {
        let seconds = |side| {
            prepare()?;
            let took = match side {
                Side::Ours => self.ours(arguments, is_done)?,
                Side::Peer => self.mpremote(arguments, is_done)?,
            };
            Ok(took.as_secs_f64())
        };
        take_turns(few(effort), seconds, || Ok(None))
    }

    fn ours(&self, arguments: &[&str], is_done: &dyn Fn(&str) -> bool) -> Result<Duration> {
        let (took, printed) = run(&mut self.place.command(self.board.path(), arguments))?;
        ensure!(is_done(&printed), "{arguments:?} has not done its work: {printed}");
        Ok(took)
    }

    /// Runs mpremote until it does its work; only the successful attempt is measured.
    fn mpremote(&mut self, arguments: &[&str], is_done: &dyn Fn(&str) -> bool) -> Result<Duration> {
        let mut command = self.place.with_folders(self.venv.command(Interpreter::CPython));
        command.args(["-m", "mpremote", "connect", self.board.path(), "resume"]).args(arguments);
        for _ in 0..ATTEMPTS {
            match run(&mut command) {
                Ok((took, printed)) if is_done(&printed) => return Ok(took),
                _ => self.lost += 1,
            }
        }
        bail!("mpremote failed {ATTEMPTS} times: {command:?}")
    }
}
