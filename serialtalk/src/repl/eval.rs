//! Values of expressions: printed by the board as Python literals, and decoded.

use core::ops::ControlFlow;

use super::conversation::Conversation;
use super::error::ReplError;
use super::script::Script;
use crate::codec::decode::{Decode, Decoder};
#[cfg(feature = "alloc")]
use crate::rpc::text::Text;

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
    /// Whether a program that prints a line for which there is no room is to be interrupted.
    const INTERRUPTS: bool;

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

    /// Whether the program is to be interrupted. What it prints after that does not count.
    fn is_too_long_to_go_on(&self) -> bool {
        B::INTERRUPTS && self.is_too_long
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
            if self.is_too_long_to_go_on() {
                break;
            }
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
        if self.is_too_long_to_go_on() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl LineBuffer for &mut [u8] {
    const INTERRUPTS: bool = false;

    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.get_mut(at).map(|place| *place = byte).is_some()
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.get_mut(..length).unwrap_or_default()
    }
}

/// A buffer that grows up to a limit.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub(super) struct Growing {
    bytes: alloc::vec::Vec<u8>,
    limit: u32,
}

#[cfg(feature = "alloc")]
impl Growing {
    pub(super) fn new(limit: u32) -> Self {
        Self { bytes: alloc::vec::Vec::new(), limit }
    }
}

#[cfg(feature = "alloc")]
impl LineBuffer for Growing {
    const INTERRUPTS: bool = true;

    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.bytes.truncate(at);
        let has_room = at < usize::try_from(self.limit).unwrap_or(usize::MAX);
        if has_room {
            self.bytes.push(byte);
        }
        has_room
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.bytes.get_mut(..length).unwrap_or_default()
    }
}

#[cfg(feature = "alloc")]
impl LastLine<Growing> {
    /// What became of the program: it was interrupted if a line was too long, and that is then the error.
    pub(super) fn check<L>(&self, outcome: Result<(), ReplError<L>>) -> Result<(), ReplError<L>> {
        let has_ended = matches!(
            &outcome,
            Ok(()) | Err(ReplError::Raised(_) | ReplError::TimedOut { stopped: true, .. })
        );
        if !self.is_too_long_to_go_on() || !has_ended {
            return outcome;
        }
        let Growing { bytes, limit } = &self.buffer;
        let start = bytes.get(..START).unwrap_or(bytes);
        Err(ReplError::LineTooLong { limit: *limit, start: Text::from_bytes(start) })
    }
}

/// How many bytes of a line that is too long are kept for the error.
#[cfg(feature = "alloc")]
const START: usize = 60;

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

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

    #[cfg(feature = "alloc")]
    #[test]
    fn a_line_grows_up_to_its_limit() {
        let mut line = LastLine::new(Growing::new(8));
        assert_eq!(line.output(b"12345678\r\n\r\n(12345,)\r\n"), ControlFlow::Continue(()));
        assert_eq!(line.check::<Infallible>(Ok(())), Ok(()));
        assert_eq!(line.decode::<u16, Infallible>(), Ok(12345));
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn a_line_beyond_its_limit_ends_the_program_and_is_kept_no_further() {
        use alloc::string::ToString;
        let mut line = LastLine::new(Growing::new(8));
        assert_eq!(line.output(b"(1,)\n12345678"), ControlFlow::Continue(()));
        for more in [&b"9"[..], b"more and more", b"\n(1,)"] {
            assert_eq!(line.output(more), ControlFlow::Break(()));
        }
        assert_eq!(line.buffer.bytes, b"12345678");
        let too_long = ReplError::LineTooLong { limit: 8, start: "12345678".into() };
        let interrupted = ReplError::TimedOut { waited_ms: 1, stopped: true };
        for outcome in [Ok(()), Err(interrupted)] {
            assert_eq!(line.check::<Infallible>(outcome), Err(too_long.clone()));
        }
        // Who has to know that the board does not answer any more would not learn it from this.
        let lost = ReplError::TimedOut { waited_ms: 1, stopped: false };
        assert_eq!(line.check::<Infallible>(Err(lost.clone())), Err(lost));
        assert_eq!(
            too_long.to_string(),
            "the board printed a line of more than 8 bytes, which begins with \"12345678\", and was interrupted; \
             let it print shorter lines and values, or raise the limit with `set_line_limit`"
        );
    }
}
