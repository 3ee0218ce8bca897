//! The head of a frame: `<`, LEN, NC and the name. Nothing else knows them, nor the suffixes of replies.

/// The first byte of every frame.
pub(super) const START: u8 = b'<';
/// The last byte of every frame.
const END: u8 = b'>';

/// Written for LEN until [`close`] knows it.
pub(super) const LEN_LATER: u8 = 0;

/// The size of `<`, LEN and NC in bytes.
pub(super) const FIXED: usize = 3;

/// How many bytes of a frame LEN does not count: `<`, LEN itself and `>`.
pub(super) const LEN_EXCLUDES: usize = 3;

/// The largest value of the length byte, which counts NC, the name and the payload.
pub(crate) const MAX_LEN: usize = 255;

/// The largest frame in bytes, from `<` to `>`.
pub const MAX_FRAME: usize = MAX_LEN + LEN_EXCLUDES;

/// The smallest buffer for frames in bytes: it holds every frame that the endpoint sends by itself.
pub const MIN_BUFFER: usize = 32;

/// How the name of a reply ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    /// `ack`: the payload is the command's value.
    Ack,
    /// `err`: the payload says why there is no value.
    Err,
}

impl Suffix {
    /// The suffix as it is written.
    pub const fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Ack => b"ack",
            Self::Err => b"err",
        }
    }

    /// The suffix of the name of a reply.
    pub(crate) fn of_name(name: &[u8]) -> Self {
        if name.ends_with(Self::Err.as_bytes()) { Self::Err } else { Self::Ack }
    }

    /// The suffix of a frame that replies to the command `awaited`; `None` if the frame is something else.
    pub fn of_reply(wire_name: &[u8], awaited: &[u8]) -> Option<Self> {
        match wire_name.strip_prefix(awaited)? {
            b"ack" => Some(Self::Ack),
            b"err" => Some(Self::Err),
            _ => None,
        }
    }
}

/// The name of the command if `wire_name` is that of a reply.
pub(crate) const fn strip_reply_suffix(wire_name: &[u8]) -> Option<&[u8]> {
    match wire_name {
        [command @ .., b'a', b'c', b'k'] | [command @ .., b'e', b'r', b'r'] => Some(command),
        _ => None,
    }
}

/// What a frame says about itself before its payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head<'a> {
    /// The name of the command.
    pub name: &'a [u8],
    /// The suffix of a reply; `None` in a command.
    pub suffix: Option<Suffix>,
}

impl<'a> Head<'a> {
    /// The head of a command.
    pub const fn command(name: &'a [u8]) -> Self {
        Self { name, suffix: None }
    }

    /// The head of a reply to a command.
    pub const fn reply(name: &'a [u8], suffix: Suffix) -> Self {
        Self { name, suffix: Some(suffix) }
    }
}

/// What the first bytes of a stream are.
pub(super) enum ScanResult {
    /// A whole frame, of this size in bytes.
    Frame { name_len: u8, size: usize },
    /// The start of what may become a frame.
    Partial,
    /// The first byte does not start a frame.
    NoFrame,
}

/// Looks for a frame at the start of `bytes`. `skipped` bytes are missing before its closing byte.
pub(super) fn scan(bytes: &[u8], skipped: usize) -> ScanResult {
    let (name_len, len) = match *bytes {
        [START, len, name_len, ..] if name_len < len => (name_len, len),
        [START] | [START, _] => return ScanResult::Partial,
        _ => return ScanResult::NoFrame,
    };
    let size = usize::from(len) + LEN_EXCLUDES;
    match bytes.get(size - 1 - skipped) {
        Some(&END) => ScanResult::Frame { name_len, size },
        Some(_) => ScanResult::NoFrame,
        None => ScanResult::Partial,
    }
}

/// The name and the payload of one whole frame.
pub(crate) fn split(frame: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, rest) = frame.split_first_chunk::<FIXED>()?;
    let (_end, bytes) = rest.split_last()?;
    bytes.split_at_checked(head[2].into())
}

/// Writes LEN and `>` into a frame of at most [`MAX_FRAME`](super::MAX_FRAME) bytes that is complete otherwise.
pub(super) fn close(frame: &mut [u8]) {
    let len = frame.len().saturating_sub(LEN_EXCLUDES) as u8;
    if let [_start, len_byte, .., end] = frame {
        *len_byte = len;
        *end = END;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_known_by_the_command_that_awaits_it() {
        for (wire_name, awaited, suffix) in [
            (&b"multack"[..], &b"mult"[..], Some(Suffix::Ack)),
            (b"multerr", b"mult", Some(Suffix::Err)),
            (b"mult", b"mult", None),
            (b"multack", b"mul", None),
            (b"multackerr", b"mult", None),
            (b"multackerr", b"multack", Some(Suffix::Err)),
            (b"ack", b"", Some(Suffix::Ack)),
            (b"", b"mult", None),
        ] {
            assert_eq!(Suffix::of_reply(wire_name, awaited), suffix, "{wire_name:?} to {awaited:?}");
        }
    }

    #[test]
    fn a_reply_suffix_is_stripped_once() {
        for (wire_name, command) in [
            (&b"multack"[..], Some(&b"mult"[..])),
            (b"multerr", Some(b"mult")),
            (b"multackerr", Some(b"multack")),
            (b"err", Some(b"")),
            (b"mult", None),
            (b"ck", None),
            (b"", None),
        ] {
            assert_eq!(strip_reply_suffix(wire_name), command, "{wire_name:?}");
        }
    }
}
