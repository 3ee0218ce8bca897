//! How values are shown.

use std::io::{self, IsTerminal, Stdout};
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use serialtalk::Value;

use super::Watched;
use super::live::Live;
use super::picture::Picture;
use crate::escaped::escaped;
use crate::failure::{Failure, Result};
use crate::json;
use crate::output::{NAME, Output};
use crate::plot::Wish;
use crate::record::{Entry, Names, Table};

/// How values are shown.
pub(super) struct View {
    form: Form,
    names: Arc<Names>,
    output: Output,
    /// The last value of each command of each board, if only changes are shown.
    last: Option<Vec<Vec<Option<Value>>>>,
}

enum Form {
    /// A block of lines that is drawn again and again.
    Live(Live),
    /// A line for each value.
    Lines,
    /// An object for each value.
    Json,
    /// A row for each slot.
    Table(Box<Table<Stdout>>),
    /// Lines that move, in full screen.
    Picture(Box<Picture>),
}

/// How values can be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) csv: bool,
    pub(super) plot: bool,
    pub(super) on_change: bool,
}

impl View {
    pub(super) fn new(output: Output, names: &Arc<Names>, wanted: Wanted) -> Result<Self> {
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let form = if wanted.plot {
            if !io::stdout().is_terminal() || is_dumb {
                return Err(
                    Failure::usage("a plot needs a terminal").hint("--csv or --json, to plot elsewhere")
                );
            }
            Form::Picture(Box::new(Picture::new(names)?))
        } else if wanted.csv {
            let table = Table::new(io::stdout(), Arc::clone(names));
            Form::Table(Box::new(if wanted.on_change { table.only_changes() } else { table }))
        } else if output.is_json {
            Form::Json
        } else if io::stdout().is_terminal() && !is_dumb {
            Form::Live(Live::new(names))
        } else {
            Form::Lines
        };
        let none = || vec![vec![None; names.commands.len()]; names.boards.len()];
        Ok(Self { form, names: Arc::clone(names), output, last: wanted.on_change.then(none) })
    }

    /// Shows what a call that was answered at a time has come to.
    pub(super) fn show(
        &mut self,
        entry: &Entry<'_>,
        value: Option<&Value>,
        answered: Instant,
    ) -> io::Result<()> {
        match &mut self.form {
            Form::Table(table) => {
                table.add(entry)?;
                return table.flush();
            }
            Form::Live(live) => {
                live.show(entry, value);
                return Ok(());
            }
            Form::Picture(picture) => {
                picture.show(entry, answered);
                return Ok(());
            }
            Form::Lines | Form::Json => {}
        }
        let Some(value) = value else { return Ok(()) };
        if let Some(last) = &mut self.last {
            let last = &mut last[entry.board][entry.command];
            if last.as_ref() == Some(value) {
                return Ok(());
            }
            *last = Some(value.clone());
        }
        let (board, command) = (&self.names.boards[entry.board], &self.names.commands[entry.command]);
        match self.form {
            Form::Json => {
                let microseconds = |time: std::time::Duration| (time.as_secs_f64() * 1e6).round();
                self.output.json(json!({
                    "board": board,
                    "command": command,
                    "value": json::of(value),
                    "ms": microseconds(entry.answered - entry.asked) / 1e3,
                    "slot": entry.slot,
                    "time": microseconds(entry.answered) / 1e6,
                }))
            }
            _ if self.names.commands.len() > 1 => self
                .output
                .line(board, format_args!("{NAME}{command}{NAME:#}: {}", escaped(&value.to_string()))),
            _ => self.output.line(board, escaped(&value.to_string())),
        }
    }

    /// Draws again what changes with time. Returns what a key has asked for.
    pub(super) fn refresh(&mut self, boards: &[Watched]) -> io::Result<Wish> {
        match &mut self.form {
            Form::Live(live) => live.refresh(boards).map(|()| Wish::Nothing),
            Form::Picture(picture) => picture.refresh(boards),
            _ => Ok(Wish::Nothing),
        }
    }

    /// Says that the connection to a board is lost, or back.
    pub(super) fn tell_connection(&mut self, board: usize, is_loss: bool, text: &str) -> io::Result<()> {
        if let Form::Picture(picture) = &mut self.form {
            picture.connection(board, is_loss.then_some(text));
        }
        self.tell(board, text)
    }

    /// Tells why a board is sampled no more, or returns true if there is no room for all of that before the end.
    pub(super) fn fail(&mut self, board: usize, failure: &Failure) -> io::Result<bool> {
        match &mut self.form {
            Form::Picture(_) => {
                self.tell_connection(board, true, &failure.text)?;
                return Ok(true);
            }
            Form::Live(live) => live.clear()?,
            _ => {}
        }
        self.output.failure(Some(&self.names.boards[board]), failure);
        Ok(false)
    }

    /// Says something of a board beside its values.
    pub(super) fn tell(&mut self, board: usize, text: &str) -> io::Result<()> {
        match &mut self.form {
            Form::Picture(picture) => picture.note(text),
            Form::Live(live) => {
                live.clear()?;
                self.output.tell(&self.names.boards[board], text);
            }
            _ => self.output.tell(&self.names.boards[board], text),
        }
        Ok(())
    }

    /// Shows for the last time, and gives the terminal back.
    pub(super) fn finish(&mut self, boards: &[Watched]) -> io::Result<()> {
        match std::mem::replace(&mut self.form, Form::Lines) {
            Form::Live(mut live) => live.draw(boards),
            _ => Ok(()),
        }
    }
}
