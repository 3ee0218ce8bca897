//! The log of frames that a board writes to its debugger.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;

use defmt_decoder::{DecodeError, Table};
use peers::{Board, Firmware, Machine, require_board};

use crate::{host, robot, wait_until_ready};

#[test]
fn frames_are_logged_through_defmt() {
    let Some(firmware) = peers::example("lm3s6965evb-defmt") else { return };
    let board = require_board!(Machine::Lm3s6965evb, Firmware::Elf(&firmware));
    let (mut board, [line]) = board.with(&["-semihosting-config", "enable=on,target=native"]).start();
    let mut output = board.take_output();
    let log = std::thread::spawn(move || {
        let table = Table::parse(&std::fs::read(firmware).unwrap()).unwrap().unwrap();
        let mut decoder = table.new_stream_decoder();
        let mut bytes = [0; 256];
        let mut lines = vec![];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            decoder.received(&bytes[..count]);
            loop {
                match decoder.decode() {
                    Ok(frame) => lines.push(frame.display_message().to_string()),
                    Err(DecodeError::UnexpectedEof) => break,
                    Err(DecodeError::Malformed) => panic!("malformed after {lines:?}"),
                }
            }
        }
        lines
    });
    let lines = log_of_a_call(board, &line, log);
    assert!(lines.iter().any(|line| line.contains("mult") && line.contains("1.5")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("multack") && line.contains('3')), "{lines:?}");
}

#[test]
fn frames_are_logged_through_log() {
    let board = require_board!(Machine::RiscvVirt, Firmware::Example("riscv-virt-log"));
    let (mut board, [line]) = board.with(&["-semihosting-config", "enable=on,target=native"]).start();
    let output = BufReader::new(board.take_output());
    let log = std::thread::spawn(move || output.lines().map_while(Result::ok).collect());
    let lines = log_of_a_call(board, &line, log);
    assert!(lines.iter().any(|line| line.contains("mult") && line.contains("1.5")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("multack") && line.contains('3')), "{lines:?}");
}

/// Makes a call, and returns the lines that the board has logged.
fn log_of_a_call(board: Board, line: &UnixStream, log: JoinHandle<Vec<String>>) -> Vec<String> {
    let mut talk = host(line).plain();
    wait_until_ready(&mut talk);
    robot(&mut talk).mult(1.5, 2.0).unwrap();
    // Once this call is answered, the one before has been logged.
    robot(&mut talk).imu().unwrap();
    board.kill();
    log.join().unwrap()
}
