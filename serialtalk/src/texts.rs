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
    let (mut start, mut left) = (0, number);
    for (at, byte) in texts.iter().enumerate() {
        if *byte == separator {
            if left == 0 {
                return texts.get(start..at).unwrap_or_default();
            }
            left -= 1;
            start = at + 1;
        }
    }
    if left == 0 { texts.get(start..).unwrap_or_default() } else { &[] }
}

/// The number of one of several texts that were joined.
#[inline(never)]
pub(crate) fn position(texts: &[u8], text: &[u8]) -> Option<usize> {
    let (mut rest, mut number) = (texts, 0);
    loop {
        if let Some([0, ..]) = rest.strip_prefix(text) {
            return Some(number);
        }
        let end = rest.iter().position(|byte| *byte == 0)?;
        rest = rest.get(end + 1..)?;
        number += 1;
    }
}
