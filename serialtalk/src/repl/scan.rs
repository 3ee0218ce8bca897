//! Finds the end of a program's output in what comes from the board.
//!
//! A raw REPL sends the output, 04, the text of an exception or nothing, 04, and `>`. Nothing keeps a program from
//! printing a 04 of its own, so each is looked at closely.

/// What the prompt says when Ctrl-A is pressed there, or the board enters raw mode.
pub(super) const BANNER: &[u8] = b"raw REPL; CTRL-B to exit\r\n>";

/// The end of what a board says when it has started, up to the prompt that is not raw.
pub(super) const STARTED: &[u8] = b"\" for more information.\r\n>>> ";

const END: u8 = 4;
const TRACEBACK: &[u8] = b"Traceback (most recent call last):";

/// What stands at the start of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    /// So many bytes of output, at least one.
    Output(usize),
    /// What looks like the end of the program, with an exception's text of so many bytes between the first and the last two.
    End { text: usize },
    /// A traceback that is longer than there is room for: so many bytes, from the second on, can be forgotten.
    Shorten(usize),
    /// Nothing can be said before there is more.
    Unclear,
}

/// Looks at what came; `is_full` says that there is no room for more.
pub(super) fn scan(bytes: &[u8], is_full: bool) -> Scanned {
    let Some(end) = bytes.iter().position(|byte| *byte == END) else { return output(bytes, is_full) };
    if end > 0 {
        return Scanned::Output(end);
    }
    let rest = bytes.get(1..).unwrap_or_default();
    let unclear = if is_full { Scanned::Output(1) } else { Scanned::Unclear };
    let text = rest.iter().position(|byte| *byte == END);
    let words = rest.get(..text.unwrap_or(rest.len())).unwrap_or_default();
    if !may_be_exception(words) {
        return Scanned::Output(1);
    }
    let Some(text) = text else {
        // Keeps the words that say that it is one, and the end, which says what it was.
        return match is_full && words.starts_with(TRACEBACK) {
            true => Scanned::Shorten(words.len().saturating_sub(TRACEBACK.len()) / 2),
            false => unclear,
        };
    };
    match rest.get(text + 1) {
        Some(b'>') => Scanned::End { text },
        Some(_) => Scanned::Output(text + 1),
        None => unclear,
    }
}

/// Where in `bytes` the text begins that can be forgotten of a traceback that is too long.
pub(super) const SHORTEN_AT: usize = 1 + TRACEBACK.len();

/// Output without a 04. A character that has not come to its end is left for later.
fn output(bytes: &[u8], is_full: bool) -> Scanned {
    match bytes.len() - unfinished(bytes) {
        0 if is_full => Scanned::Output(bytes.len()),
        0 => Scanned::Unclear,
        whole => Scanned::Output(whole),
    }
}

/// How many bytes at the end begin a character of UTF-8 that goes on.
fn unfinished(bytes: &[u8]) -> usize {
    for (behind, byte) in bytes.iter().rev().take(3).enumerate() {
        let length = match byte {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return 0,
        };
        return if behind + 1 < length { behind + 1 } else { 0 };
    }
    0
}

/// Whether these may be the first words of an exception: nothing, or text that begins with a name.
fn may_be_exception(words: &[u8]) -> bool {
    let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\r' | b'\n' | b'\t');
    words.first().is_none_or(|first| first.is_ascii_alphabetic() || *first == b'_')
        && words.iter().all(is_text)
}

/// Follows output to see whether a text is in it, in whatever pieces it comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    seen: usize,
}

impl Watch {
    pub(super) const fn new() -> Self {
        Self { seen: 0 }
    }

    /// Looks at the next piece; tells how many bytes of it were needed to complete the text.
    pub(super) fn follow(&mut self, text: &[u8], piece: &[u8]) -> Option<usize> {
        for (at, byte) in piece.iter().enumerate() {
            // Neither text has its first byte in it again, so what was seen before need not be looked at again.
            let is_next = text.get(self.seen) == Some(byte);
            self.seen = if is_next { self.seen + 1 } else { usize::from(text.first() == Some(byte)) };
            if self.seen == text.len() {
                self.seen = 0;
                return Some(at + 1);
            }
        }
        None
    }
}

/// Where what looks like the end of a program begins, if the bytes end with it.
pub(super) fn last_end(bytes: &[u8]) -> Option<usize> {
    let before = bytes.strip_suffix(b"\x04>")?;
    let start = before.iter().rposition(|byte| *byte == END)?;
    may_be_exception(before.get(start + 1..)?).then_some(start)
}

/// Where `text` is in `bytes`.
pub(super) fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes.windows(text.len()).position(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bytes: &[u8]) -> Scanned {
        scan(bytes, false)
    }

    #[test]
    fn output_is_passed_on_up_to_the_end() {
        assert_eq!(at(b"one\r\n"), Scanned::Output(5));
        assert_eq!(at(b"one\x04\x04>"), Scanned::Output(3));
        assert_eq!(at(b"\x04\x04>"), Scanned::End { text: 0 });
        assert_eq!(at(b"\x04Traceback\x04>x"), Scanned::End { text: 9 });
        assert_eq!(at(b"\x04MemoryError: \r\n\x04>"), Scanned::End { text: 15 });
        assert_eq!(at(b""), Scanned::Unclear);
    }

    #[test]
    fn the_end_is_waited_for() {
        for part in [&b"\x04"[..], b"\x04\x04", b"\x04Trace", b"\x04Traceback\x04"] {
            assert_eq!(at(part), Scanned::Unclear, "{part:?}");
            assert_eq!(scan(part, true), Scanned::Output(1), "{part:?}");
        }
    }

    #[test]
    fn a_04_of_the_program_is_output() {
        assert_eq!(at(b"\x04 more"), Scanned::Output(1));
        assert_eq!(at(b"\x04\x04x"), Scanned::Output(1));
        assert_eq!(at(b"\x04text\x04x"), Scanned::Output(5));
        assert_eq!(at(b"\x04te\x00xt"), Scanned::Output(1));
        assert_eq!(at(b"\x04\xff"), Scanned::Output(1));
    }

    #[test]
    fn characters_stay_whole() {
        assert_eq!(at("aé€".as_bytes()), Scanned::Output(6));
        assert_eq!(at(b"a\xc3"), Scanned::Output(1));
        assert_eq!(at(b"\xc3"), Scanned::Unclear);
        assert_eq!(at(b"a\xe2\x82"), Scanned::Output(1));
        assert_eq!(at(b"a\xf0\x9f\x98"), Scanned::Output(1));
        assert_eq!(at(b"\xf0\x9f\x98\x80"), Scanned::Output(4));
        assert_eq!(at(b"a\x80\x80\x80"), Scanned::Output(4));
        assert_eq!(scan(b"\xe2\x82", true), Scanned::Output(2));
    }

    #[test]
    fn a_long_traceback_is_shortened_behind_its_first_words() {
        let mut bytes = b"\x04Traceback (most recent call last):".to_vec();
        bytes.extend([b'x'; 100]);
        assert_eq!(at(&bytes), Scanned::Unclear);
        assert_eq!(scan(&bytes, true), Scanned::Shorten(50));
        assert_eq!(SHORTEN_AT, 35);
    }

    #[test]
    fn texts_are_found_across_pieces() {
        let mut watch = Watch::new();
        assert_eq!(watch.follow(BANNER, b"rrraw REPL; CTRL-B"), None);
        assert_eq!(watch.follow(BANNER, b" to exit\r\n>x"), Some(11));
        assert_eq!(watch.follow(STARTED, b"\"\r\n\" for more information.\r\n>>> "), Some(32));
        assert_eq!(find(b"abcabd", b"abd"), Some(3));
    }

    #[test]
    fn an_end_is_found_from_behind() {
        assert_eq!(last_end(b"x\x04\x04>"), Some(1));
        assert_eq!(last_end(b"x\x04\x04>y\x04Oops: \n\x04>"), Some(5));
        assert_eq!(last_end(b"x\x04 \x04>"), None);
        assert_eq!(last_end(b"x\x04>"), None);
        assert_eq!(last_end(b"x\x04\x04>y"), None);
    }
}
