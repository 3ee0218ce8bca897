//! Characters as they are written inside of quotes, as Python's `repr` writes them.

/// The quotation mark for a text: the single one, unless the double one saves escapes.
pub(crate) fn quote_for(text: &[u8]) -> u8 {
    if text.contains(&b'\'') && !text.contains(&b'"') { b'"' } else { b'\'' }
}

/// Passes a character of a string in these quotes to `put`, escaped if need be.
pub(crate) fn escape_char(character: char, quote: u8, put: impl FnOnce(&[u8])) {
    match u8::try_from(character) {
        // ASCII, and the characters of Latin-1 that are invisible.
        Ok(byte @ (..=0xa0 | 0xad)) => escape_byte(byte, quote, put),
        _ => put(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// Passes a byte of a bytes literal in these quotes to `put`, escaped if need be.
pub(crate) fn escape_byte(byte: u8, quote: u8, put: impl FnOnce(&[u8])) {
    let letter = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        b'\\' => byte,
        _ if byte == quote => byte,
        b' '..=b'~' => return put(&[byte]),
        _ => return put(&[b'\\', b'x', hex_digit(byte >> 4), hex_digit(byte & 0xf)]),
    };
    put(&[b'\\', letter]);
}

/// The digit for a value below 16.
fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn double_quotes_are_used_only_if_they_save_escapes() {
        for (text, quote) in
            [("", b'\''), ("a", b'\''), ("it's", b'"'), ("\"", b'\''), ("it's \"so\"", b'\'')]
        {
            assert_eq!(quote_for(text.as_bytes()), quote, "{text}");
        }
    }

    #[test]
    fn characters_that_are_invisible_or_end_the_string_are_escaped() {
        for (character, quote, escaped) in [
            ('a', b'\'', "a"),
            ('~', b'\'', "~"),
            ('\'', b'\'', r"\'"),
            ('\'', b'"', "'"),
            ('"', b'"', r#"\""#),
            ('\\', b'\'', r"\\"),
            ('\n', b'\'', r"\n"),
            ('\r', b'\'', r"\r"),
            ('\t', b'\'', r"\t"),
            ('\0', b'\'', r"\x00"),
            ('\x1f', b'\'', r"\x1f"),
            ('\x7f', b'\'', r"\x7f"),
            ('\u{80}', b'\'', r"\x80"),
            ('\u{a0}', b'\'', r"\xa0"),
            ('\u{a1}', b'\'', "¡"),
            ('\u{ad}', b'\'', r"\xad"),
            ('\u{ae}', b'\'', "®"),
            ('ÿ', b'\'', "ÿ"),
            ('€', b'\'', "€"),
            ('😀', b'\'', "😀"),
        ] {
            let mut written = Vec::new();
            escape_char(character, quote, |bytes| written.extend_from_slice(bytes));
            assert_eq!(written, escaped.as_bytes(), "{character:?}");
        }
    }

    #[test]
    fn bytes_that_are_not_printable_ascii_are_escaped() {
        for byte in 0..=u8::MAX {
            let mut written = Vec::new();
            escape_byte(byte, b'\'', |bytes| written.extend_from_slice(bytes));
            let expected: Vec<u8> = match byte {
                b'\'' | b'\\' => Vec::from([b'\\', byte]),
                b'\n' => b"\\n".to_vec(),
                b'\r' => b"\\r".to_vec(),
                b'\t' => b"\\t".to_vec(),
                0x20..0x7f => Vec::from([byte]),
                _ => alloc::format!("\\x{byte:02x}").into_bytes(),
            };
            assert_eq!(written, expected);
        }
    }
}
