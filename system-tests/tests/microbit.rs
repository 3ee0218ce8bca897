//! MicroPython on an emulated micro:bit.
#![cfg(unix)]

use std::io::{Read, Write};
use std::time::Duration;

use peers::{Firmware, Machine, require_board};

#[test]
fn the_raw_repl_runs_code() {
    let board = require_board!(Machine::Microbit, Firmware::MicroPython);
    let (_board, [mut line]) = board.start();
    line.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let read_until = |line: &mut std::os::unix::net::UnixStream, end: &[u8]| {
        let mut heard = vec![];
        let mut byte = [0];
        while !heard.ends_with(end) {
            line.read_exact(&mut byte)
                .unwrap_or_else(|error| panic!("{error} after {:?}", heard.escape_ascii()));
            heard.extend(byte);
        }
        heard
    };
    read_until(&mut line, b">>> ");
    line.write_all(b"\x01").unwrap();
    read_until(&mut line, b"raw REPL; CTRL-B to exit\r\n>");
    line.write_all(b"print(6*7)\x04").unwrap();
    assert_eq!(read_until(&mut line, b"\x04\x04>"), b"OK42\r\n\x04\x04>");
}
