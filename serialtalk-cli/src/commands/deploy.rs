//! `serialtalk deploy`

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use serialtalk_hal::board::{Borrowed, Copied, LocalError, Program, Tree};
use serialtalk_hal::over;

use crate::boards::Board;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::micropython::changes::Changes;
use crate::micropython::meter::Meters;
use crate::micropython::{MicroPython, at_line, leave, not_serving};
use crate::output::{Output, tell};
use crate::several;
use crate::stop::Stop;

/// How long a program may take to start, if nobody says otherwise.
const START: Duration = Duration::from_secs(10);

/// The module that a program imports if it serves with the small peer.
const PEER: &str = "serialtalk_peer";

// The arguments of `deploy`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  serialtalk deploy board.py                  becomes main.py, is started, and has to answer
  serialtalk deploy robot --watch             a folder, again whenever something in it changes
  serialtalk deploy blink.py --no-echo        a program that serves nothing
What is on the board already with the same content is not sent.")]
pub(crate) struct Args {
    /// A Python file, which becomes main.py; or a folder with a main.py, of which all is copied but names that begin with a dot
    path: PathBuf,
    /// Does so again whenever something changes
    #[arg(short, long)]
    watch: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    Source::read(&args.path)?;
    let stop = Stop::on_signal()?;
    let meters = Meters::default();
    several::each(context, &|board, output| {
        let timeout = context.global.timeout.unwrap_or(START.max(board.timeout));
        let deployment = Deployment { board, output, stop: &stop, meters: &meters, timeout };
        if args.watch {
            deployment.again_and_again(&args.path)
        } else {
            deployment.once(&Source::read(&args.path)?)
        }
    })
}

/// What is put on a board.
#[derive(PartialEq)]
struct Source {
    main: String,
    /// What there is beside main.py.
    tree: Tree,
    has_peer: bool,
}

impl Source {
    fn read(path: &Path) -> Result<Self> {
        let about = fs::metadata(path).map_err(|error| Failure::file(path, &error))?;
        let (file, tree) = match about.is_dir() {
            false => (path.to_owned(), Tree::default()),
            true => {
                let file = path.join("main.py");
                if !file.is_file() {
                    let failure = Failure::usage(format!("{}: there is no main.py in it", path.display()));
                    return Err(failure.hint("deploy a single file; or copy it: serialtalk cp -r FOLDER :"));
                }
                let tree = Tree::read(path, |it| *it != file && is_meant(it))?;
                (file, tree)
            }
        };
        let main = fs::read_to_string(&file).map_err(|error| Failure::file(&file, &error))?;
        let brings_peer = tree.files().any(|(_, path)| path == format!("{PEER}.py"));
        let uses_peer = main.contains(PEER)
            || tree.files().filter(|(_, path)| path.ends_with(".py")).any(|(source, _)| {
                fs::read(source).is_ok_and(|code| code.windows(PEER.len()).any(|it| it == PEER.as_bytes()))
            });
        Ok(Self { main, tree, has_peer: uses_peer && !brings_peer })
    }

    fn program(&self) -> Program<'_> {
        let program = Program::new(&self.main).with_tree(&self.tree);
        if self.has_peer { program } else { program.without_peer() }
    }
}

/// Whether a path of a folder belongs on a board: not those of version control, editors and other Pythons.
fn is_meant(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && name != "__pycache__"
}

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        Self::usage(error.to_string())
    }
}

/// What is done with one board.
struct Deployment<'d> {
    board: &'d Board,
    output: Output,
    stop: &'d Stop,
    meters: &'d Meters,
    /// How long the program may take to start.
    timeout: Duration,
}

impl Deployment<'_> {
    /// Puts a program on the board, starts it, and waits until it answers.
    fn once(&self, source: &Source) -> Result<()> {
        let copied = at_line(self.board, self.stop, |micropython| {
            let (meter, listener) = self.meters.meter(source.tree.size() + source.main.len() as u64);
            micropython.on_progress(listener);
            let copied =
                source.program().start(micropython).inspect_err(|_| leave(micropython, self.stop))?;
            drop(meter);
            self.wait(micropython)?;
            Ok(copied)
        })?;
        self.say(copied)
    }

    /// Waits until the program answers, if it is to serve.
    fn wait(&self, micropython: &mut MicroPython) -> Result<()> {
        if !self.board.has_echo {
            return Ok(());
        }
        let line = micropython.repl().link_mut();
        let name = line.link.name().to_owned();
        let ms = u32::try_from(self.timeout.as_millis()).unwrap_or(u32::MAX);
        Program::wait_for(&mut over(Borrowed(line), name), ms)
            .map_err(|error| not_serving(error, self.board, self.timeout))
    }

    fn say(&self, copied: Copied) -> Result<()> {
        let Copied { sent, unchanged } = copied;
        let does = if self.board.has_echo { "serves" } else { "was started" };
        if self.output.is_json {
            let result = json!({ "board": self.board.name, "sent": sent, "unchanged": unchanged });
            return Ok(self.output.json(result)?);
        }
        let files = if sent == 1 { "file" } else { "files" };
        tell(format_args!(
            "{}: {sent} {files} sent, {unchanged} unchanged; the program {does}",
            self.board.name
        ));
        Ok(())
    }

    /// Does so again whenever something changes. Between, the port is free for others.
    fn again_and_again(&self, path: &Path) -> Result<()> {
        let changes = Changes::of(path, is_meant)?;
        loop {
            match Source::read(path).and_then(|source| self.once(&source)) {
                Err(failure) if self.stop.is_set() || failure.kind == Kind::NoReader => return Err(failure),
                Err(failure) => self.output.failure(Some(&self.board.name), &failure),
                Ok(()) => {}
            }
            changes.wait(self.stop, || changes.are_there())?;
        }
    }
}
