use std::path::{Path, PathBuf};
use std::process::Command;

use crate::oracle::Oracle;
use crate::{Line, NO_PEERS, Peer, Turns, skip};

/// A Python that runs the peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpreter {
    /// The Python of PCs.
    CPython,
    /// The Python of boards, built for Unix.
    MicroPython,
}

impl Interpreter {
    /// Each of them, for tests that hold for all.
    pub const ALL: [Self; 2] = [Self::CPython, Self::MicroPython];

    /// The name of its program in the virtual environment.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::CPython => "python",
            Self::MicroPython => "micropython",
        }
    }
}

/// The virtual environment with both interpreters and what they import.
#[derive(Debug, Clone)]
pub struct Venv {
    folder: PathBuf,
    site_packages: PathBuf,
}

impl Venv {
    /// The one that `SERIALTALK_PEERS` names, or else `target/python-peers` of this workspace. Where there is none,
    /// [skips the test](skip); see [`require!`](crate::require).
    ///
    /// # Panics
    ///
    /// With `CI=true` if there is none. If `SERIALTALK_PEERS` names a folder that is none.
    pub fn find() -> Option<Self> {
        if let Some(folder) = std::env::var_os("SERIALTALK_PEERS") {
            let found = Self::at(Path::new(&folder));
            return Some(found.unwrap_or_else(|| {
                panic!("SERIALTALK_PEERS names {}, which has no peers in it", folder.display())
            }));
        }
        let found = Self::at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/python-peers"));
        if found.is_none() {
            skip(NO_PEERS, "`cargo xtask test` installs them");
        }
        found
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The one in `folder`, if everything is there.
    pub(crate) fn at(folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        let site_packages = std::fs::read_dir(folder.join("lib"))
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path().join("site-packages")))
            .find(|packages| packages.join("serialtalk").is_dir())?;
        let complete = Interpreter::ALL.iter().all(|it| folder.join("bin").join(it.program()).is_file());
        complete.then_some(Self { folder, site_packages })
    }

    /// Starts a SerialTalk server with the commands of `commands.py`, which serves until the line closes or `stop` is
    /// called; its last line is `done N`, the number of commands it served.
    #[track_caller]
    pub fn serve(&self, interpreter: Interpreter, line: Line) -> Peer {
        self.script(interpreter, "serve.py", &[&line.word()])
    }

    /// Starts a SerialTalk client that makes the calls it is [asked](Peer::ask) for. It waits for each reply as long
    /// as a slow machine may need, 60 s.
    #[track_caller]
    pub fn client(&self, interpreter: Interpreter, line: Line) -> Peer {
        self.client_with_timeout(interpreter, line, 60_000)
    }

    /// As [`client`](Self::client), with another timeout for its calls; SerialTalk's own is 1500 ms.
    #[track_caller]
    pub fn client_with_timeout(&self, interpreter: Interpreter, line: Line, timeout_ms: u32) -> Peer {
        self.script(interpreter, "client.py", &[&line.word(), &timeout_ms.to_string()])
    }

    /// Starts a peer that serves and calls on the same line; its last line is `done SERVED GOOD WRONG LOST`.
    #[track_caller]
    pub fn both(&self, interpreter: Interpreter, line: Line, turns: &Turns<'_>) -> Peer {
        let numbers = [turns.rounds, turns.serves, turns.calls].map(|number| number.to_string());
        let [rounds, serves, calls] = &numbers;
        let how = if turns.crossed { "crossed" } else { "turns" };
        let timeout = turns.timeout_ms.to_string();
        let arguments = [&line.word(), how, rounds, serves, calls, turns.arguments, turns.expected, &timeout];
        self.script(interpreter, "both.py", &arguments)
    }

    /// Starts the oracle, which tells what this interpreter makes of formats and literals.
    #[track_caller]
    pub fn oracle(&self, interpreter: Interpreter) -> Oracle {
        Oracle::new(self.script(interpreter, "oracle.py", &[]))
    }

    /// Starts a script, by its path or by its name in `peers/python`, and waits until it prints `ready`.
    #[track_caller]
    pub fn script(&self, interpreter: Interpreter, script: impl AsRef<Path>, arguments: &[&str]) -> Peer {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(script);
        let mut command = self.command(interpreter);
        command.arg(&script).args(arguments);
        let name = script.file_name().unwrap_or_default().to_string_lossy();
        Peer::start(command, format!("{name} on {interpreter:?}"))
    }

    /// A command that runs the interpreter with the installed packages, for other programs.
    pub fn command(&self, interpreter: Interpreter) -> Command {
        let mut command = Command::new(self.folder.join("bin").join(interpreter.program()));
        command
            .env("MICROPYPATH", &self.site_packages)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONUNBUFFERED", "1")
            .env("PYTHONUTF8", "1")
            .env_remove("PYTHONHOME")
            .env_remove("PYTHONPATH");
        command
    }
}
