//! Serves one frame of `mult` and prints which functions it enters, from the last byte of the request to the first byte of
//! the reply: a line `ADDRESS FRAME` for each, in hexadecimal, after a line with the address of `mcount`.
//!
//! `cargo xtask path` builds it so that every function calls `mcount` when it is entered and none is inlined, and finds the
//! names. Built in any other way it prints none.

mod trace;

use std::convert::Infallible;

use serialtalk::SerialTalk;
use serialtalk::embedded_io::{ErrorType, Read, ReadReady, Write};

/// What is served.
#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    fn led(&mut self, hue: u16);
}

/// Calculates.
struct MyRobot;

impl Robot for MyRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.1, 9.8)
    }

    fn led(&mut self, _hue: u16) {}
}

/// `mult(5.9, 94.0)` as a peer sends it.
const REQUEST: &[u8] = b"<\x10\x04mult\x022f\xcd\xcc\xbc\x40\0\0\xbc\x42>";
const REPLY: &[u8] = b"<\x0e\x07multack\x01f\x67\xa6\x0a\x44>";

/// A line that brings the request in two pieces, the last byte alone.
#[derive(Default)]
struct Line {
    received: usize,
    sent: Vec<u8>,
}

impl ErrorType for Line {
    type Error = Infallible;
}

impl ReadReady for Line {
    fn read_ready(&mut self) -> Result<bool, Infallible> {
        Ok(self.received < REQUEST.len())
    }
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        let last = REQUEST.len() - 1;
        let piece = if self.received < last { &REQUEST[..last] } else { &REQUEST[last..] };
        buffer[..piece.len()].copy_from_slice(piece);
        self.received += piece.len();
        if self.received == REQUEST.len() {
            trace::start();
        }
        Ok(piece.len())
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        trace::stop();
        self.sent.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

fn main() {
    let mut talk = SerialTalk::new(Line::default(), || 0).serve(RobotServer::new(MyRobot));
    while talk.link_mut().sent.len() < REPLY.len() {
        talk.process().expect("a line that cannot fail");
    }
    assert_eq!(talk.link_mut().sent, REPLY);
    trace::print();
}
