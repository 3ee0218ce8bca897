//! A file on its way to a board: binary blocks, each acknowledged.

use core::ops::ControlFlow;

use serialtalk::repl::Conversation;

/// The character that the board prints when it is ready for a block.
pub(super) const ACK: u8 = 6;

/// The end that sends, of which the helper `receive` is the other.
///
/// The board prints the character ACK whenever it is ready for a block: four hexadecimal digits and as many bytes; a block of none
/// ends it. Bytes that would interrupt the program, or end a line of the raw prompt if it ended before its time, are
/// escaped.
pub(super) struct Upload<'u> {
    rest: &'u [u8],
    block: usize,
    out: Vec<u8>,
    sent: usize,
    done: usize,
    in_flight: usize,
    progress: &'u mut dyn FnMut(usize),
}

impl<'u> Upload<'u> {
    /// Sends `bytes` in blocks of at most `block` bytes. `progress` receives the number of acknowledged bytes.
    pub(super) fn new(bytes: &'u [u8], block: usize, progress: &'u mut dyn FnMut(usize)) -> Self {
        Self { rest: bytes, block, out: Vec::new(), sent: 0, done: 0, in_flight: 0, progress }
    }

    /// Puts the next block into `out`.
    fn fill(&mut self) {
        self.out.clear();
        self.out.extend_from_slice(b"0000");
        self.sent = 0;
        self.in_flight = 0;
        for byte in self.rest {
            let escaped = escaped(byte);
            if self.out.len() - 4 + escaped.len() > self.block {
                break;
            }
            self.out.extend_from_slice(escaped);
            self.in_flight += 1;
        }
        self.rest = &self.rest[self.in_flight..];
        let header = format!("{:04x}", self.out.len() - 4);
        self.out[..4].copy_from_slice(header.as_bytes());
    }
}

/// The bytes that are sent for a byte: an escape sequence if it would interrupt a program or end a line of the raw prompt.
pub(super) fn escaped(byte: &u8) -> &[u8] {
    match byte {
        3 => b"\x1bC",
        4 => b"\x1bD",
        0x1b => b"\x1b[",
        _ => core::slice::from_ref(byte),
    }
}

impl Conversation for Upload<'_> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        for _ in bytes.iter().filter(|byte| **byte == ACK) {
            if self.in_flight > 0 {
                self.done += self.in_flight;
                (self.progress)(self.done);
            }
            self.fill();
        }
        ControlFlow::Continue(())
    }

    fn input(&mut self) -> &[u8] {
        &self.out[self.sent..]
    }

    fn sent(&mut self, count: usize) {
        self.sent += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_follow_acknowledgements_and_hold_nothing_that_interrupts() {
        let mut done = Vec::new();
        let mut note = |count| done.push(count);
        let mut upload = Upload::new(b"ab\x03\x04\x1bc", 4, &mut note);
        let mut sent = Vec::new();
        for _ in 0..4 {
            assert_eq!(upload.input(), b"");
            let _ = upload.output(&[ACK]);
            sent.push(String::from_utf8(upload.input().to_vec()).unwrap());
            upload.sent(2);
            upload.sent(upload.out.len() - 2);
        }
        assert_eq!(sent, ["0004ab\x1bC", "0004\x1bD\x1b[", "0001c", "0000"]);
        assert_eq!(done, [3, 5, 6]);
    }
}
