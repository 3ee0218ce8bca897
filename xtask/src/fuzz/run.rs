//! Runs one fuzz target, and reads what it says.

use std::fmt;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::build::{self, Build};
use super::corpus::{self, made};
use super::folder;

/// The longest input, in bytes: several frames.
const MAX_LEN: u32 = 1024;

/// How long one input may take, in seconds: what takes longer is a finding.
const INPUT_SECONDS: u32 = 20;

/// How much memory a target may use, in MiB: what takes more is a finding.
const MEMORY_MB: u32 = 2048;

/// What a target did.
#[derive(Debug)]
pub(super) struct Run {
    target: String,
    seconds: u64,
    executions: u64,
    new: u64,
    /// The input that the target found something with.
    artifact: Option<PathBuf>,
    /// What it found.
    found: String,
}

impl Run {
    /// Runs a target.
    pub(super) fn new(build: &Build, target: &str, time: Duration) -> Result<Self> {
        let artifacts = made(folder().join("artifacts").join(target))?;
        let log = made(build::output().join("logs"))?.join(format!("{target}.txt"));
        let mut fuzzer = Command::new(build.program(target));
        fuzzer.arg(corpus::found(target)?).arg(corpus::by_hand(target)?);
        fuzzer.args([
            format!("-max_total_time={}", time.as_secs()),
            format!("-max_len={MAX_LEN}"),
            format!("-timeout={INPUT_SECONDS}"),
            format!("-rss_limit_mb={MEMORY_MB}"),
            format!("-artifact_prefix={}/", artifacts.display()),
            "-print_final_stats=1".to_owned(),
        ]);
        let dictionary = folder().join("dictionaries").join(format!("{target}.txt"));
        if dictionary.exists() {
            fuzzer.arg(format!("-dict={}", dictionary.display()));
        }
        println!("==> fuzz: {target} for {} s", time.as_secs());
        let file = File::create(&log).with_context(|| format!("can't write {}", log.display()))?;
        let status = fuzzer.stdout(file.try_clone()?).stderr(file).status();
        let status = status.with_context(|| format!("can't run {target}"))?;
        let bytes = fs::read(&log).with_context(|| format!("can't read {}", log.display()))?;
        let run = Self::read(target, time.as_secs(), &String::from_utf8_lossy(&bytes));
        ensure!(
            status.success() || run.artifact.is_some(),
            "{target} ended with {status}; {} says why",
            log.display()
        );
        Ok(run)
    }

    /// Reads the log of a target.
    fn read(target: &str, seconds: u64, log: &str) -> Self {
        let number = |name: &str| {
            let text = log.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            text.trim().parse().unwrap_or(0)
        };
        let artifact = log
            .lines()
            .find_map(|line| line.split_once("Test unit written to "))
            .map(|(_, path)| path.into());
        let mut lines = log.lines();
        let panicked = lines.find(|line| line.contains(" panicked at ")).map(|line| {
            let message = lines.next().unwrap_or_default();
            format!("{line} {message}")
        });
        let complaint = || log.lines().find(|line| line.contains("ERROR: libFuzzer")).map(str::to_owned);
        Self {
            target: target.to_owned(),
            seconds,
            executions: number("stat::number_of_executed_units:"),
            new: number("stat::new_units_added:"),
            artifact,
            found: panicked.or_else(complaint).unwrap_or_default(),
        }
    }

    /// What was found, and the command that shows it again.
    pub(super) fn finding(&self, build: &Build) -> Option<String> {
        let artifact = self.artifact.as_ref()?;
        let program = build.program(&self.target);
        Some(format!(
            "\n  {}: {}\n    {}\n    again: {} {}",
            self.target,
            self.found,
            artifact.display(),
            program.display(),
            artifact.display()
        ))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target, executions, new, .. } = self;
        let (rate, findings) = (executions / self.seconds.max(1), u8::from(self.artifact.is_some()));
        write!(f, "{target:<16}{executions:>14}{rate:>15}{new:>14}{findings:>10}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_of_a_target_is_read() {
        let log = "#2 INITED\nstat::number_of_executed_units: 341157\nstat::new_units_added:          97\n";
        let run = Run::read("literal", 60, log);
        assert_eq!((run.executions, run.new, run.artifact.is_none()), (341_157, 97, true));
        assert_eq!(run.to_string(), "literal                 341157           5685            97         0");
    }

    #[test]
    fn a_finding_is_read() {
        let log = "thread '<unnamed>' (7) panicked at src/a.rs:1:2:\nleft != right\n==7== ERROR: libFuzzer: deadly signal\n\
                   artifact_prefix='./'; Test unit written to ./crash-12\n";
        let run = Run::read("literal", 60, log);
        assert_eq!(run.artifact, Some(PathBuf::from("./crash-12")));
        assert_eq!(run.found, "thread '<unnamed>' (7) panicked at src/a.rs:1:2: left != right");
        let slow = Run::read("literal", 60, "==7== ERROR: libFuzzer: timeout after 20 seconds\n");
        assert_eq!(slow.found, "==7== ERROR: libFuzzer: timeout after 20 seconds");
    }
}
