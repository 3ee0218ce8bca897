//! Words of a command line as values.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::Path;
use std::{fs, io};

use serialtalk::Value;

use crate::json;

/// A word that is no value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadWord {
    /// The word is not UTF-8.
    #[error("{word:?} is not UTF-8: give bytes as `hex:0aff` or `file:PATH`")]
    NotUtf8 {
        /// The word, as far as it can be shown.
        word: String,
    },
    /// The word begins with a prefix, and what follows is not what that announces.
    #[error("`{word}`: expected {expected} after `{prefix}`")]
    Prefixed {
        /// The word.
        word: String,
        /// Its prefix.
        prefix: &'static str,
        /// What should follow.
        expected: String,
    },
    /// The file or the standard input of a word cannot be read.
    #[error("`{word}` cannot be read: {error}")]
    Unreadable {
        /// The word.
        word: String,
        /// Why.
        error: io::Error,
    },
}

/// The value of each word.
pub(crate) fn values(words: &[OsString]) -> Result<Vec<Value>, BadWord> {
    words.iter().map(|word| value(word)).collect()
}

/// The value of a word: with a prefix what that says, otherwise a Python literal, `true`, `false`, `none` or `null`, literals
/// joined by commas as a list, and text. No knowledge of a board is needed, so a line always means the same.
pub(crate) fn value(word: &OsStr) -> Result<Value, BadWord> {
    let Some(text) = word.to_str() else {
        return Err(BadWord::NotUtf8 { word: word.to_string_lossy().into_owned() });
    };
    if text == "-" {
        return read(text, || {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        });
    }
    let bad = |prefix, expected: String| BadWord::Prefixed { word: text.into(), prefix, expected };
    if let Some(rest) = text.strip_prefix("str:") {
        return Ok(Value::Str(rest.into()));
    }
    if let Some(rest) = text.strip_prefix("hex:") {
        let expected = || bad("hex:", "pairs of hexadecimal digits, as in hex:0aff".into());
        return bytes_of_hex(rest).map(Value::Bytes).ok_or_else(expected);
    }
    if let Some(rest) = text.strip_prefix("file:") {
        return read(text, || fs::read(Path::new(rest)));
    }
    if let Some(rest) = text.strip_prefix("py:") {
        let expected = || bad("py:", "a Python literal, as in py:{'a': 1}".into());
        return Value::from_literal(rest).ok_or_else(expected);
    }
    if let Some(rest) = text.strip_prefix("json:") {
        return json::read(rest).map_err(|error| bad("json:", format!("JSON: {error}")));
    }
    Ok(plain(text))
}

/// The value of a word without a prefix.
fn plain(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "none" | "null" => Value::None,
        _ => list(text).or_else(|| Value::from_literal(text)).unwrap_or_else(|| Value::Str(text.into())),
    }
}

/// Two or more literals with commas between them.
fn list(text: &str) -> Option<Value> {
    let (mut values, mut rest) = (Vec::new(), Some(text));
    while let Some(left) = rest {
        // A literal may have commas itself: the shortest text that is one is it.
        let ends = left.match_indices(',').map(|(at, _)| at).chain([left.len()]);
        let (value, end) = ends
            .filter(|end| !is_blank(&left[..*end]))
            .find_map(|end| Some((Value::from_literal(&left[..end])?, end)))?;
        values.push(value);
        rest = left[end..].strip_prefix(',');
    }
    (values.len() > 1).then_some(Value::List(values))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The bytes that pairs of hexadecimal digits stand for.
pub(crate) fn bytes_of_hex(digits: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = digits.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn read(word: &str, read: impl FnOnce() -> io::Result<Vec<u8>>) -> Result<Value, BadWord> {
    read().map(Value::Bytes).map_err(|error| BadWord::Unreadable { word: word.into(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(word: &str) -> String {
        value(OsStr::new(word)).unwrap().to_string()
    }

    #[test]
    fn a_word_means_the_same_on_every_board() {
        for (word, expected) in [
            ("5", "5"),
            ("-5", "-5"),
            ("0x1f", "31"),
            ("5.9", "5.9"),
            ("1e3", "1000.0"),
            ("true", "True"),
            ("False", "False"),
            ("none", "None"),
            ("null", "None"),
            ("hello", "'hello'"),
            ("hello world", "'hello world'"),
            ("", "''"),
            ("'5'", "'5'"),
            ("b'\\x01'", "b'\\x01'"),
            ("255,0,0", "[255, 0, 0]"),
            ("1,2.5,'a,b',(3, 4)", "[1, 2.5, 'a,b', (3, 4)]"),
            ("[2,5]", "[2, 5]"),
            ("(1,)", "(1,)"),
            ("{'a': 1}", "{'a': 1}"),
            ("a,b", "'a,b'"),
            ("1,", "'1,'"),
            (",", "','"),
            ("1,x", "'1,x'"),
            ("str:5", "'5'"),
            ("str:", "''"),
            ("hex:0aff", "b'\\n\\xff'"),
            ("hex:", "b''"),
            ("py:(1, 2)", "(1, 2)"),
            ("json:{\"a\": [1, null]}", "{'a': [1, None]}"),
        ] {
            assert_eq!(read_as(word), expected, "{word}");
        }
    }

    #[test]
    fn a_prefix_that_does_not_fit_is_an_error_that_shows_what_does() {
        for (word, text) in [
            ("hex:0a f", "`hex:0a f`: expected pairs of hexadecimal digits, as in hex:0aff after `hex:`"),
            ("hex:+a", "`hex:+a`: expected pairs of hexadecimal digits, as in hex:0aff after `hex:`"),
            ("hex:abc", "`hex:abc`: expected pairs of hexadecimal digits, as in hex:0aff after `hex:`"),
            ("py:a b", "`py:a b`: expected a Python literal, as in py:{'a': 1} after `py:`"),
        ] {
            assert_eq!(value(OsStr::new(word)).unwrap_err().to_string(), text);
        }
    }
}
