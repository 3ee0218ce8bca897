//! Receives a file from a board: bytes literals, one on each line.

use core::ops::ControlFlow;

use serialtalk::Decoder;
use serialtalk::repl::Conversation;

/// The host's side of the helper `read`.
pub(super) struct Download<'d> {
    /// A payload that is the line so far.
    line: Vec<u8>,
    /// The bytes received so far; `None` once a line was not a bytes literal, or there was more than was announced.
    pub(super) bytes: Option<Vec<u8>>,
    total: usize,
    longest_line: usize,
    progress: &'d mut dyn FnMut(usize),
}

/// The header of a payload that is a literal.
const HEADER: &[u8] = b"\x04repr";

impl<'d> Download<'d> {
    /// Receives at most `total` bytes in blocks of at most `block`. `progress` is told how many have arrived.
    pub(super) fn new(total: usize, block: usize, progress: &'d mut dyn FnMut(usize)) -> Self {
        // A byte is four characters at most, as in b'\x00'.
        let longest_line = HEADER.len() + block * 4 + "b''".len();
        Self { line: HEADER.to_vec(), bytes: Some(Vec::new()), total, longest_line, progress }
    }

    fn end_line(&mut self) {
        if self.line.len() == HEADER.len() {
            return;
        }
        let mut decoder = Decoder::new(&mut self.line);
        let data = decoder.sole::<Vec<u8>>();
        let data = data.and_then(|data| decoder.finish().map(|()| data));
        self.line.truncate(HEADER.len());
        match (&mut self.bytes, data) {
            (Some(bytes), Ok(data)) if data.len() <= self.total - bytes.len() => {
                bytes.extend(data);
                (self.progress)(bytes.len());
            }
            _ => self.bytes = None,
        }
    }
}

impl Conversation for Download<'_> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        for byte in bytes {
            match byte {
                b'\n' => self.end_line(),
                b'\r' => {}
                _ if self.line.len() < self.longest_line => self.line.push(*byte),
                _ => self.bytes = None,
            }
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_put_together() {
        let mut done = Vec::new();
        let mut note = |count| done.push(count);
        let mut download = Download::new(5, 10, &mut note);
        for piece in [&b"b'a"[..], b"\\x00\\''\r\nb\"b'\"", b"\r\n"] {
            let _ = download.output(piece);
        }
        assert_eq!(download.bytes.as_deref(), Some(&b"a\0'b'"[..]));
        let _ = download.output(b"noise\r\n");
        assert_eq!(download.bytes, None);
        assert_eq!(done, [3, 5]);
    }

    #[test]
    fn no_more_is_kept_than_was_announced() {
        let mut note = |_| {};
        let mut download = Download::new(5, 4, &mut note);
        let _ = download.output(b"b'\\x00\\x00\\x00\\x00'\r\n");
        assert_eq!(download.bytes.as_deref(), Some(&[0; 4][..]));
        let _ = download.output(b"b'12'\n");
        assert_eq!(download.bytes, None);

        let mut note = |_| {};
        let mut download = Download::new(1_000_000, 4, &mut note);
        for _ in 0..1000 {
            let _ = download.output(b"a line that does not end");
        }
        assert_eq!(download.bytes, None);
        assert_eq!(download.line.len(), download.longest_line);
    }
}
