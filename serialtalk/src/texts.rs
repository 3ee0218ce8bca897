//! Several texts in one, each behind a byte with its length: a number takes less flash than an address and a length
//! wherever one of them is named, and all of them are searched by stepping over what is not meant.

/// Joins texts, of which none has more than 255 bytes.
pub(crate) const fn join<const LENGTH: usize>(texts: &[&str]) -> [u8; LENGTH] {
    let mut all = [0; LENGTH];
    let (mut text, mut length) = (0, 0);
    while text < texts.len() {
        let bytes = texts[text].as_bytes();
        assert!(bytes.len() <= 255, "a text is too long");
        all[length] = bytes.len() as u8;
        length += 1;
        let mut at = 0;
        while at < bytes.len() {
            all[length] = bytes[at];
            (at, length) = (at + 1, length + 1);
        }
        text += 1;
    }
    all
}

/// The length of some texts when they are joined.
pub(crate) const fn joined_length(texts: &[&str]) -> usize {
    let (mut text, mut length) = (0, 0);
    while text < texts.len() {
        (text, length) = (text + 1, length + 1 + texts[text].len());
    }
    length
}

/// One of several texts that were joined; empty beyond the last one.
#[inline(never)]
pub fn nth(texts: &[u8], number: usize) -> &[u8] {
    let (mut rest, mut left) = (texts, number);
    loop {
        let Some((text, behind)) = split(rest) else { return &[] };
        if left == 0 {
            return text;
        }
        rest = behind;
        left -= 1;
    }
}

/// The number of a text that is none of those that were joined: more than that of any.
pub(crate) const NONE: usize = usize::MAX;

/// The number of one of several texts that were joined; [`NONE`] if it is none of them. A number alone, for there is little
/// to ask of it where only the first few matter.
#[inline(never)]
pub(crate) fn position(texts: &[u8], text: &[u8]) -> usize {
    let (mut rest, mut number) = (texts, 0);
    loop {
        let Some((known, behind)) = split(rest) else { return NONE };
        // Byte by byte: for short texts that is less than linking, and calling, `memcmp`.
        if known.len() == text.len() && known.iter().zip(text).all(|(known, byte)| known == byte) {
            return number;
        }
        rest = behind;
        number += 1;
    }
}

/// The first text, and what follows it.
#[inline(always)]
fn split(texts: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = texts.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_number_and_by_themselves() {
        const TEXTS: &[&str] = &["one", "", "three"];
        static JOINED: [u8; joined_length(TEXTS)] = join(TEXTS);
        assert_eq!(&JOINED, b"\x03one\0\x05three");
        for (number, text) in TEXTS.iter().enumerate() {
            assert_eq!(nth(&JOINED, number), text.as_bytes());
            assert_eq!(position(&JOINED, text.as_bytes()), number);
        }
        assert_eq!((nth(&JOINED, 3), nth(&JOINED, 9), nth(b"", 0)), (&b""[..], &b""[..], &b""[..]));
        for other in [&b"on"[..], b"two", b"ones", b"one\0", b"\x03one", b"\0\x05thr"] {
            assert_eq!(position(&JOINED, other), NONE, "{other:?}");
        }
    }
}
