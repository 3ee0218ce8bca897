//! The library at an earlier commit, measured in the same rounds. `cargo xtask bench` exports the sources of that commit and
//! builds their measuring program with the files of `bench/baseline`; the program then does the work of one row at a time.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context as _, Error, Result};

/// The sources of the earlier commit, with its measuring program built in them.
#[derive(Debug, Clone)]
pub(crate) struct Baseline {
    commit: String,
    sources: PathBuf,
    any_processor: bool,
}

/// Parses `COMMIT=FOLDER`.
impl FromStr for Baseline {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (commit, sources) = text.split_once('=').context("no `=`")?;
        Ok(Self { commit: commit.into(), sources: sources.into(), any_processor: false })
    }
}

/// One row of the baseline, ready to work.
#[derive(Debug)]
pub(crate) struct Worker {
    child: Child,
    /// The input from which it reads counts; `None` once it is to exit.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Baseline {
    /// The name of the commit.
    pub(crate) fn commit(&self) -> &str {
        &self.commit
    }

    /// The folder of its workspace.
    pub(crate) fn sources(&self) -> &Path {
        &self.sources
    }

    /// Lets its threads run on any processor.
    pub(crate) fn on_any_processor(self, any_processor: bool) -> Self {
        Self { any_processor, ..self }
    }

    /// Starts the work of a row; `None` if the baseline has no row of this name.
    pub(crate) fn start(&self, row: &str) -> Result<Option<Worker>> {
        Ok(self.run(row)?.filter(|(_, answer)| answer == "ready").map(|(worker, _)| worker))
    }

    /// What the baseline counts in a row; `None` if it has no row of this name.
    pub(crate) fn count(&self, row: &str) -> Result<Option<usize>> {
        let Some((_, answer)) = self.run(row)? else { return Ok(None) };
        Ok(Some(answer.parse()?))
    }

    /// Starts the program, and waits for its first line.
    fn run(&self, row: &str) -> Result<Option<(Worker, String)>> {
        let program = self.sources.join("target/release/bench");
        let mut command = Command::new(&program);
        command.args(self.any_processor.then_some("--any-processor")).arg("--").arg(row);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("can't run {}", program.display()))?;
        let orders = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().context("no pipe")?);
        let mut worker = Worker { child, orders, answers };
        Ok(worker.line()?.map(|line| (worker, line)))
    }
}

impl Worker {
    /// Does `count` pieces of work, and returns how long that took.
    pub(crate) fn work(&mut self, count: u32) -> Result<Duration> {
        writeln!(self.orders.as_mut().context("it has ended")?, "{count}")?;
        let answer = self.line()?.context("the program of the baseline has ended")?;
        Ok(Duration::from_nanos(answer.parse()?))
    }

    fn line(&mut self) -> Result<Option<String>> {
        let mut line = String::new();
        let count = self.answers.read_line(&mut line)?;
        Ok((count > 0).then(|| line.trim_end().to_owned()))
    }
}

impl Drop for Worker {
    /// Closes the input, so that the program exits by itself and stops its own child processes.
    fn drop(&mut self) {
        drop(self.orders.take());
        self.child.wait().ok();
    }
}
