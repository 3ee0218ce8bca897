//! Descriptions of errors, for formatters and for the text of error replies.

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
mod shorten;
mod templates;

use core::fmt;

use crate::problem::Integer;

pub(crate) use templates::Template;

/// Where the description of an error goes.
///
/// Two things implement it: a formatter, and the frame of an error reply, which does without `core::fmt` so that a small
/// board need not link it.
pub(crate) trait Describe {
    /// Adds a byte of ASCII.
    fn say_byte(&mut self, byte: u8);

    /// Adds text.
    fn say(&mut self, text: &[u8]);

    /// Adds an integer that is not below zero.
    fn say_integer(&mut self, integer: u64);
}

/// A description, and what stands for the signs of the templates that it is made of.
pub(crate) struct Description<'d, D> {
    to: &'d mut D,
    /// For `#`.
    pub(crate) integer: Integer,
    /// For `@`.
    pub(crate) word: &'d [u8],
    /// For `%`.
    pub(crate) came: Template,
}

impl<'d, D: Describe> Description<'d, D> {
    /// Begins one, with a word.
    #[inline(always)]
    pub(crate) fn new(to: &'d mut D, word: &'d [u8]) -> Self {
        Self { to, integer: Integer::positive(0), word, came: Template::Nothing }
    }

    /// Adds a template.
    #[inline(always)]
    pub(crate) fn add(&mut self, template: Template) {
        self.add_numbered(template as u8);
    }

    /// Adds the template, or the part of templates, with this number.
    #[inline(never)]
    fn add_numbered(&mut self, number: u8) {
        self.add_text(templates::text(number));
    }

    /// Adds a text with signs in it.
    #[inline(always)]
    pub(crate) fn add_text(&mut self, text: &[u8]) {
        for byte in text {
            match *byte {
                b'#' => {
                    if self.integer.negative {
                        self.to.say_byte(b'-');
                    }
                    self.to.say_integer(self.integer.magnitude);
                }
                b'@' => self.to.say(self.word),
                b'%' => self.add(self.came),
                byte if !byte.is_ascii() => self.add_numbered(byte & 0x7f),
                byte => self.to.say_byte(byte),
            }
        }
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
    fn say_byte(&mut self, byte: u8) {
        self.say(&[byte]);
    }

    fn say(&mut self, text: &[u8]) {
        let text = core::str::from_utf8(text).unwrap_or_default();
        self.result = self.result.and_then(|()| self.to.write_str(text));
    }

    fn say_integer(&mut self, integer: u64) {
        self.result = self.result.and_then(|()| write!(self.to, "{integer}"));
    }
}
