//! Text as a Python literal.

use alloc::string::String;

/// A literal that evaluates to `text` in any Python.
pub(super) fn text(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            ' '..='~' => literal.push(c),
            // Wire names and formats are ASCII.
            _ => literal.extend(c.escape_unicode().filter(|c| !matches!(c, '{' | '}'))),
        }
    }
    literal + "\""
}
