//! Escapes in strings and bytes.

/// Unescapes the quoted piece that starts at `read` to `written` and behind, in the same text.
///
/// Returns where the piece ended, behind its closing quote, and where the next piece is to be written. None if it is
/// not closed, has an escape that does not exist, or, as bytes, a character that is not ASCII.
pub(super) fn unescape(
    text: &mut [u8],
    mut read: usize,
    mut written: usize,
    is_text: bool,
) -> Option<(usize, usize)> {
    let quote = *text.get(read)?;
    read += 1;
    // A triple quote would be an empty piece with another behind it; `repr` never writes one.
    if text.get(read..read + 2) == Some(&[quote, quote]) {
        return None;
    }
    loop {
        let byte = *text.get(read)?;
        read += 1;
        if byte == quote {
            return Some((read, written));
        }
        if byte == b'\n' || (!is_text && !byte.is_ascii()) {
            return None;
        }
        if byte != b'\\' {
            *text.get_mut(written)? = byte;
            written += 1;
            continue;
        }
        let letter = *text.get(read)?;
        read += 1;
        let (code, digits) = match letter {
            b'\n' => continue,
            b'n' => (0x0a, 0),
            b'r' => (0x0d, 0),
            b't' => (0x09, 0),
            b'a' => (0x07, 0),
            b'b' => (0x08, 0),
            b'f' => (0x0c, 0),
            b'v' => (0x0b, 0),
            b'\\' | b'\'' | b'"' => (u32::from(letter), 0),
            b'0'..=b'7' => {
                let rest = text.get(read..)?;
                let more = rest.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                read -= 1;
                (number(text.get(read..read + 1 + more)?, 8)?, 1 + more)
            }
            b'x' => (number(text.get(read..read + 2)?, 16)?, 2),
            b'u' if is_text => (number(text.get(read..read + 4)?, 16)?, 4),
            b'U' if is_text => (number(text.get(read..read + 8)?, 16)?, 8),
            // `\N{..}` names a character, and any other letter keeps its backslash in Python with a warning.
            _ => return None,
        };
        read += digits;
        if is_text {
            // Never longer than the escape: `\x80` is 4 bytes of text and 2 of UTF-8.
            let mut buffer = [0; 4];
            let utf8 = char::from_u32(code)?.encode_utf8(&mut buffer).as_bytes();
            text.get_mut(written..written + utf8.len())?.copy_from_slice(utf8);
            written += utf8.len();
        } else {
            *text.get_mut(written)? = u8::try_from(code).ok()?;
            written += 1;
        }
    }
}

fn number(digits: &[u8], base: u32) -> Option<u32> {
    digits.iter().try_fold(0u32, |number, digit| {
        number.checked_mul(base)?.checked_add(char::from(*digit).to_digit(base)?)
    })
}
