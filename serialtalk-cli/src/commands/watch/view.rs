//! How values are shown.

use std::io::{self, IsTerminal, Stdout};
use std::sync::Arc;

use serde_json::json;
use serialtalk::Value;

use super::Watched;
use super::live::Live;
use crate::json;
use crate::output::{NAME, Output};
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
}

impl View {
    pub(super) fn new(output: Output, names: &Arc<Names>, is_csv: bool, only_changes: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let form = if is_csv {
            let table = Table::new(io::stdout(), Arc::clone(names));
            Form::Table(Box::new(if only_changes { table.only_changes() } else { table }))
        } else if output.is_json {
            Form::Json
        } else if io::stdout().is_terminal() && !is_dumb {
            Form::Live(Live::new(names))
        } else {
            Form::Lines
        };
        let none = || vec![vec![None; names.commands.len()]; names.boards.len()];
        Self { form, names: Arc::clone(names), output, last: only_changes.then(none) }
    }

    /// Shows what a call has come to.
    pub(super) fn show(&mut self, entry: &Entry<'_>, value: Option<&Value>) -> io::Result<()> {
        match &mut self.form {
            Form::Table(table) => {
                table.add(entry)?;
                return table.flush();
            }
            Form::Live(live) => {
                live.show(entry, value);
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
            _ if self.names.commands.len() > 1 => {
                self.output.line(board, format_args!("{NAME}{command}{NAME:#}: {value}"))
            }
            _ => self.output.line(board, value),
        }
    }

    /// Draws again what changes with time.
    pub(super) fn refresh(&mut self, boards: &[Watched]) -> io::Result<()> {
        match &mut self.form {
            Form::Live(live) => live.refresh(boards),
            _ => Ok(()),
        }
    }

    /// Makes room for something else on the terminal.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        match &mut self.form {
            Form::Live(live) => live.clear(),
            _ => Ok(()),
        }
    }

    /// Shows for the last time.
    pub(super) fn finish(&mut self, boards: &[Watched]) -> crate::failure::Result<()> {
        if let Form::Live(live) = &mut self.form {
            live.draw(boards)?;
        }
        Ok(())
    }
}
