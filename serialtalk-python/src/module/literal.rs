//! Text as a Python literal.

use alloc::string::String;

/// A literal that evaluates to `text` in any Python.
pub(super) fn text(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            ' '..='~' => literal.push(c),
            // Wire names are ASCII; a format that came through the macro is, too.
            _ => literal.extend(c.escape_unicode().filter(|c| !matches!(c, '{' | '}'))),
        }
    }
    literal + "\""
}
