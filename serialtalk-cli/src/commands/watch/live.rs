//! A block of lines on a terminal that is drawn again and again: a line for each command of each board.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anstream::adapter::strip_str;
use anstyle::Style;
use ratatui::crossterm::cursor::{MoveToColumn, MoveUp};
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{Clear, ClearType, DisableLineWrap, EnableLineWrap, size};
use serialtalk::Value;

use super::Watched;
use crate::escaped::on_one_line;
use crate::figures;
use crate::output::{DIM, NAME};
use crate::record::{Entry, Names};

/// How often it is drawn at most.
const DRAW_EACH: Duration = Duration::from_millis(50);

/// The block.
pub(super) struct Live {
    /// The lines, by board and command.
    lines: Vec<Vec<Line>>,
    /// How many lines of the terminal are taken.
    height: u16,
    drawn: Option<Instant>,
}

struct Line {
    /// The board, if there are several, and the command.
    name: String,
    value: String,
    /// Whether the last call had no value.
    is_old: bool,
}

impl Live {
    pub(super) fn new(names: &Names) -> Self {
        let line_of = |board: &str, command: &str| {
            let name = match names.boards.len() {
                1 => on_one_line(command),
                _ => format!("{}: {}", on_one_line(board), on_one_line(command)),
            };
            Line { name, value: String::new(), is_old: false }
        };
        let lines_of =
            |board: &String| names.commands.iter().map(|command| line_of(board, command)).collect();
        Self { lines: names.boards.iter().map(lines_of).collect(), height: 0, drawn: None }
    }

    /// Takes what a call has come to.
    pub(super) fn show(&mut self, entry: &Entry<'_>, value: Option<&Value>) {
        let line = &mut self.lines[entry.board][entry.command];
        line.is_old = value.is_none();
        if let Some(value) = value {
            line.value = on_one_line(&value.to_string());
        }
    }

    /// Draws, if that was not done just now.
    pub(super) fn refresh(&mut self, boards: &[Watched]) -> io::Result<()> {
        let is_due = self.drawn.is_none_or(|drawn| drawn.elapsed() >= DRAW_EACH);
        if is_due { self.draw(boards) } else { Ok(()) }
    }

    /// Draws the lines of the boards that have begun.
    pub(super) fn draw(&mut self, boards: &[Watched]) -> io::Result<()> {
        let now = Instant::now();
        // Some terminals do not tell their size.
        let (width, rows) = size().ok().filter(|(width, rows)| *width > 0 && *rows > 1).unwrap_or((80, 24));
        let name_width = self.lines.iter().flatten().map(|line| line.name.chars().count()).max();
        let mut drawn = Vec::new();
        for (lines, watched) in self.lines.iter().zip(boards) {
            for (line, counts) in lines.iter().zip(&watched.counts) {
                let status = figures::status(counts, now);
                drawn.push(line.drawn(name_width.unwrap_or(0), &status, usize::from(width) - 1));
            }
        }
        // What is above the top of the terminal cannot be drawn again.
        let room = usize::from(rows) - 1;
        if drawn.len() > room {
            let rest = drawn.split_off(room - 1).len();
            drawn.push(format!("{DIM}… and {rest} more{DIM:#}"));
        }
        // All at once, so that nothing flickers.
        let mut output = self.erasure()?;
        queue!(output, DisableLineWrap)?;
        for line in &drawn {
            let line = if has_colors() { line.clone() } else { strip_str(line).to_string() };
            writeln!(output, "{line}")?;
        }
        queue!(output, EnableLineWrap)?;
        self.height = u16::try_from(drawn.len()).unwrap_or(u16::MAX);
        self.drawn = Some(now);
        write(&output)
    }

    /// Takes the block off the terminal.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        write(&self.erasure()?)
    }

    /// What takes the block off the terminal.
    fn erasure(&mut self) -> io::Result<Vec<u8>> {
        let mut output = Vec::new();
        queue!(output, MoveToColumn(0))?;
        match std::mem::take(&mut self.height) {
            0 => {}
            height => queue!(output, MoveUp(height))?,
        }
        queue!(output, Clear(ClearType::FromCursorDown))?;
        Ok(output)
    }
}

impl Line {
    /// The line, at most `width` wide: the value gives way to what is said of the rate.
    fn drawn(&self, name_width: usize, status: &str, width: usize) -> String {
        let name = fitted(&self.name, width);
        let after_name = width.saturating_sub(name_width.max(name.chars().count()) + 2);
        let value_width = after_name.saturating_sub(status.chars().count() + 2);
        let value = fitted(&self.value, value_width);
        let style = if self.is_old { DIM } else { Style::new() };
        let name_gap = " ".repeat(name_width.saturating_sub(name.chars().count()) + 2);
        let gap = " ".repeat(value_width.saturating_sub(value.chars().count()) + 2);
        format!("{NAME}{name}{NAME:#}{name_gap}{style}{value}{style:#}{gap}{DIM}{status}{DIM:#}")
    }
}

/// The beginning of a text that is too wide.
fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain((width > 0).then_some('…')).collect()
}

fn write(output: &[u8]) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(output)?;
    terminal.flush()
}

fn has_colors() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(value: &str, width: usize) -> String {
        let line = Line { name: "imu".into(), value: value.into(), is_old: false };
        strip_str(&line.drawn(5, "10 of 10 Hz  0 missed", width)).to_string()
    }

    #[test]
    fn a_line_is_as_wide_as_the_terminal_and_never_wider() {
        assert_eq!(drawn("(1, 2)", 40), "imu    (1, 2)      10 of 10 Hz  0 missed");
        assert_eq!(drawn("(1, 2, 3, 4, 5)", 40), "imu    (1, 2, 3,…  10 of 10 Hz  0 missed");
        assert_eq!(drawn("(1, 2)", 31), "imu    …  10 of 10 Hz  0 missed");
    }
}
