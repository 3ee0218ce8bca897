//! A place in a text, and what stands there.

use core::str::FromStr;

use crate::contract::identifier::is_identifier;

/// How many characters of a wrong text an error shows.
const SHOWN: usize = 40;

/// A text is no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no signature: expected {expected} at byte {at}, found {found:?}; both ends need the same version of serialtalk"
)]
pub struct ParseError {
    expected: String,
    at: usize,
    found: String,
}

/// A place in a text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// How many types are being read that contain each other.
    pub(super) depth: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The error that something else was expected here.
    pub(super) fn expected(&self, what: impl Into<String>) -> ParseError {
        ParseError { expected: what.into(), at: self.at, found: self.rest().chars().take(SHOWN).collect() }
    }

    /// Goes on behind `token` if it stands here.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let is_here = self.rest().starts_with(token);
        if is_here {
            self.at += token.len();
        }
        is_here
    }

    /// Goes on behind `token`.
    pub(super) fn expect(&mut self, token: &str) -> Result<(), ParseError> {
        if self.eat(token) { Ok(()) } else { Err(self.expected(format!("`{token}`"))) }
    }

    /// Checks that the text ends here.
    pub(super) fn end(&self) -> Result<(), ParseError> {
        if self.rest().is_empty() { Ok(()) } else { Err(self.expected("the end")) }
    }

    /// Takes as many characters as `is` holds for.
    pub(super) fn take_while(&mut self, is: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let (taken, _) = rest.split_at(rest.find(|character| !is(character)).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }

    /// The word that stands here, which may be none; the cursor stays before it.
    pub(super) fn word(&self) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|character| !unicode_ident::is_xid_continue(character)).unwrap_or(rest.len());
        rest.split_at(len).0
    }

    /// Takes the name of an argument, a field or a variant.
    pub(super) fn identifier(&mut self) -> Result<String, ParseError> {
        let word = self.word();
        if !is_identifier(word) {
            return Err(self.expected("a name"));
        }
        self.at += word.len();
        Ok(word.to_owned())
    }

    /// Takes an integer that is written without superfluous characters.
    pub(super) fn integer<T: FromStr + ToString>(&mut self) -> Result<T, ParseError> {
        let start = self.at;
        let digits = self.take_while(|character| character.is_ascii_digit() || character == '-');
        match digits.parse::<T>() {
            Ok(value) if value.to_string() == digits => Ok(value),
            _ => {
                self.at = start;
                Err(self.expected("an integer"))
            }
        }
    }

    /// Takes a text of printable ASCII in double quotes.
    pub(super) fn quoted(&mut self) -> Result<String, ParseError> {
        let start = self.at;
        self.expect("\"").map_err(|_| self.expected("a name, or a text in double quotes"))?;
        let mut text = String::new();
        loop {
            text += self
                .take_while(|character| matches!(character, ' '..='~') && !matches!(character, '"' | '\\'));
            if self.eat("\"") {
                break;
            } else if self.eat("\\\"") {
                text.push('"');
            } else if self.eat("\\\\") {
                text.push('\\');
            } else {
                return Err(self.expected("printable ASCII up to a double quote"));
            }
        }
        if text.is_empty() {
            self.at = start;
            return Err(self.expected("a text that is not empty"));
        }
        Ok(text)
    }
}
