//! How results and failures are shown: values on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use serde_json::{Value as Json, json};
use serialtalk::Value;

use crate::arguments::Global;
use crate::escaped::{escaped, in_json, on_one_line};
use crate::failure::{Failure, Form, Kind};
use crate::json;

/// The style of `error:`.
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The style of what is said beside a result.
pub(crate) const DIM: Style = Style::new().dimmed();

/// The style of names.
pub(crate) const NAME: Style = AnsiColor::Cyan.on_default();

/// How results are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) is_json: bool,
    /// Whether each line begins with the name of its board.
    pub(crate) names_boards: bool,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        Self { is_json: global.json, names_boards: false }
    }

    /// Writes the value that a command of a board has returned.
    pub(crate) fn value(self, board: &str, command: &str, value: &Value, took: Duration) -> io::Result<()> {
        if self.is_json {
            let ms = (took.as_secs_f64() * 1e6).round() / 1e3;
            return self.json(json!({
                "board": board, "command": command, "value": json::of(value), "ms": ms,
            }));
        }
        self.line(board, escaped(&value.to_string()))
    }

    /// Writes one line of a board.
    pub(crate) fn line(self, board: &str, line: impl Display) -> io::Result<()> {
        let mut output = anstream::stdout().lock();
        if self.names_boards {
            write!(output, "{NAME}{}{NAME:#}: ", on_one_line(board))?;
        }
        writeln!(output, "{line}")
    }

    /// Writes an object on a line.
    pub(crate) fn json(self, object: Json) -> io::Result<()> {
        writeln!(io::stdout().lock(), "{}", in_json(&object.to_string()))
    }

    /// Tells something of a board beside its results, on standard error.
    pub(crate) fn tell(self, board: &str, text: &str) {
        if self.names_boards && !text.starts_with(board) {
            tell(format_args!("{}: {text}", on_one_line(board)));
        } else {
            tell(text);
        }
    }

    /// Tells a failure: as JSON on standard output, as text on standard error.
    pub(crate) fn failure(self, board: Option<&str>, failure: &Failure) {
        if failure.kind == Kind::NoReader {
            return;
        }
        if self.is_json {
            let error = json!({ "kind": failure.kind.name(), "text": failure.text, "hint": failure.hint });
            // Whoever does not read the output still gets the exit code.
            let _ = self.json(json!({ "board": board, "error": error }));
            return;
        }
        match failure.form {
            Form::Error => {}
            Form::Traceback => return self.traceback(board, &escaped(&failure.text)),
            Form::Raw => return eprintln!("{}", failure.text),
        }
        let heads = std::iter::once("try:").chain(std::iter::repeat("    "));
        let board = board.filter(|board| self.names_boards && !failure.text.starts_with(board));
        let of_board = board.map_or(String::new(), |board| format!("{}: ", on_one_line(board)));
        anstream::eprintln!("{ERROR}error:{ERROR:#} {of_board}{}", escaped(&failure.text));
        for (line, head) in failure.hint.iter().flat_map(|hint| hint.lines()).zip(heads) {
            anstream::eprintln!("  {DIM}{head}{DIM:#} {}", escaped(line));
        }
    }
}

impl Output {
    /// Shows a traceback of a board as it is.
    fn traceback(self, board: Option<&str>, text: &str) {
        let board = board.filter(|_| self.names_boards);
        let of_board = board.map_or(String::new(), |board| format!("{NAME}{}{NAME:#}: ", on_one_line(board)));
        for line in text.lines() {
            anstream::eprintln!("{of_board}{line}");
        }
    }
}

/// Tells something beside the result, on standard error.
pub(crate) fn tell(text: impl Display) {
    anstream::eprintln!("{DIM}{}{DIM:#}", escaped(&text.to_string()));
}
