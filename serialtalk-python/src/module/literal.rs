//! Text and bytes as Python literals.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A literal that evaluates to `text` in any Python.
pub(super) fn text(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        literal += &character(c);
    }
    literal + "\""
}

/// Literals of at most `width` characters that evaluate to `text` if they follow one another.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::from("\"");
    // A line ends after a space, so that words stay whole.
    for word in text.split_inclusive([' ', '\n']) {
        let word: String = word.chars().map(character).collect();
        if line.len() > 1 && line.chars().count() + word.chars().count() + 1 > width {
            lines.push(core::mem::replace(&mut line, String::from("\"")) + "\"");
        }
        line += &word;
    }
    lines.push(line + "\"");
    lines
}

/// A literal that evaluates to `bytes`.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("b\"{digits}\"")
}

fn character(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_string(),
        c if c.is_control() => format!("\\x{:02x}", u32::from(c)),
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(text("a \"b\" \\ größe\n\x07"), r#""a \"b\" \\ größe\n\x07""#);
        assert_eq!(bytes(&[0, 0x61, 0xff]), r#"b"\x00\x61\xff""#);
    }

    #[test]
    fn long_text_takes_several_lines_of_whole_words() {
        assert_eq!(lines("", 10), ["\"\""]);
        assert_eq!(lines("one two three\nfour", 10), ["\"one two \"", "\"three\\n\"", "\"four\""]);
        assert_eq!(lines("a very_long_word b", 8), ["\"a \"", "\"very_long_word \"", "\"b\""]);
    }
}
