//! The checked link with each board: by a Rust host, beside Python on the same line, and through resets.

use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use onboard::HOST_MS;
use peers::{Board, Interpreter, Line, Venv, wire};
use robot::{CalibrationError, HostServer, RobotClient};
use serialtalk::{CallError, Timeout};

use crate::calls::every_command_of_the_robot;
use crate::{Example, Host, LM3S6965, diagnosis, host, on_each_board, robot, wait_until_ready};

on_each_board!(
    every_command_is_called,
    the_host_is_called,
    python_calls_it_at_once_after_a_host_has_left,
    python_calls_it_soon_after_a_host_has_died,
    a_reset_between_calls_is_no_wrong_value,
    a_reset_in_a_call_is_an_error,
    a_reset_does_not_end_idempotent_calls,
);

/// A robot with frames of at most 64 bytes.
const SMALL: Example = Example { firmware: "lm3s6965evb-small", frame: 64, ..LM3S6965 };

/// How long anything here may take on a busy machine.
const LONG: Duration = Duration::from_secs(60);

fn every_command_is_called(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).require_checked();
    every_command_of_the_robot(&mut talk);
    assert!(talk.is_checked());
}

#[test]
fn a_board_with_frames_of_64_bytes_is_called() {
    let Some((_board, line)) = SMALL.start() else { return };
    let mut talk = host(&line).require_checked();
    for number in 0..100u16 {
        assert_eq!(robot(&mut talk).mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
    }
    assert_eq!(robot(&mut talk).name().unwrap(), "R2 on board");
    let outcome = robot(&mut talk).echo64([7; 64]);
    assert!(matches!(outcome, Err(CallError::Refused { .. } | CallError::Unsendable { .. })), "{outcome:?}");
    assert_eq!(robot(&mut talk).mult(2.0, 3.0).unwrap(), 6.0);
    assert!(talk.is_checked());
}

/// Both directions of one session: the board asks for the uptime of its host between the calls of that.
fn the_host_is_called(example: Example) {
    struct Up(u32);
    impl robot::Host for Up {
        fn log(&mut self, _: &str) {}

        fn uptime(&mut self) -> u32 {
            self.0 += 1;
            self.0
        }
    }
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).require_checked().serve(HostServer::new(Up(4000)));
    diagnosis(&mut talk).ask().unwrap();
    let deadline = Instant::now() + LONG;
    // The call of the board times out after some time if this machine is slow, so it is requested again.
    while diagnosis(&mut talk).heard().unwrap().is_none_or(|heard| heard <= 4000) {
        assert!(Instant::now() < deadline, "the board has no reply");
        talk.process_within(HOST_MS).unwrap();
        diagnosis(&mut talk).ask().unwrap();
    }
    assert!(talk.is_checked());
}

/// Starts a board that a Rust host has called, which is gone after `end`.
fn after_a_host(example: Example, end: impl FnOnce(Host)) -> Option<(Board, UnixStream)> {
    let (board, line) = example.start()?;
    let mut talk = host(&line);
    assert_eq!(robot(&mut talk).mult(2.0, 4.0).unwrap(), 8.0);
    assert!(talk.is_checked());
    end(talk);
    Some((board, line))
}

#[track_caller]
fn assert_python_calls(line: UnixStream, venv: &Venv) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let mut client = venv.client(Interpreter::CPython, Line::Connect(listener.local_addr().unwrap()));
    let (socket, _) = listener.accept().unwrap();
    wire(socket, line);
    assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
}

fn python_calls_it_at_once_after_a_host_has_left(example: Example) {
    let venv = peers::require!();
    let Some((_board, line)) = after_a_host(example, |mut talk| talk.leave().unwrap()) else { return };
    assert_python_calls(line, &venv);
}

fn python_calls_it_soon_after_a_host_has_died(example: Example) {
    let venv = peers::require!();
    let Some((_board, line)) = after_a_host(example, drop) else { return };
    wait_until_ready(&mut host(&line).plain());
    assert_python_calls(line, &venv);
}

fn a_reset_between_calls_is_no_wrong_value(example: Example) {
    let Some((mut board, line)) = example.start() else { return };
    let mut talk = host(&line);
    for round in 1..=10u16 {
        assert_eq!(robot(&mut talk).mult(round.into(), 1.0).unwrap(), f32::from(round));
        board.reset();
        match robot(&mut talk).mult(round.into(), 3.0) {
            Ok(product) => assert_eq!(product, f32::from(round) * 3.0),
            outcome => assert!(matches!(outcome, Err(CallError::Restarted { .. })), "{outcome:?}"),
        }
        wait_until_ready(&mut talk);
    }
    assert!(talk.is_checked());
}

fn a_reset_in_a_call_is_an_error(example: Example) {
    let Some((mut board, line)) = example.start() else { return };
    let mut talk = host(&line);
    talk.set_timeout(Timeout::Ms(5 * 60_000));
    robot(&mut talk).led(99).unwrap();
    let (ended, outcome) = channel();
    let caller = thread::spawn(move || {
        // More time than there is between two resets.
        ended.send(diagnosis(&mut talk).busy(u16::MAX)).unwrap();
        talk
    });
    let mut patience = Duration::from_secs(2);
    let outcome = loop {
        // A reset before the call begins does not end it.
        if let Ok(outcome) = outcome.recv_timeout(patience) {
            break outcome;
        }
        assert!(patience < LONG, "the call does not end");
        board.reset();
        patience *= 2;
    };
    assert!(matches!(outcome, Err(CallError::Restarted { .. })), "{outcome:?}");
    let mut talk = caller.join().unwrap();
    assert_eq!(robot(&mut talk).imu().unwrap().x, 0.0, "the board was not reset");
    assert!(talk.is_checked());
}

fn a_reset_does_not_end_idempotent_calls(example: Example) {
    let Some((mut board, line)) = example.start() else { return };
    let mut robot = RobotClient::new(host(&line));
    for _ in 0..10 {
        board.reset();
        let outcome = robot.calibrate();
        let Err(CallError::Failed { error, .. }) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error, CalibrationError::Moving { speed: 3 });
    }
}
