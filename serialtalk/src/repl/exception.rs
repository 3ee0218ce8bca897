//! The exceptions with which Python programs fail.

use core::fmt;

use super::script::Script;
use crate::rpc::text::Text;

/// The text of an exception as the board sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traceback<'a> {
    text: &'a str,
    /// Whether the first frame belongs to the code that runs the program, rather than to the program.
    is_wrapped: bool,
}

/// One entry of a traceback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The name of the file, as Python writes it.
    pub file: &'a str,
    /// The number of the line, counted from one.
    pub line: u32,
    /// The function, or `<module>`; empty if Python does not name one, as for a syntax error.
    pub function: &'a str,
}

impl<'a> Traceback<'a> {
    /// Reads the text between the last two 04 of an answer. It ends at the first byte that is not UTF-8.
    pub(super) fn new(text: &'a [u8], is_wrapped: bool) -> Self {
        let valid = text.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        Self { text: valid.trim_end(), is_wrapped }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The class of the exception, such as `ValueError`.
    pub fn kind(&self) -> &'a str {
        parts(self.last()).0
    }

    /// The message of the exception, such as `math domain error`; may have several lines, and may be empty.
    pub fn message(&self) -> &'a str {
        parts(self.last()).1
    }

    /// The calls that led to the exception, the outermost first.
    pub fn frames(&self) -> impl Iterator<Item = Frame<'a>> + use<'a> {
        let wrapped = usize::from(self.is_wrapped);
        self.text.lines().filter_map(Frame::parse).skip(wrapped)
    }

    /// The text after the frames, which are indented; all of it if there are none.
    fn last(&self) -> &'a str {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with("  ") || line.starts_with("Traceback (") {
                at += line.len();
            } else {
                break;
            }
        }
        self.text.get(at..).unwrap_or_default()
    }
}

/// Splits an exception into its class and its message.
fn parts(exception: &str) -> (&str, &str) {
    let (kind, message) = exception.split_once(':').unwrap_or((exception, ""));
    (kind, message.trim_start())
}

impl<'a> Frame<'a> {
    /// Reads `  File "main.py", line 12, in <module>`.
    fn parse(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix("  File \"")?;
        let (file, rest) = rest.rsplit_once("\", line ")?;
        let (line, function) = rest.trim_end().split_once(", in ").unwrap_or((rest.trim_end(), ""));
        Some(Self { file, line: line.parse().ok()?, function })
    }

    /// Whether the code was read from the REPL or from a string, and so is the code that was sent.
    fn is_sent(&self) -> bool {
        matches!(self.file, "<stdin>" | "<string>")
    }
}

/// The Python exception with which a program failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Its class and message.
    text: Text,
    line: Option<u32>,
    #[cfg(feature = "alloc")]
    frames: alloc::vec::Vec<(alloc::string::String, u32, alloc::string::String)>,
}

impl Exception {
    /// Keeps as much as there is room for: all of it with the feature `alloc`.
    pub(super) fn new(traceback: Traceback<'_>, script: &Script<'_>) -> Self {
        let is_in_source = |line: &u32| *line >= u32::from(script.first_line);
        Self {
            text: traceback.last().into(),
            line: traceback
                .frames()
                .filter(Frame::is_sent)
                .last()
                .map(|frame| frame.line)
                .filter(is_in_source),
            #[cfg(feature = "alloc")]
            frames: traceback
                .frames()
                .map(|frame| {
                    let file = if frame.is_sent() { script.name } else { frame.file };
                    (file.into(), frame.line, frame.function.into())
                })
                .collect(),
        }
    }

    /// The class of the exception, such as `ValueError`.
    pub fn kind(&self) -> &str {
        parts(self.text.as_str()).0
    }

    /// Its message; may be empty.
    pub fn message(&self) -> &str {
        parts(self.text.as_str()).1
    }

    /// The line of the code that was sent, numbered as in its source, which failed or called the function that did.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// The calls that led to the exception, the outermost first. Code that was sent has the name of its source.
    #[cfg(feature = "alloc")]
    pub fn frames(&self) -> impl Iterator<Item = Frame<'_>> {
        self.frames.iter().map(|(file, line, function)| Frame { file, line: *line, function })
    }

    /// The number of an `OSError`, such as 28 if no space is left on the board.
    pub fn errno(&self) -> Option<u32> {
        if self.kind() != "OSError" {
            return None;
        }
        let message = self.message();
        let number =
            message.strip_prefix("[Errno ").and_then(|rest| rest.split(']').next()).unwrap_or(message);
        number.parse().ok()
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        if !self.message().is_empty() {
            write!(f, ": {}{}", self.message(), if self.text.is_cut() { "…" } else { "" })?;
        }
        #[cfg(feature = "alloc")]
        for Frame { file, line, function } in self.frames() {
            write!(f, "\n    {file}, line {line}")?;
            if !function.is_empty() {
                write!(f, ", in {function}")?;
            }
        }
        Ok(())
    }
}

impl core::error::Error for Exception {}

#[cfg(test)]
mod tests {
    use super::*;

    const NESTED: &[u8] =
        b"Traceback (most recent call last):\r\n  File \"<stdin>\", line 5, in <module>\r\n  \
        File \"lib/a b.py\", line 3, in f\r\nZeroDivisionError: divide by zero\r\n";

    #[test]
    fn a_traceback_is_taken_apart() {
        let traceback = Traceback::new(NESTED, false);
        assert_eq!(traceback.kind(), "ZeroDivisionError");
        assert_eq!(traceback.message(), "divide by zero");
        let mut frames = traceback.frames();
        assert_eq!(frames.next(), Some(Frame { file: "<stdin>", line: 5, function: "<module>" }));
        assert_eq!(frames.next(), Some(Frame { file: "lib/a b.py", line: 3, function: "f" }));
        assert_eq!(frames.next(), None);
    }

    #[test]
    fn tracebacks_without_frames_are_read() {
        let sole = Traceback::new(b"MemoryError: \r\n", false);
        assert_eq!((sole.kind(), sole.message(), sole.frames().count()), ("MemoryError", "", 0));
        let bare = Traceback::new(b"KeyboardInterrupt\n", false);
        assert_eq!((bare.kind(), bare.message()), ("KeyboardInterrupt", ""));
        let syntax =
            b"Traceback (most recent call last):\n  File \"<stdin>\", line 2\nSyntaxError: invalid syntax\n";
        let syntax = Traceback::new(syntax, false);
        assert_eq!(syntax.frames().next(), Some(Frame { file: "<stdin>", line: 2, function: "" }));
        assert_eq!(Traceback::new(b"", false).kind(), "");
    }

    #[test]
    fn messages_may_have_several_lines() {
        let text = b"Traceback (most recent call last):\n  File \"<stdin>\", line 1, in f\nOops: one\n  two: 2\nthree\n";
        assert_eq!(Traceback::new(text, false).message(), "one\n  two: 2\nthree");
    }

    #[test]
    fn frames_have_the_name_and_lines_of_the_source() {
        let script = Script::new("").named("board.py").from_line(4);
        let exception = Exception::new(Traceback::new(NESTED, false), &script);
        assert_eq!(exception.line(), Some(5));
        #[cfg(feature = "alloc")]
        assert_eq!(
            alloc::string::ToString::to_string(&exception),
            "ZeroDivisionError: divide by zero\n    board.py, line 5, in <module>\n    lib/a b.py, line 3, in f"
        );
    }

    #[test]
    fn os_errors_have_a_number() {
        let number = |text: &[u8]| Exception::new(Traceback::new(text, false), &Script::new("")).errno();
        assert_eq!(number(b"OSError: [Errno 28] ENOSPC"), Some(28));
        assert_eq!(number(b"OSError: 28"), Some(28));
        assert_eq!(number(b"OSError: no space"), None);
        assert_eq!(number(b"ValueError: 28"), None);
    }
}
