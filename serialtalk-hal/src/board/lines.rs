//! A file on its way from a board: bytes literals, one in a line.

use core::ops::ControlFlow;

use serialtalk::reader::Reader;
use serialtalk::repl::Conversation;

/// The end that receives, of which the helper `read` is the other.
pub(super) struct Download<'d> {
    line: Vec<u8>,
    /// What has come so far; none once a line was no literal.
    pub(super) bytes: Option<Vec<u8>>,
    progress: &'d mut dyn FnMut(usize),
}

/// What makes a literal a payload.
const REPR: &[u8] = b"\x04repr";

impl<'d> Download<'d> {
    pub(super) fn new(progress: &'d mut dyn FnMut(usize)) -> Self {
        Self { line: REPR.to_vec(), bytes: Some(Vec::new()), progress }
    }

    fn end_line(&mut self) {
        if self.line.len() == REPR.len() {
            return;
        }
        let mut reader = Reader::new(&mut self.line);
        let data = reader.take_sole::<Vec<u8>>();
        let data = data.filter(|_| reader.finish(1).is_ok());
        self.line.truncate(REPR.len());
        match (&mut self.bytes, data) {
            (Some(bytes), Some(data)) => {
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
