//! Descriptions of errors, for formatters and for the text of error replies.

#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
mod shorten;
mod templates;

use core::fmt;

use crate::problem::Integer;
use crate::reader::Reader;

use shorten::signs;
pub(crate) use templates::Template;

/// What the signs in templates stand for.
pub(crate) trait Facts {
    /// That of `#`.
    fn integer(&self) -> Integer;

    /// That of `@`.
    fn word(&self) -> &[u8];

    /// That of `%`: what came.
    fn came(&self) -> Template;

    /// That of `=`: how many arguments there should be.
    fn count(&self) -> u8;

    /// That of `$`: which of them it is about, counted from one.
    fn argument(&self) -> u8;

    /// That of `&`: what that one is called.
    fn name(&self) -> &[u8];
}

/// Where the description of an error goes. Every function gives it back.
///
/// Two things implement it: a formatter, and the frame of an error reply, which does without `core::fmt` so that a small
/// board need not link it.
pub(crate) trait Describe {
    /// Adds a byte of ASCII.
    fn say_byte(&mut self, byte: u8) -> &mut Self;

    /// Adds text.
    fn say(&mut self, text: &[u8]) -> &mut Self;

    /// Adds an integer that is not below zero.
    fn say_integer(&mut self, integer: u64) -> &mut Self;

    /// Adds a template. Those that are added without facts have no signs.
    #[inline(always)]
    fn add(&mut self, template: Template, facts: Option<&impl Facts>) -> &mut Self {
        self.add_numbered(template as u8, facts)
    }

    /// Adds the template, or the part of templates, with this number.
    #[inline(never)]
    fn add_numbered(&mut self, number: u8, facts: Option<&impl Facts>) -> &mut Self {
        for byte in templates::text(number) {
            // As it is signed, three kinds of bytes are three ranges.
            match *byte as i8 {
                ..0 => self.add_numbered(byte & 0x7f, facts),
                0x20.. => self.say_byte(*byte),
                _ => match facts {
                    Some(facts) => self.add_fact(*byte, facts),
                    None => self,
                },
            };
        }
        self
    }

    /// Adds what a sign stands for.
    #[inline(always)]
    fn add_fact(&mut self, sign: u8, facts: &impl Facts) -> &mut Self {
        match sign {
            signs::INTEGER => {
                let Integer { negative, magnitude } = facts.integer();
                if negative {
                    self.say_byte(b'-');
                }
                self.say_integer(magnitude);
                // Only literals hold larger ones.
                #[cfg(feature = "repr")]
                if magnitude == u64::MAX {
                    self.add(if negative { Template::OrLess } else { Template::OrMore }, Some(facts));
                }
                self
            }
            signs::WORD => self.say(facts.word()),
            signs::CAME => self.add(facts.came(), Some(facts)),
            signs::COUNT => self.say_integer(facts.count().into()),
            signs::ARGUMENT => self.say_integer(facts.argument().into()),
            _ => self.say(facts.name()),
        }
    }
}

/// No facts.
pub(crate) const NOTHING: Option<&Reader<'_>> = None;

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
    fn say_byte(&mut self, byte: u8) -> &mut Self {
        self.say(&[byte])
    }

    fn say(&mut self, text: &[u8]) -> &mut Self {
        let text = core::str::from_utf8(text).unwrap_or_default();
        self.result = self.result.and_then(|()| self.to.write_str(text));
        self
    }

    fn say_integer(&mut self, integer: u64) -> &mut Self {
        self.result = self.result.and_then(|()| write!(self.to, "{integer}"));
        self
    }
}
