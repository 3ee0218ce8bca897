//! A board that is reset at every byte of a conversation over the checked link: what ran is seen in its log of frames.

use std::io::Read as _;
use std::os::unix::net::UnixStream;
use std::thread;

use peers::{Board, Firmware, Machine};
use robot::CalibrationError;
use serialtalk::CallError;
use serialtalk::link::{Link, Received};
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{LinkError, over};

use crate::{TIMEOUT, host, robot, wait_until_ready};

/// The line of a board that is reset once so many bytes have crossed it either way.
struct ResetAfter<'b> {
    link: SocketLink<UnixStream>,
    board: &'b mut Board,
    /// How many bytes are left until then; `None` once it was reset.
    left: Option<usize>,
}

impl<'b> ResetAfter<'b> {
    fn new(line: &UnixStream, board: &'b mut Board, bytes: usize) -> Self {
        let link = SocketLink::new(line.try_clone().unwrap(), "board").unwrap();
        let mut line = Self { link, board, left: Some(bytes) };
        line.crossed(0);
        line
    }

    /// How many of `count` bytes may cross it before the reset.
    fn most(&self, count: usize) -> usize {
        self.left.map_or(count, |left| left.min(count))
    }

    fn crossed(&mut self, count: usize) {
        self.left = self.left.map(|left| left - count);
        if self.left == Some(0) {
            self.board.reset();
            self.left = None;
        }
    }
}

impl Link for ResetAfter<'_> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        let most = self.most(buffer.len());
        let received = self.link.receive(&mut buffer[..most], wait_ms)?;
        if let Received::Bytes(count) = received {
            self.crossed(count);
        }
        Ok(received)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        let count = self.link.send(&bytes[..self.most(bytes.len())])?;
        self.crossed(count);
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        self.link.flush()
    }
}

/// How a call of `mult(bytes, 2.0)` ended, on a board that was reset after so many bytes.
struct Ended {
    bytes: usize,
    result: Result<f32, CallError<LinkError>>,
}

impl Ended {
    /// Checks it with what the board has logged since its first start. Returns how often the command ran.
    fn check(&self, log: &str) -> usize {
        let number = self.bytes as f32;
        let runs = log.matches(&format!("('2f', {number:?}, 2.0)")).count();
        match &self.result {
            Ok(product) => assert_eq!((*product, runs), (number * 2.0, 1)),
            Err(error) => {
                assert!(matches!(error, CallError::Restarted { .. }), "{error:?}");
                assert!(runs <= 1, "reset after {} bytes: it ran {runs} times", self.bytes);
            }
        }
        runs
    }
}

/// A call, and one that is idempotent. Returns how the first one ended, and whether the board was reset meanwhile.
fn converse(line: &UnixStream, board: &mut Board, bytes: usize) -> (Ended, bool) {
    let mut talk = over(ResetAfter::new(line, board, bytes), "board").require_checked();
    talk.set_timeout(TIMEOUT);
    let result = robot(&mut talk).mult(bytes as f32, 2.0);
    let calibrated = robot(&mut talk).calibrate();
    let is_right =
        matches!(calibrated, Err(CallError::Failed { error: CalibrationError::Moving { speed: 3 }, .. }));
    assert!(is_right, "reset after {bytes} bytes: {calibrated:?}");
    (Ended { bytes, result }, talk.link().left.is_none())
}

/// How many boards there are. Each takes the bytes that are its share.
const BOARDS: usize = 2;

/// Resets a board after every byte that is its share. Returns for each reset how often the call ran, if that failed.
fn reset_at_every_byte(first: usize) -> Option<Vec<Option<usize>>> {
    let board = Machine::RiscvVirt.board(Firmware::Example("riscv-virt-log"))?;
    let (mut board, [line]) = board.with(&["-semihosting-config", "enable=on,target=native"]).start();
    let mut output = board.take_output();
    let log = thread::spawn(move || {
        let mut text = vec![];
        output.read_to_end(&mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    });
    wait_until_ready(&mut host(&line));
    let mut conversations = vec![];
    for bytes in (first..).step_by(BOARDS) {
        let (ended, was_reset) = converse(&line, &mut board, bytes);
        if !was_reset {
            assert!(ended.result.is_ok());
            break;
        }
        conversations.push(ended);
    }
    board.kill();
    let log = log.join().unwrap();
    let runs = conversations.iter().map(|call| (call.check(&log), call.result.is_err()));
    Some(runs.map(|(runs, has_failed)| has_failed.then_some(runs)).collect())
}

#[test]
fn no_command_runs_twice() {
    let failed = thread::scope(|scope| {
        let boards: Vec<_> =
            (0..BOARDS).map(|first| scope.spawn(move || reset_at_every_byte(first))).collect();
        boards.into_iter().map(|board| board.join().unwrap()).collect::<Option<Vec<_>>>()
    });
    let Some(failed) = failed else { return };
    let failed = failed.concat();
    let count = |kind| failed.iter().filter(|failed| **failed == kind).count();
    let counts = [None, Some(0), Some(1)].map(count);
    println!("of {} resets, {counts:?} cost no call, one that did not run, and one that did", failed.len());
    assert!(failed.len() > 2 * 29 + 15 + 10 && counts.iter().all(|count| *count > 0), "{counts:?}");
}
