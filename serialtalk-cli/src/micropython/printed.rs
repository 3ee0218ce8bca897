//! What a program on a board prints, shown as it comes.

use std::io::{self, Write};
use std::mem;

use serde_json::json;

use crate::escaped::escaped;
use crate::output::Output;

/// A line that is longer is shown in pieces where lines are shown whole.
const LONGEST_LINE: usize = 64 * 1024;

/// What a program on a board prints.
pub(crate) struct Printed<'p> {
    board: &'p str,
    output: Output,
    /// Whether the bytes are shown as they are.
    is_raw: bool,
    /// Whether the last byte was a carriage return, which belongs to a line feed if that follows.
    has_return: bool,
    /// The line so far, where lines are shown whole.
    line: String,
}

impl<'p> Printed<'p> {
    pub(crate) fn new(board: &'p str, output: Output, is_raw: bool) -> Self {
        Self { board, output, is_raw, has_return: false, line: String::new() }
    }

    /// Shows more of it.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.is_raw {
            return show(bytes);
        }
        let text = self.text(bytes);
        self.show(&text)
    }

    /// Shows what is left when the program has ended.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        let rest = if mem::take(&mut self.has_return) { "\r" } else { "" };
        self.show(rest)?;
        if self.line.is_empty() { Ok(()) } else { self.end_line() }
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        if !self.output.is_json && !self.output.names_boards {
            return if text.is_empty() { Ok(()) } else { show(escaped(text).as_bytes()) };
        }
        for piece in text.split_inclusive('\n') {
            self.line.push_str(piece);
            if piece.ends_with('\n') || self.line.len() >= LONGEST_LINE {
                self.end_line()?;
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = mem::take(&mut self.line);
        if self.output.is_json {
            return self.output.json(json!({ "board": self.board, "printed": line }));
        }
        self.output.line(self.board, escaped(line.trim_end_matches('\n')))
    }

    /// Bytes as text: line ends as on Unix, and bytes that are none of UTF-8 as escapes.
    fn text(&mut self, bytes: &[u8]) -> String {
        let mut text = String::new();
        if mem::take(&mut self.has_return) {
            text.push('\r');
        }
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                text.push_str(&format!("\\x{byte:02x}"));
            }
        }
        self.has_return = text.ends_with('\r');
        if self.has_return {
            text.pop();
        }
        text.replace("\r\n", "\n")
    }
}

fn show(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_those_of_this_machine_wherever_they_are_split() {
        let output = Output { is_json: false, names_boards: false };
        let mut printed = Printed::new("", output, false);
        let pieces = [&b"a\r"[..], b"\nb\r", b"c\xff\r\r\n", b"\r"];
        assert_eq!(pieces.map(|piece| printed.text(piece)), ["a", "\nb", "\rc\\xff\r\n", ""]);
        assert!(printed.has_return);
    }
}
