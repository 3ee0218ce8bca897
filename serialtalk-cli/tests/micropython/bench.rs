//! A board, and a place with files from which commands are given.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use peers::{BoardOnPty, Venv};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Place, Said, said};

/// How long something may take that is awaited.
const PATIENCE: Duration = Duration::from_secs(60);

/// A board, and a place with files from which commands are given.
pub(crate) struct Bench {
    pub(crate) board: BoardOnPty,
    pub(crate) place: Place,
}

/// A bench, or the end of the test if this machine has no MicroPython.
macro_rules! bench {
    () => {
        $crate::bench::Bench::new(&peers::require!())
    };
}
pub(crate) use bench;

impl Bench {
    pub(crate) fn new(venv: &Venv) -> Self {
        Self { board: venv.board(), place: Place::new() }
    }

    /// The command, for this board and for a slow machine.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.place.command(arguments);
        command.env("SERIALTALK_BOARD", self.board.path()).env("SERIALTALK_TIMEOUT", "60s");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments))
    }

    /// Starts the command, to be followed while it runs.
    pub(crate) fn start(&self, arguments: &[&str]) -> Program {
        Program::new(self.command(arguments))
    }

    /// The path of a file of this machine.
    pub(crate) fn here(&self, name: &str) -> PathBuf {
        self.place.folder().join(name)
    }

    /// Writes a file of this machine.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.here(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The path of a file of the board.
    pub(crate) fn there(&self, name: &str) -> PathBuf {
        self.board.folder().join(name)
    }

    /// Asserts that the board can be used.
    #[track_caller]
    pub(crate) fn is_usable(&self) {
        assert_eq!(self.run(&["eval", "6*7"]).ok(), "42\n");
    }

    /// Repeats a command until it succeeds, and returns what it prints.
    #[track_caller]
    pub(crate) fn until_ok(&self, arguments: &[&str]) -> String {
        let begun = Instant::now();
        loop {
            let said = self.run(arguments);
            if said.code == 0 {
                return said.stdout;
            }
            assert!(begun.elapsed() < PATIENCE, "{said:?}");
        }
    }
}

/// All files in a folder, with their contents, by their paths in it.
pub(crate) fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn add(folder: &Path, before: &str, all: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                add(&entry.path(), &format!("{path}/"), all);
            } else {
                all.push((path, fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut all = Vec::new();
    add(folder, "", &mut all);
    all.sort();
    all
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::yield_now();
    }
}

/// A command that runs.
pub(crate) struct Program {
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Program {
    pub(crate) fn new(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdout }
    }

    /// The next line that it prints.
    #[track_caller]
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.as_mut().unwrap().read_line(&mut line).unwrap();
        assert!(line.ends_with('\n'), "it has ended");
        line.trim_end().to_owned()
    }

    /// The next line that it writes to standard error.
    #[track_caller]
    pub(crate) fn error_line(&mut self) -> String {
        let mut line = Vec::new();
        let stderr = self.child.stderr.as_mut().unwrap();
        while line.last() != Some(&b'\n') {
            let mut byte = [0];
            assert_eq!(stderr.read(&mut byte).unwrap(), 1, "it has ended");
            line.push(byte[0]);
        }
        String::from_utf8(line).unwrap().trim_end().to_owned()
    }

    /// Ctrl-C, as a terminal passes it on.
    pub(crate) fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Reads nothing more of what it prints, and waits for its end.
    pub(crate) fn leave(&mut self) -> Said {
        self.stdout = None;
        self.end()
    }

    /// Waits for its end: what it has said since, and its exit code; -1 if a signal has killed it.
    pub(crate) fn end(&mut self) -> Said {
        let mut rest = String::new();
        if let Some(stdout) = &mut self.stdout {
            stdout.read_to_string(&mut rest).unwrap();
        }
        let mut stderr = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut stderr).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Said { stdout: rest, stderr, code }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking()
            && let Some(mut stderr) = self.child.stderr.take()
        {
            let mut said = String::new();
            let _ = stderr.read_to_string(&mut said);
            eprintln!("the command said: {said}");
        }
    }
}
