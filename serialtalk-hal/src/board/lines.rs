//! Receives a file from a board: bytes literals, one on each line.

use core::ops::ControlFlow;

use serialtalk::Decoder;
use serialtalk::repl::Conversation;

/// The host's side of the helper `read`.
pub(super) struct Download<'d> {
    /// A payload that is the line so far.
    line: Vec<u8>,
    /// The bytes received so far; `None` once a line was not a bytes literal.
    pub(super) bytes: Option<Vec<u8>>,
    progress: &'d mut dyn FnMut(usize),
}

/// The header of a payload that is a literal.
const HEADER: &[u8] = b"\x04repr";

impl<'d> Download<'d> {
    pub(super) fn new(progress: &'d mut dyn FnMut(usize)) -> Self {
        Self { line: HEADER.to_vec(), bytes: Some(Vec::new()), progress }
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
            (Some(bytes), Ok(data)) => {
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
                _ => self.line.push(*byte),
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
        let mut download = Download::new(&mut note);
        for piece in [&b"b'a"[..], b"\\x00\\''\r\nb\"b'\"", b"\r\n"] {
            let _ = download.output(piece);
        }
        assert_eq!(download.bytes.as_deref(), Some(&b"a\0'b'"[..]));
        let _ = download.output(b"noise\r\n");
        assert_eq!(download.bytes, None);
        assert_eq!(done, [3, 5]);
    }
}
