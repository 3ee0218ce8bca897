//! `serialtalk shell`

mod editing;

use std::fs;
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::Instant;

use etcetera::BaseStrategy;
#[cfg(unix)]
use ratatui::crossterm::{event::DisableBracketedPaste, execute, style::Print};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};

use crate::boards::Board;
use crate::connection::{Connection, Kept};
use crate::context::Context;
use crate::contract::{self, Known};
use crate::escaped::escaped;
use crate::failure::{Failure, Kind, Result};
use crate::kept::{Keeping, News};
use crate::line;
use crate::output::{NAME, Output, tell};
#[cfg(unix)]
use crate::stop;

use editing::Editing;

/// How many lines of the history are kept.
const HISTORY: usize = 1000;

// The arguments of `shell`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A line is a name and its arguments, as after `serialtalk call`. Tab completes names, ? lists the commands, Ctrl-D leaves.
From a pipe, each line is a call, and the exit code is that of the worst: serialtalk shell < calls.txt")]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, context: &Context) -> Result {
    let board = context.board("shell")?;
    match io::stdin().is_terminal() {
        true => converse(&board, context.output),
        false => read(&board, context.output),
    }
}

/// Makes the calls of a pipe.
fn read(board: &Board, output: Output) -> Result {
    let mut shell = Shell::open(board, output, |state| tell(state))?;
    let mut worst: Option<Kind> = None;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| Failure::usage(format!("standard input: {error}")))?;
        match shell.obey(&line) {
            Ok(()) => {}
            Err(failure) if failure.kind == Kind::NoReader => return Err(failure),
            Err(failure) => {
                output.failure(Some(&board.name), &failure);
                worst = worst.max(Some(failure.kind));
            }
        }
    }
    Ok(worst.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// Makes the calls that somebody types.
fn converse(board: &Board, output: Output) -> Result {
    let config = Config::builder().completion_type(CompletionType::List).max_history_size(HISTORY);
    let config = config.and_then(|config| config.history_ignore_dups(true)).map_err(of_editor)?.build();
    let mut editor = Editor::<Editing, FileHistory>::with_config(config).map_err(of_editor)?;
    // Told before the next prompt: what is being typed stays readable.
    let (news, untold) = channel();
    let told = move |item: News<'_>| {
        // Nobody listens any more once the shell is left.
        let _ = news.send(item.to_string());
    };
    #[cfg(unix)]
    restore_on_signal()?;
    let mut shell = Shell::open(board, output, told)?;
    let known = shell.known().unwrap_or_default();
    editor.set_helper(Some(Editing::new(known)));
    let history = history();
    if let Some(history) = history.as_deref() {
        // The first time there is none.
        let _ = editor.load_history(history);
    }
    let prompt = format!("{}> ", escaped(&board.name));
    loop {
        untold.try_iter().for_each(tell);
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            Err(ReadlineError::Eof) => break,
            Err(ReadlineError::Interrupted) => {
                tell("Ctrl-D leaves");
                continue;
            }
            Err(error) => return Err(of_editor(error)),
        };
        // What cannot be kept is not in the history.
        let _ = editor.add_history_entry(line.as_str());
        if let Err(failure) = shell.obey(&line) {
            output.failure(None, &failure);
        }
    }
    if let Some(history) = history {
        let _ = fs::create_dir_all(history.parent().unwrap_or(&history));
        let _ = editor.save_history(&history);
    }
    Ok(ExitCode::SUCCESS)
}

/// Gives the terminal back as it is now when a signal ends the program while a line is typed.
#[cfg(unix)]
fn restore_on_signal() -> Result<()> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let settings = tcgetattr(io::stdin()).map_err(|error| of_editor(ReadlineError::Io(error.into())))?;
    stop::exit_on_signal(move || {
        // A terminal that is gone needs nothing.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &settings);
        let _ = execute!(io::stdout(), DisableBracketedPaste, Print('\n'));
    })
}

/// A board that obeys lines.
struct Shell {
    connection: Connection<Kept>,
    _keeping: Keeping,
    output: Output,
}

impl Shell {
    /// Opens a board. Calls `told` when it is lost, when it is back, and with what it prints.
    fn open(board: &Board, output: Output, told: impl Fn(News<'_>) + Send + Sync + 'static) -> Result<Self> {
        let (connection, keeping) = Connection::keep(board, told)?;
        Ok(Self { connection, _keeping: keeping, output })
    }

    /// Does what a line says: nothing if it is empty or a comment.
    fn obey(&mut self, text: &str) -> Result<()> {
        match text.trim() {
            "" => Ok(()),
            comment if comment.starts_with('#') => Ok(()),
            "?" => {
                for known in self.known()? {
                    let (name, rest) = known.signature();
                    self.output.line("", format_args!("{NAME}{name}{NAME:#}{rest}"))?;
                }
                Ok(())
            }
            text => {
                let mut call = line::call(text, None)?;
                let start = Instant::now();
                let value = self.connection.call(&mut call)?;
                Ok(self.output.value(&self.connection.board.name, &call.name, &value, start.elapsed())?)
            }
        }
    }

    /// The commands of the board that are its own.
    fn known(&mut self) -> Result<Vec<Known>> {
        let known = contract::read(&mut self.connection)?;
        Ok(known.into_iter().filter(|known| !known.is_built_in()).collect())
    }
}

/// Where the history is kept.
fn history() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.cache_dir());
    Some(state.join("serialtalk").join("history"))
}

fn of_editor(error: ReadlineError) -> Failure {
    Failure::usage(format!("the terminal: {error}"))
}
