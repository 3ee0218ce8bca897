//! Texts in which a piece that occurs again is written once, at compile time.

/// The bytes that stand for signs: controls, so that they are told from letters at once.
pub(super) mod signs {
    /// `#`
    pub(crate) const INTEGER: u8 = 0;
    /// `@`
    pub(crate) const WORD: u8 = 1;
    /// `%`
    pub(crate) const CAME: u8 = 2;
    /// `=`
    pub(crate) const COUNT: u8 = 3;
    /// `$`
    pub(crate) const ARGUMENT: u8 = 4;
    /// `&`
    pub(crate) const NAME: u8 = 5;
}

/// The length of some texts when they are shortened and joined.
pub(super) const fn shortened_length(texts: &[&str]) -> usize {
    shorten::<4096>(texts).1
}

/// Joins texts, each behind a byte with its length; where a text has another in it, the number of that one stands there,
/// with the highest bit set.
pub(super) const fn shortened<const LENGTH: usize>(texts: &[&str]) -> [u8; LENGTH] {
    shorten::<LENGTH>(texts).0
}

const fn shorten<const LENGTH: usize>(texts: &[&str]) -> ([u8; LENGTH], usize) {
    assert!(texts.len() <= 128, "a number must fit seven bits");
    let mut all = [0; LENGTH];
    let (mut text, mut length) = (0, 0);
    while text < texts.len() {
        let bytes = texts[text].as_bytes();
        let start = length;
        length += 1;
        let mut at = 0;
        while at < bytes.len() {
            let part = longest_part(texts, bytes, at);
            if part < texts.len() {
                all[length] = 0x80 | part as u8;
                at += texts[part].len();
            } else {
                all[length] = coded(bytes[at]);
                at += 1;
            }
            length += 1;
        }
        all[start] = (length - start - 1) as u8;
        text += 1;
    }
    (all, length)
}

const fn coded(byte: u8) -> u8 {
    match byte {
        b'#' => signs::INTEGER,
        b'@' => signs::WORD,
        b'%' => signs::CAME,
        b'=' => signs::COUNT,
        b'$' => signs::ARGUMENT,
        b'&' => signs::NAME,
        b' '..=b'~' => byte,
        _ => panic!("other bytes stand for signs and texts"),
    }
}

/// The number of the longest text that stands `at` some place of another and saves anything there; the number of texts
/// if there is none.
const fn longest_part(texts: &[&str], whole: &[u8], at: usize) -> usize {
    let (mut text, mut found, mut longest) = (0, texts.len(), 1);
    while text < texts.len() {
        let part = texts[text].as_bytes();
        if part.len() > longest && part.len() < whole.len() && stands_at(part, whole, at) {
            (found, longest) = (text, part.len());
        }
        text += 1;
    }
    found
}

const fn stands_at(part: &[u8], whole: &[u8], at: usize) -> bool {
    let mut same = 0;
    while same < part.len() {
        if at + same >= whole.len() || whole[at + same] != part[same] {
            return false;
        }
        same += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_again_is_written_once() {
        const TEXTS: &[&str] = &["no text", "some text or text", "text", "me ", "e", "# =@"];
        const LENGTH: usize = shortened_length(TEXTS);
        let all: [u8; LENGTH] = shortened(TEXTS);
        assert_eq!(&all[..], b"\x04no \x82\x09so\x83\x82 or \x82\x04text\x03me \x01e\x04\0 \x03\x01");
    }
}
