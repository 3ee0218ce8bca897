//! Values of expressions: printed by the board as a reply would carry them, read as one.

use core::convert::Infallible;
use core::ops::ControlFlow;

use super::conversation::Conversation;
use super::error::ReplError;
use super::script::Script;
use crate::outcome::{NoValue, Outcome};
use crate::payload::REPR;
use crate::value::Decode;

/// A program that prints the value of an expression on a line of its own.
pub(super) fn script<'a>(expression: Script<'a>) -> Script<'a> {
    let [_, code, _] = expression.parts;
    Script { parts: [b"print('\\n'+repr((", code, b"\n,)))"], ..expression }
}

/// Keeps the last line that is printed, in the form of a payload.
#[derive(Debug)]
pub(super) struct Answer<R> {
    room: R,
    length: usize,
    line_is_over: bool,
    is_too_long: bool,
}

/// Where an answer goes.
pub(super) trait Room {
    /// Puts a byte at its place; tells whether there was room.
    fn put(&mut self, at: usize, byte: u8) -> bool;

    /// The first so many bytes.
    fn first(&mut self, length: usize) -> &mut [u8];
}

impl<R: Room> Answer<R> {
    pub(super) fn new(room: R) -> Self {
        Self { room, length: 0, line_is_over: true, is_too_long: false }
    }

    fn put(&mut self, byte: u8) {
        if self.room.put(self.length, byte) {
            self.length += 1;
        } else {
            self.is_too_long = true;
        }
    }

    /// Reads the value.
    pub(super) fn read<T: for<'a> Decode<'a>, L>(mut self) -> Result<T, ReplError<L>> {
        if self.is_too_long {
            return Err(ReplError::TooLong(self.length));
        }
        let payload = self.room.first(self.length);
        match Outcome::<T, Infallible>::VALUE.read(payload, false) {
            Ok(value) => Ok(value),
            Err(NoValue::Bad(problem)) => Err(ReplError::Value(problem)),
            // Only error replies hold those.
            Err(NoValue::Refused(_)) => Err(ReplError::Restarted),
            Err(NoValue::Failed(never)) => match never {},
        }
    }
}

impl<R: Room> Conversation for Answer<R> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        for byte in bytes {
            if matches!(byte, b'\r' | b'\n') {
                self.line_is_over = true;
                continue;
            }
            if core::mem::take(&mut self.line_is_over) {
                self.length = 0;
                self.is_too_long = false;
                REPR.iter().for_each(|byte| self.put(*byte));
            }
            self.put(*byte);
        }
        ControlFlow::Continue(())
    }
}

impl Room for &mut [u8] {
    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.get_mut(at).map(|place| *place = byte).is_some()
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.get_mut(..length).unwrap_or_default()
    }
}

#[cfg(feature = "alloc")]
impl Room for alloc::vec::Vec<u8> {
    fn put(&mut self, at: usize, byte: u8) -> bool {
        self.truncate(at);
        self.push(byte);
        true
    }

    fn first(&mut self, length: usize) -> &mut [u8] {
        self.get_mut(..length).unwrap_or_default()
    }
}
