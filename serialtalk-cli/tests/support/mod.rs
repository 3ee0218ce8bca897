//! What the tests of the command share: programs with folders of their own, and boards.

#![allow(dead_code, reason = "each test crate uses a part")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

/// A place of its own: folders for what programs of one user tell each other, for the configuration and for the cache.
pub(crate) struct Place {
    folder: PathBuf,
}

/// What a program has said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Place {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("serialtalk-cli-{}-{number}", process::id()));
        for name in ["runtime", "config", "cache", "state", "work"] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        Self { folder }
    }

    /// The folder in which programs run.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.join("work")
    }

    /// Writes a file into the folder in which programs run.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The command, in this place.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.program(env!("CARGO_BIN_EXE_serialtalk"), arguments)
    }

    /// A shell that runs a line, in this place.
    pub(crate) fn shell(&self, line: &str) -> Command {
        self.program("sh", &["-c", line])
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(name);
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("SERIALTALK_") {
                command.env_remove(name);
            }
        }
        command.current_dir(self.folder()).args(arguments).stdin(Stdio::null());
        // A test that awaits silence says for how long; all others are of any speed.
        command.env("SERIALTALK_TIMEOUT", "60s");
        command.env("XDG_RUNTIME_DIR", self.folder.join("runtime"));
        command.env("XDG_CONFIG_HOME", self.folder.join("config"));
        command.env("XDG_CACHE_HOME", self.folder.join("cache"));
        command.env("XDG_STATE_HOME", self.folder.join("state"));
        command
    }

    /// Runs the command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments))
    }

    /// Runs the command to its end with this standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        of(child.wait_with_output().unwrap())
    }

    /// Starts the demo board and waits until it serves.
    pub(crate) fn demo(&self) -> Started {
        Started::new(self.command(&["demo"]), "serialtalk -b demo call")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Runs a command to its end.
pub(crate) fn said(mut command: Command) -> Said {
    of(command.output().unwrap())
}

fn of(output: process::Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        stdout: text(output.stdout),
        stderr: text(output.stderr),
        code: output.status.code().unwrap_or(-1),
    }
}

impl Said {
    /// What the command has printed, if it has done what it was told.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout
    }

    /// What the command has complained of, if it has failed with this exit code.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        self.stderr
    }
}

/// A program that runs until this is dropped.
pub(crate) struct Started {
    pub(crate) child: Child,
    /// What it said until it was ready.
    pub(crate) said: String,
}

impl Started {
    /// Starts a program and waits until it has written a line with `ready` to standard error.
    pub(crate) fn new(mut command: Command, ready: &str) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains(ready) {
            let count = lines.read_line(&mut said).unwrap();
            assert!(count > 0, "it has ended: {said}");
        }
        child.stderr = Some(lines.into_inner());
        Self { child, said }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a path is one.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
