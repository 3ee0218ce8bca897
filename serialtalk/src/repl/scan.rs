//! Finds the end of a program's output in the bytes from the board.
//!
//! A raw REPL sends the output, 04, the text of an exception or nothing, 04, and `>`. A program may print 04 itself, so
//! each 04 is examined.

/// What the board sends when it enters raw mode, or when its raw prompt receives a Ctrl-A.
pub(super) const BANNER: &[u8] = b"raw REPL; CTRL-B to exit\r\n>";

/// The prompt that people use.
pub(super) const FRIENDLY_PROMPT: &[u8] = b">>> ";

/// The end of what a board sends when it has started, up to the friendly prompt.
pub(super) const STARTED: &[u8] = b"\" for more information.\r\n>>> ";

const END: u8 = 4;

/// How much longer the end of a program is than the text of its exception: 04, 04 and `>`.
pub(super) const END_LENGTH: usize = 3;

/// How the text of most exceptions begins.
const TRACEBACK: &[u8] = b"Traceback (most recent call last):";

/// What the bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    /// Output: this many bytes, at least one.
    Output(usize),
    /// The apparent end of the program; the text of the exception has this many bytes, and follows the first byte.
    End { text: usize },
    /// A traceback that is longer than the buffer: this many bytes, from [`SHORTEN_AT`] on, are to be dropped.
    Shorten(usize),
    /// More bytes are needed.
    Incomplete,
}

/// Classifies the first bytes; `is_full` says that there is no room for more.
pub(super) fn scan(bytes: &[u8], is_full: bool) -> Scanned {
    let Some(end) = bytes.iter().position(|byte| *byte == END) else { return output(bytes, is_full) };
    if end > 0 {
        return Scanned::Output(end);
    }
    let rest = bytes.get(1..).unwrap_or_default();
    let incomplete = if is_full { Scanned::Output(1) } else { Scanned::Incomplete };
    let text = rest.iter().position(|byte| *byte == END);
    let words = rest.get(..text.unwrap_or(rest.len())).unwrap_or_default();
    if !may_be_exception(words) {
        return Scanned::Output(1);
    }
    let Some(text) = text else {
        // Keeps the first words, by which it is recognised, and the end, which names the exception.
        return match is_full && words.starts_with(TRACEBACK) {
            true => Scanned::Shorten(words.len().saturating_sub(TRACEBACK.len()) / 2),
            false => incomplete,
        };
    };
    match rest.get(text + 1) {
        Some(b'>') => Scanned::End { text },
        Some(_) => Scanned::Output(text + 1),
        None => incomplete,
    }
}

/// The index from which a traceback that is too long is shortened.
pub(super) const SHORTEN_AT: usize = 1 + TRACEBACK.len();

/// Classifies bytes without a 04. An incomplete character at the end is left for later.
fn output(bytes: &[u8], is_full: bool) -> Scanned {
    match bytes.len() - unfinished(bytes) {
        0 if is_full => Scanned::Output(bytes.len()),
        0 => Scanned::Incomplete,
        whole => Scanned::Output(whole),
    }
}

/// How many bytes at the end belong to an incomplete UTF-8 character.
fn unfinished(bytes: &[u8]) -> usize {
    for (following, byte) in bytes.iter().rev().take(3).enumerate() {
        let length = match byte {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xbf => continue,
            _ => return 0,
        };
        return if following + 1 < length { following + 1 } else { 0 };
    }
    0
}

/// Whether the text of an exception may begin like this: with nothing, or with a name. Any character may follow in its message.
fn may_be_exception(words: &[u8]) -> bool {
    words.first().is_none_or(|first| first.is_ascii_alphabetic() || *first == b'_')
}

/// Searches for a text in output that arrives in pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    seen: usize,
}

impl Watch {
    pub(super) const fn new() -> Self {
        Self { seen: 0 }
    }

    /// Searches the next piece; returns how many of its bytes were needed to complete the text.
    pub(super) fn follow(&mut self, text: &[u8], piece: &[u8]) -> Option<usize> {
        for (at, byte) in piece.iter().enumerate() {
            // In neither text does the first byte occur twice, so a mismatch never has to be searched again.
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

/// The index at which an apparent end of a program begins, if the bytes end with one.
pub(super) fn last_end(bytes: &[u8]) -> Option<usize> {
    let before = bytes.strip_suffix(b"\x04>")?;
    let start = before.iter().rposition(|byte| *byte == END)?;
    may_be_exception(before.get(start + 1..)?).then_some(start)
}

/// The index of `text` in `bytes`.
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
    fn output_extends_to_the_end() {
        assert_eq!(at(b"one\r\n"), Scanned::Output(5));
        assert_eq!(at(b"one\x04\x04>"), Scanned::Output(3));
        assert_eq!(at(b"\x04\x04>"), Scanned::End { text: 0 });
        assert_eq!(at(b"\x04Traceback\x04>x"), Scanned::End { text: 9 });
        assert_eq!(at(b"\x04MemoryError: \r\n\x04>"), Scanned::End { text: 15 });
        assert_eq!(at(b"\x04OSError: \x1b\x00\xff\r\n\x04>"), Scanned::End { text: 14 });
        assert_eq!(at(b""), Scanned::Incomplete);
    }

    #[test]
    fn an_incomplete_end_needs_more_bytes() {
        for part in [&b"\x04"[..], b"\x04\x04", b"\x04Trace", b"\x04Traceback\x04"] {
            assert_eq!(at(part), Scanned::Incomplete, "{part:?}");
            assert_eq!(scan(part, true), Scanned::Output(1), "{part:?}");
        }
    }

    #[test]
    fn a_04_that_the_program_prints_is_output() {
        assert_eq!(at(b"\x04 more"), Scanned::Output(1));
        assert_eq!(at(b"\x04\x04x"), Scanned::Output(1));
        assert_eq!(at(b"\x04text\x04x"), Scanned::Output(5));
        assert_eq!(at(b"\x04\x00text"), Scanned::Output(1));
        assert_eq!(at(b"\x04\xff"), Scanned::Output(1));
    }

    #[test]
    fn characters_are_not_split() {
        assert_eq!(at("aé€".as_bytes()), Scanned::Output(6));
        assert_eq!(at(b"a\xc3"), Scanned::Output(1));
        assert_eq!(at(b"\xc3"), Scanned::Incomplete);
        assert_eq!(at(b"a\xe2\x82"), Scanned::Output(1));
        assert_eq!(at(b"a\xf0\x9f\x98"), Scanned::Output(1));
        assert_eq!(at(b"\xf0\x9f\x98\x80"), Scanned::Output(4));
        assert_eq!(at(b"a\x80\x80\x80"), Scanned::Output(4));
        assert_eq!(scan(b"\xe2\x82", true), Scanned::Output(2));
    }

    #[test]
    fn a_long_traceback_is_shortened_after_its_first_words() {
        let mut bytes = b"\x04Traceback (most recent call last):".to_vec();
        bytes.extend([b'x'; 100]);
        assert_eq!(at(&bytes), Scanned::Incomplete);
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
    fn the_last_end_is_found() {
        assert_eq!(last_end(b"x\x04\x04>"), Some(1));
        assert_eq!(last_end(b"x\x04\x04>y\x04Oops: \n\x04>"), Some(5));
        assert_eq!(last_end(b"x\x04 \x04>"), None);
        assert_eq!(last_end(b"x\x04>"), None);
        assert_eq!(last_end(b"x\x04\x04>y"), None);
    }
}
