//! Descriptions of errors, for formatters and for the text of error replies.

mod templates;

use core::fmt;

use crate::problem::Integer;

pub(crate) use templates::Template;

/// Where the description of an error goes, piece by piece.
///
/// Two things implement it: a formatter, and the text of an error reply, which does without `core::fmt` so that a small
/// board need not link it.
pub(crate) trait Describe {
    /// Adds ASCII, or text as a whole.
    fn bytes(&mut self, text: &[u8]);

    /// Adds an integer.
    fn integer(&mut self, integer: Integer);

    /// Adds a text with the number for each `#` and the word for each `@` in it.
    fn fill_text(&mut self, text: &[u8], number: usize, word: &[u8]) {
        for byte in text {
            match byte {
                b'#' => self.integer(Integer::positive(number as u64)),
                b'@' => self.bytes(word),
                byte => self.bytes(core::slice::from_ref(byte)),
            }
        }
    }

    /// Adds a template with what stands for its number and its word.
    #[inline(never)]
    fn fill(&mut self, template: Template, number: usize, word: &[u8]) {
        self.fill_text(template.text(), number, word);
    }

    /// Adds a template that has neither.
    fn say(&mut self, template: Template) {
        self.fill(template, 0, b"");
    }
}

/// Describes something to a formatter.
pub(crate) fn format(
    to: &mut fmt::Formatter<'_>,
    describe: impl FnOnce(&mut Formatted<'_, '_>),
) -> fmt::Result {
    let mut to = Formatted { to, result: Ok(()) };
    describe(&mut to);
    to.result
}

/// Lets a formatter take descriptions.
pub(crate) struct Formatted<'w, 'f> {
    to: &'w mut fmt::Formatter<'f>,
    result: fmt::Result,
}

impl Describe for Formatted<'_, '_> {
    fn bytes(&mut self, text: &[u8]) {
        let text = core::str::from_utf8(text).unwrap_or_default();
        self.result = self.result.and_then(|()| self.to.write_str(text));
    }

    fn integer(&mut self, Integer { negative, magnitude }: Integer) {
        let sign = if negative { "-" } else { "" };
        self.result = self.result.and_then(|()| write!(self.to, "{sign}{magnitude}"));
    }
}
