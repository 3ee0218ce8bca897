//! Escapes in strings and bytes.

/// Unescapes the quoted piece that starts at `read` to `written` and behind, in the same text.
///
/// Returns where the piece ended, behind its closing quote, and where the next piece is to be written. None if it is
/// not closed, has an escape that does not exist, or, as bytes, a character that is not ASCII.
#[inline(never)]
pub(super) fn unescape(
    text: &mut [u8],
    mut read: usize,
    mut written: usize,
    is_text: bool,
) -> Option<(usize, usize)> {
    let quote = *text.get(read)?;
    read += 1;
    // A triple quote would be an empty piece with another behind it; `repr` never writes one.
    if text.get(read) == Some(&quote) && text.get(read + 1) == Some(&quote) {
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
        // The bits of a digit, and how many digits there are at least and at most.
        let (bits, least, most) = match letter {
            b'\n' => continue,
            b'0'..=b'7' => {
                read -= 1;
                (3, 1, 3)
            }
            b'x' => (4, 2, 2),
            b'u' if is_text => (4, 4, 4),
            b'U' if is_text => (4, 8, 8),
            _ => (0, 0, 0),
        };
        let mut code = if most > 0 { 0 } else { of_letter(letter)? };
        for place in 0..most {
            let digit = text.get(read).map_or(NO_DIGIT, |digit| digit_of(*digit));
            if digit >> bits != 0 {
                if place < least {
                    return None;
                }
                break;
            }
            code = code << bits | digit;
            read += 1;
        }
        // Never longer than the escape: `\x80` is 4 bytes of text and 2 of UTF-8.
        let mut more = 0;
        if is_text {
            more = u32::from(code >= 0x80) + u32::from(code >= 0x800) + u32::from(code >= 0x1_0000);
            if code >= 0x11_0000 || code >> 11 == 0xd800 >> 11 {
                return None;
            }
        } else if code > 0xff {
            return None;
        }
        let mut bits = code >> (6 * more);
        if more > 0 {
            bits |= 0xff00 >> (more + 1);
        }
        loop {
            *text.get_mut(written)? = bits as u8;
            written += 1;
            if more == 0 {
                break;
            }
            more -= 1;
            bits = 0x80 | (code >> (6 * more) & 0x3f);
        }
    }
}

/// What a letter behind a backslash stands for. `\N{..}` names a character, and any other letter keeps its backslash in
/// Python with a warning.
fn of_letter(letter: u8) -> Option<u32> {
    const LETTERS: &[u8] = b"abtnvfr";
    match letter {
        b'\\' | b'\'' | b'"' => Some(letter.into()),
        // From 7 on, in order.
        _ => LETTERS.iter().position(|known| *known == letter).map(|place| place as u32 + 7),
    }
}

/// More than the value of any digit.
const NO_DIGIT: u32 = 0xff;

/// The value of a hexadecimal digit; `NO_DIGIT` where it is none.
#[inline(never)]
pub(super) fn digit_of(byte: u8) -> u32 {
    let digit = match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => return NO_DIGIT,
    };
    digit.into()
}
