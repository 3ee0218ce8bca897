//! Text of a board, shown so that it has no say over a terminal.

use std::borrow::Cow;

/// The text with its control characters, and those that change the direction of text, as escapes of Python; line feeds and tabs
/// stay.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return text.into();
    }
    let mut escaped = String::new();
    for character in text.chars() {
        match u32::from(character) {
            code if !is_hostile(character) => escaped.extend(char::from_u32(code)),
            code @ ..=0xff => escaped.push_str(&format!("\\x{code:02x}")),
            code => escaped.push_str(&format!("\\u{code:04x}")),
        }
    }
    escaped.into()
}

/// The text on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    escaped(text).replace('\n', "\\n").replace('\t', "\\t")
}

/// JSON with those characters as escapes that JSON itself leaves as they are: they can only be in its texts.
pub(crate) fn in_json(json: &str) -> String {
    let mut escaped = String::new();
    for character in json.chars() {
        match is_hostile(character) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(character))),
            false => escaped.push(character),
        }
    }
    escaped
}

/// The text as the name of a file; different texts have different names.
pub(crate) fn as_file_name(text: &str) -> String {
    let mut name = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            true => name.push(byte.into()),
            false => name.push_str(&format!("%{byte:02x}")),
        }
    }
    name
}

fn is_hostile(character: char) -> bool {
    let changes_direction =
        matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    changes_direction || character.is_control() && !matches!(character, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_texts_are_different_files() {
        assert_eq!(as_file_name("/dev/tty-0 ä%"), "%2fdev%2ftty-0%20%c3%a4%25");
    }

    #[test]
    fn a_board_has_no_say_over_the_terminal() {
        assert_eq!(escaped("\x1b[2Jred\r\n\u{9b}31m\u{202e}x"), "\\x1b[2Jred\\x0d\n\\x9b31m\\u202ex");
        assert_eq!(escaped("21 °C\n\tok"), "21 °C\n\tok");
        assert_eq!(on_one_line("a\nb\t"), "a\\nb\\t");
        assert_eq!(in_json("\"\u{9b}\u{202e}°\""), "\"\\u009b\\u202e°\"");
    }
}
