//! A board as the caller: it passes the calls of its host on to the peer on its second line.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

use peers::{Board, BoardBuilder, Firmware, Machine, Wire, wire};
use robot::{Imu, RelayClient, RelayError, Robot, RobotServer};
use serialtalk::heapless::{String, Vec};
use serialtalk::{CallError, Caller};
use serialtalk_hal::Spawn as _;

use crate::{EMBASSY, Example, Host, LM3S6965, MICROBIT, RISC_V, TIMEOUT, host, read};

/// The bridge, the client of its host, and its second line.
pub(crate) fn start() -> Option<(Board, RelayClient<Host>, UnixStream)> {
    let (board, [near, far]) = Machine::Lm3s6965evb.board(Firmware::Example("lm3s6965evb-bridge"))?.start();
    let mut talk = host(&near);
    let answers = |talk: &mut Host| {
        talk.within(serialtalk::Timeout::Ms(100)).call_value("echo", serialtalk::args![1]).is_ok()
    };
    assert!((0..600).any(|_| answers(&mut talk)), "the bridge does not answer");
    talk.set_timeout(TIMEOUT);
    Some((board, RelayClient::new(talk), far))
}

/// Makes calls through the bridge until the peer on its second line is ready, then `count` more.
pub(crate) fn drive(relay: &mut RelayClient<Host>, count: u16) {
    let is_ready = (0..60).any(|_| relay.mult(1.0, 1.0).is_ok_and(|product| product == 1.0));
    assert!(is_ready, "the peer on the second line does not answer");
    assert_eq!(relay.mult(5.5, 4.0).unwrap(), 22.0);
    assert_eq!(relay.many(count).unwrap(), count);
}

fn calls_a_second_board(example: Example) {
    let Some((_near, mut relay, far)) = start() else { return };
    let Some((_far, line)) = example.start() else { return };
    wire(far, line);
    drive(&mut relay, 1000);
    assert_eq!(relay.imu().unwrap(), Imu { x: 0.0, y: 0.1, z: 9.8 });
}

#[test]
fn calls_a_second_board_of_its_kind() {
    calls_a_second_board(LM3S6965);
}

#[test]
fn calls_an_async_board() {
    calls_a_second_board(EMBASSY);
}

#[test]
fn calls_a_microbit() {
    calls_a_second_board(MICROBIT);
}

#[test]
fn calls_a_risc_v_board() {
    calls_a_second_board(RISC_V);
}

/// A line that flips a bit of one byte in 331 that arrives by it.
struct Bad {
    line: UnixStream,
    count: usize,
}

impl Read for Bad {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.line.read(buffer)?;
        for byte in &mut buffer[..count] {
            self.count += 1;
            if self.count.is_multiple_of(331) {
                *byte ^= 1 << (self.count % 8);
            }
        }
        Ok(count)
    }
}

impl Write for Bad {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.line.flush()
    }
}

impl Wire for Bad {
    fn split(&self) -> io::Result<Self> {
        Ok(Self { line: self.line.split()?, count: self.count })
    }

    fn close(&self) {
        self.line.close();
    }
}

#[test]
fn two_boards_are_not_misled_by_a_bad_line() {
    let Some((_near, mut relay, far)) = start() else { return };
    let Some((_far, line)) = RISC_V.start() else { return };
    wire(Bad { line: far, count: 0 }, Bad { line, count: 0 });
    drive(&mut relay, 500);
    assert_eq!(relay.imu().unwrap(), Imu { x: 0.0, y: 0.1, z: 9.8 });
}

#[test]
fn calls_a_host() {
    struct Simulated;
    impl Robot for Simulated {
        fn mult(&mut self, a: f32, b: f32) -> f32 {
            a * b
        }
        fn imu(&mut self) -> Imu {
            Imu { x: 1.0, y: 2.0, z: 3.0 }
        }
        fn led(&mut self, _: u16) {}
        fn name(&mut self) -> String<16> {
            String::new()
        }
        fn set_color(&mut self, _: Vec<u8, 3>) {}
        fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64] {
            bytes
        }
        fn calibrate(&mut self) -> Result<Imu, robot::CalibrationError> {
            Err(robot::CalibrationError::Tilted)
        }
        fn show(&mut self, _: &str) {}
    }
    let Some((_board, mut relay, far)) = start() else { return };
    let server = host(&far).serve(RobotServer::new(Simulated)).spawn();
    drive(&mut relay, 1000);
    assert_eq!(relay.imu().unwrap(), Imu { x: 1.0, y: 2.0, z: 3.0 });
    server.stop().1.unwrap();
}

#[test]
fn a_missing_second_board_is_an_error() {
    let Some((_board, mut relay, _far)) = start() else { return };
    let outcome = relay.mult(1.0, 2.0);
    let Err(CallError::Failed { error: RelayError::Silent, .. }) = outcome else { panic!("{outcome:?}") };
}

/// MicroPython 1.9.2, with its program written to the flash as the editor of the micro:bit does.
#[test]
fn calls_micropython_on_a_microbit() {
    let Some((_board, mut relay, far)) = start() else { return };
    let program = include_bytes!("../../../peers/python/microbit.py");
    let flash = [&b"MP"[..], &(program.len() as u16).to_le_bytes(), program].concat();
    let Some(board) = Machine::Microbit.board(Firmware::MicroPython) else { return };
    let path = std::env::temp_dir().join(format!("serialtalk-microbit-{}.bin", std::process::id()));
    std::fs::write(&path, flash).unwrap();
    let loader = format!("loader,file={},addr=0x3e000,force-raw=on", path.display());
    let board: BoardBuilder = board.with(&["-device", &loader]);
    let (_far, [mut line]) = board.start();
    while read(&mut line, 1) != b"\n" {}
    std::fs::remove_file(&path).unwrap();
    wire(far, line);
    drive(&mut relay, 200);
    assert_eq!(relay.imu().unwrap(), Imu { x: 0.0, y: 0.125, z: 9.75 });
}
