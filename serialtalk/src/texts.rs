//! Several texts in one, each with a zero behind it: a number takes less flash than an address and a length wherever one
//! of them is named.

/// Joins texts.
pub(crate) const fn join<const LENGTH: usize>(texts: &[&str]) -> [u8; LENGTH] {
    let mut all = [0; LENGTH];
    let (mut text, mut length) = (0, 0);
    while text < texts.len() {
        let mut at = 0;
        while at < texts[text].len() {
            all[length] = texts[text].as_bytes()[at];
            (at, length) = (at + 1, length + 1);
        }
        (text, length) = (text + 1, length + 1);
    }
    all
}

/// The length of some texts when they are joined.
pub(crate) const fn joined_length(texts: &[&str]) -> usize {
    let (mut text, mut length) = (0, 0);
    while text < texts.len() {
        (text, length) = (text + 1, length + texts[text].len() + 1);
    }
    length
}

/// One of several texts with a separator between them; empty beyond the last one.
#[inline(never)]
pub(crate) fn nth(texts: &[u8], separator: u8, number: usize) -> &[u8] {
    let (mut rest, mut left) = (texts, number);
    loop {
        let end = rest.iter().position(|byte| *byte == separator).unwrap_or(rest.len());
        let Some((text, behind)) = rest.split_at_checked(end) else { return &[] };
        if left == 0 {
            return text;
        }
        let [_, behind @ ..] = behind else { return &[] };
        rest = behind;
        left -= 1;
    }
}

/// The number of one of several texts that were joined.
#[inline(never)]
pub(crate) fn position(texts: &[u8], text: &[u8]) -> Option<usize> {
    let (mut rest, mut number) = (texts, 0);
    loop {
        let end = rest.iter().position(|byte| *byte == 0)?;
        let (one, behind) = rest.split_at_checked(end)?;
        if one == text {
            return Some(number);
        }
        rest = behind.get(1..)?;
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_number_and_by_themselves() {
        const TEXTS: &[&str] = &["one", "", "three"];
        static JOINED: [u8; joined_length(TEXTS)] = join(TEXTS);
        for (number, text) in TEXTS.iter().enumerate() {
            assert_eq!(nth(&JOINED, 0, number), text.as_bytes());
            assert_eq!(position(&JOINED, text.as_bytes()), Some(number));
        }
        assert_eq!((nth(&JOINED, 0, 3), nth(&JOINED, 0, 9)), (&b""[..], &b""[..]));
        for other in [&b"on"[..], b"two", b"ones", b"one\0", b"one\0\0three", b"\0three"] {
            assert_eq!(position(&JOINED, other), None, "{other:?}");
        }
        assert_eq!([0, 1, 2].map(|number| nth(b"a,bc", b',', number)), [&b"a"[..], b"bc", b""]);
        assert_eq!(nth(b"", b',', 0), b"");
    }
}
