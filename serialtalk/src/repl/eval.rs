//! Values of expressions: printed by the board as Python literals, and decoded.

use core::ops::ControlFlow;

use super::conversation::Conversation;
use super::error::ReplError;
use super::script::Script;
use crate::codec::decode::{Decode, Decoder};

/// A program that prints the value of an expression, as a tuple of one element, on a line of its own.
pub(super) fn program<'a>(expression: Script<'a>) -> Script<'a> {
    let [_, code, _] = expression.parts;
    Script { parts: [b"print('\\n'+repr((", code, b"\n,)))"], ..expression }
}

/// Keeps the last line that is printed.
#[derive(Debug)]
pub(super) struct LastLine<B> {
    buffer: B,
    length: usize,
    is_complete: bool,
    is_too_long: bool,
}

/// Where a line is kept.
pub(super) trait LineBuffer {
    /// Writes the byte at the index `at`; returns whether there was room.
    fn put(&mut self, at: usize, byte: u8) -> bool;

    /// The first `length` bytes.
    fn first(&mut self, length: usize) -> &mut [u8];
}

impl<B: LineBuffer> LastLine<B> {
    pub(super) fn new(buffer: B) -> Self {
        Self { buffer, length: 0, is_complete: true, is_too_long: false }
    }

    fn put(&mut self, byte: u8) {
        if self.buffer.put(self.length, byte) {
            self.length += 1;
        } else {
            self.is_too_long = true;
        }
    }

    /// Decodes the value that was printed.
    pub(super) fn decode<T: for<'a> Decode<'a>, L>(mut self) -> Result<T, ReplError<L>> {
        if self.is_too_long {
            return Err(ReplError::TooLong(self.length));
        }
        let mut decoder = Decoder::of_literal(self.buffer.first(self.length));
        match (decoder.sole(), decoder.finish()) {
            (Ok(value), Ok(())) => Ok(value),
            _ => Err(ReplError::Value(decoder.cause().of_reply())),
        }
    }
}

impl<B: LineBuffer> Conversation for LastLine<B> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        for byte in bytes {
            if matches!(byte, b'\r' | b'\n') {
                self.is_complete = true;
                continue;
            }
            if core::mem::take(&mut self.is_complete) {
                self.length = 0;
                self.is_too_long = false;
            }
            self.put(*byte);
        }
        ControlFlow::Continue(())
    }
}

impl LineBuffer for &mut [u8] {
    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.get_mut(at).map(|place| *place = byte).is_some()
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.get_mut(..length).unwrap_or_default()
    }
}

#[cfg(feature = "alloc")]
impl LineBuffer for alloc::vec::Vec<u8> {
    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.truncate(at);
        self.push(byte);
        true
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.get_mut(..length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<T: for<'a> Decode<'a>>(printed: &[u8]) -> Result<T, ReplError<()>> {
        let mut buffer = [0; 12];
        let mut line = LastLine::new(&mut buffer[..]);
        let _ = line.output(printed);
        line.decode()
    }

    #[test]
    fn the_last_line_is_the_value() {
        assert_eq!(value::<u8>(b"\r\n(7,)\r\n"), Ok(7));
        assert_eq!(value::<u8>(b"something longer than the buffer\r\n(7,)"), Ok(7));
        assert_eq!(value::<(u8, u8)>(b"((1, 2),)\n"), Ok((1, 2)));
    }

    #[test]
    fn other_values_are_errors() {
        assert_eq!(value::<u8>(b"(1, 2, 3, 4, 5)"), Err(ReplError::TooLong(12)));
        assert!(matches!(value::<u8>(b"(300,)"), Err(ReplError::Value(_))));
        assert!(matches!(value::<u8>(b"(1, 2)"), Err(ReplError::Value(_))));
        assert!(matches!(value::<u8>(b"<f object>"), Err(ReplError::Value(_))));
        assert!(matches!(value::<u8>(b""), Err(ReplError::Value(_))));
    }
}
