//! Descriptions of errors, for formatters and for the text of error replies.

use core::fmt;

use crate::problem::Integer;

/// Where the description of an error goes, piece by piece.
///
/// Two things implement it: a formatter, and the text of an error reply, which does without `core::fmt` so that a small
/// board need not link it.
pub(crate) trait Describe {
    /// Adds ASCII, or text as a whole.
    fn bytes(&mut self, text: &[u8]);

    /// Adds an integer.
    fn integer(&mut self, integer: Integer);

    /// Adds `template` with the integer in the place of each `#`, and the words in turn in the places of `@`.
    ///
    /// One loop over templates takes less flash than a call for each piece of each message.
    fn fill(&mut self, template: &str, integer: Integer, words: [&str; 2]) {
        let mut words = words.iter();
        let mut rest = template.as_bytes();
        loop {
            let length = rest.iter().take_while(|byte| !matches!(**byte, b'#' | b'@')).count();
            let Some((piece, behind)) = rest.split_at_checked(length) else { return };
            self.bytes(piece);
            let Some((mark, behind)) = behind.split_first() else { return };
            match (*mark, words.as_slice()) {
                (b'@', [word, ..]) => {
                    self.bytes(word.as_bytes());
                    words.next();
                }
                _ => self.integer(integer),
            }
            rest = behind;
        }
    }

    /// The same with an integer alone.
    fn fill_integer(&mut self, template: &str, integer: u64) {
        self.fill(template, Integer::positive(integer), [""; 2]);
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
