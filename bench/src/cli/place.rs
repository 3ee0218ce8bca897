//! Where the command runs: with folders of its own, without configuration.

use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, process};

use anyhow::{Context, Result, ensure};

/// Folders in which the command runs.
pub(super) struct Place {
    program: PathBuf,
    folder: PathBuf,
}

impl Place {
    pub(super) fn new(program: &Path) -> Result<Self> {
        let folder = env::temp_dir().join(format!("serialtalk-cli-bench-{}", process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self { program: std::path::absolute(program)?, folder })
    }

    /// The folder in which programs run.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The command with these arguments, for the board at a path.
    pub(super) fn command(&self, board: &str, arguments: &[&str]) -> Command {
        let mut command = self.with_folders(Command::new(&self.program));
        command.args(["-b", board]).args(arguments);
        command
    }

    /// A program that runs here.
    pub(super) fn with_folders(&self, mut command: Command) -> Command {
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("SERIALTALK_") {
                command.env_remove(name);
            }
        }
        for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env(name, &self.folder);
        }
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Runs a program to its end. Returns how long the whole process took, and what it printed. Fails if the program does.
pub(super) fn run(command: &mut Command) -> Result<(Duration, String)> {
    let start = Instant::now();
    let output = command.output().with_context(|| format!("can't run {command:?}"))?;
    let took = start.elapsed();
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {complaint}");
    Ok((took, String::from_utf8(output.stdout)?))
}

/// A program that runs, until this is dropped.
pub(super) struct Started(pub(super) Child);

impl Started {
    /// Starts a program. Its standard output can be read.
    pub(super) fn new(command: &mut Command) -> Result<(Self, io::BufReader<ChildStdout>)> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no pipe")?;
        Ok((Self(child), io::BufReader::new(output)))
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
