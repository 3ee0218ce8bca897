//! Descriptions of errors, for formatters and for the text of error replies.

use core::fmt;

/// Where the description of an error goes, piece by piece.
///
/// Two things implement it: a formatter, and the text of an error reply, which does without `core::fmt` so that a small
/// board need not link it.
pub(crate) trait Describe {
    fn text(&mut self, text: &str);
    fn integer(&mut self, negative: bool, magnitude: u64);
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
    fn text(&mut self, text: &str) {
        self.result = self.result.and_then(|()| self.to.write_str(text));
    }

    fn integer(&mut self, negative: bool, magnitude: u64) {
        let sign = if negative { "-" } else { "" };
        self.result = self.result.and_then(|()| write!(self.to, "{sign}{magnitude}"));
    }
}
