//! What helps whoever types a line: names, and signatures.

use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

use crate::contract::Known;

/// What helps whoever types a line.
pub(super) struct Editing {
    known: Vec<Known>,
}

impl Editing {
    pub(super) fn new(known: Vec<Known>) -> Self {
        Self { known }
    }
}

/// A name as it is typed: in quotes if it has blanks.
fn quoted(name: &str) -> Option<String> {
    shlex::try_quote(name).ok().map(|name| name.into_owned())
}

impl Completer for Editing {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or_default();
        let names = self.known.iter().filter_map(|known| quoted(&known.name));
        Ok((0, names.filter(|name| name.starts_with(typed)).map(|name| name + " ").collect()))
    }
}

impl Hinter for Editing {
    type Hint = String;

    /// The signature, once the name of a command is there and nothing else.
    fn hint(&self, line: &str, at: usize, _: &Context<'_>) -> Option<String> {
        let typed = line.strip_suffix(' ').filter(|_| at == line.len())?;
        let known = self.known.iter().find(|known| quoted(&known.name).is_some_and(|name| name == typed))?;
        let (_, rest) = known.signature();
        (!rest.is_empty()).then_some(rest)
    }
}

impl Highlighter for Editing {
    fn highlight_hint<'h>(&self, hint: &'h str) -> std::borrow::Cow<'h, str> {
        format!("\x1b[2m{hint}\x1b[m").into()
    }
}

impl Validator for Editing {}

impl Helper for Editing {}
