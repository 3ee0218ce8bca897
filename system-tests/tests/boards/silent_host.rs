//! A host that answers nothing does not hold up a board for longer than the board's author has allowed.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use onboard::HOST_MS;
use peers::{Board, Firmware, Machine};
use serialtalk::Caller as _;

use crate::load::request;
use crate::{LM3S6965, host, read, robot};

/// What a turn of a main loop takes without its calls of the host, in microseconds.
const TURN_US: u32 = 5_000;

/// Starts a board by a clock that counts instructions: what it measures depends little on this machine.
fn start(firmware: &str) -> Option<(Board, UnixStream)> {
    let board = Machine::Lm3s6965evb.board(Firmware::Example(firmware))?;
    let (board, [line]) = board.with(&["-icount", "shift=6,sleep=off"]).start();
    host(&line).ready(60_000).unwrap();
    Some((board, line))
}

/// Calls a command without arguments, and passes over everything but its reply. Returns the payload of that.
fn call(line: &mut UnixStream, name: &str) -> Vec<u8> {
    line.write_all(&request(name.as_bytes(), b"\x01z")).unwrap();
    loop {
        let [b'<', length] = read(line, 2)[..] else { panic!("no frame") };
        let mut frame = read(line, usize::from(length) + 1);
        assert_eq!(frame.pop(), Some(b'>'));
        let payload = frame.split_off(1 + usize::from(frame[0]));
        if frame[1..] == *[name, "ack"].concat().as_bytes() {
            return payload;
        }
    }
}

/// The longest turn of the main loop since the last call, in microseconds.
fn longest_gap(line: &mut UnixStream) -> u32 {
    match call(line, "dbg longest_gap")[..] {
        [1, b'I', a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
        ref other => panic!("{other:?}"),
    }
}

/// The emulator's clock jumps while this machine is busy, so it is measured until it is as short as it must be.
#[track_caller]
fn assert_at_most(most_us: u32, mut measure: impl FnMut() -> u32) {
    let mut gaps = (0..10).map(|_| measure()).inspect(|gap| println!("the longest turn took {gap} µs"));
    assert!(gaps.any(|gap| gap <= most_us), "longer than {most_us} µs each time");
}

#[test]
fn a_call_takes_as_long_as_the_board_allows() {
    let Some((_board, mut line)) = start(LM3S6965.firmware) else { return };
    robot(host(&line)).led(99).unwrap();
    assert_at_most(HOST_MS * 1000 + TURN_US, || {
        longest_gap(&mut line);
        call(&mut line, "dbg ask");
        // Commands are served while the board waits for its host, which it does until a clock of milliseconds says so.
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let gap = longest_gap(&mut line);
            if gap > (HOST_MS - 1) * 1000 {
                break gap;
            }
            assert!(Instant::now() < deadline, "the board has not waited for its host");
        }
    });
    let imu = robot(host(&line)).imu().unwrap();
    assert_eq!(imu.x, 99.0, "the watchdog has reset the board");
}

#[test]
fn one_way_calls_take_no_longer_than_their_writes() {
    let Some((_board, mut line)) = start("lm3s6965evb-arm") else { return };
    assert_at_most(TURN_US, || {
        longest_gap(&mut line);
        for _ in 0..100 {
            // The arm raises an alarm, and tells of it.
            call(&mut line, "stop");
            call(&mut line, "reset");
        }
        longest_gap(&mut line)
    });
}
