//! The arm of the examples and what its host may expect, on an emulated board, on a simulated board of a host, and in MicroPython.
#![cfg(target_os = "linux")]

mod alarms;
mod async_board;
#[path = "../support/contract.rs"]
mod contract;
mod homing;
mod slow_handler;
mod told_contract;

use std::any::Any;
use std::thread;
use std::time::{Duration, Instant};

use arm::{Alarm, ArmClient, ArmHost, ArmHostServer, JOINTS, Progress};
use host_examples::{serve_arm, simulated_arm};
use peers::{Firmware, Machine};
use serialtalk::{CallError, Caller, Timeout};
use serialtalk_hal::board::{Program, include_board};
use serialtalk_hal::serial::SerialLink;
use serialtalk_hal::{SerialTalk, pty, serial};

const PYTHON: Program<'_> = include_board!("../../../examples/host/arm/board.py");

/// What the arm runs on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Board {
    Emulated,
    Simulated,
    MicroPython,
}

/// An arm, and what it has told.
struct Rig {
    arm: ArmClient<SerialTalk<SerialLink, ArmHostServer<Told>>>,
    /// Runs until this is dropped.
    _board: Box<dyn Any>,
}

/// Keeps what an arm tells its host.
#[derive(Debug, Default)]
struct Told {
    alarms: Vec<Alarm>,
    outcomes: Vec<Progress>,
    lines: Vec<String>,
}

impl ArmHost for Told {
    fn on_alarm(&mut self, alarm: Alarm) {
        self.alarms.push(alarm);
    }

    fn on_done(&mut self, outcome: Progress) {
        self.outcomes.push(outcome);
    }

    fn log(&mut self, line: &str) {
        self.lines.push(line.into());
    }
}

/// Where homing takes seven seconds.
const FAR: [f32; JOINTS] = [170.0, 100.0, 150.0, 170.0, 120.0, 170.0];

/// How long a test waits for what has to happen.
const PATIENCE: Duration = Duration::from_secs(60);

impl Board {
    /// Starts the board, and waits until it answers. Returns `None` if something is missing for it.
    fn start(self) -> Option<Rig> {
        let (mut talk, board): (_, Box<dyn Any>) = match self {
            Self::Emulated => {
                let (board, path) =
                    Machine::Lm3s6965evb.board(Firmware::Example("lm3s6965evb-arm"))?.start_on_pty();
                (open(path.to_str()?), Box::new(board))
            }
            Self::Simulated => {
                let board = pty::open().unwrap();
                let path = board.link().path().to_owned();
                // Ends with the test.
                thread::spawn(move || serve_arm(board, &mut simulated_arm()));
                (open(&path), Box::new(()))
            }
            Self::MicroPython => {
                let board = peers::Venv::find()?.board();
                let arm: ArmClient<_> = PYTHON.deploy(open(board.path())).unwrap();
                (arm.into_caller(), Box::new(board))
            }
        };
        talk.set_timeout(Timeout::Ms(60_000));
        talk.ready(60_000).unwrap();
        let talk = talk.serve(ArmHostServer::new(Told::default()));
        Some(Rig { arm: ArmClient::new(talk), _board: board })
    }
}

fn open(path: &str) -> SerialTalk<SerialLink> {
    serial::open(path, 115_200).unwrap()
}

impl Rig {
    fn told(&mut self) -> &mut Told {
        self.arm.caller_mut().state()
    }

    /// Serves the arm until it has told something.
    fn wait_until(&mut self, is_told: impl Fn(&Told) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_told(self.told()) {
            assert!(Instant::now() < deadline, "the arm told only {:?}", self.told());
            self.arm.caller_mut().process_within(100).unwrap();
        }
    }

    /// Moves the arm to where homing takes seven seconds.
    fn go_far(&mut self) {
        self.go(FAR);
    }

    fn go(&mut self, target: [f32; JOINTS]) {
        self.arm.move_to(target, 180.0).unwrap();
        self.wait_until(|told| told.outcomes == [Progress::Done]);
        self.told().outcomes.clear();
    }
}

/// Why a motion does not start. The error of an arm in Python is a text.
#[track_caller]
fn refusal<L: std::fmt::Debug>(outcome: Result<(), CallError<L, arm::MoveError>>) -> String {
    match outcome {
        Err(CallError::Failed { error, .. }) => format!("{error:?}"),
        Err(CallError::Refused { error, .. }) => {
            error.text().strip_prefix("Command failed: ").unwrap_or_default().into()
        }
        outcome => panic!("{outcome:?}"),
    }
}

/// Defines a module of tests for each board from functions that take a [`Board`].
macro_rules! on_each_board {
    ($($test:ident),+ $(,)?) => {
        $crate::on_each_board!(@board emulated = Emulated: $($test)+);
        $crate::on_each_board!(@board simulated = Simulated: $($test)+);
        $crate::on_each_board!(@board micropython = MicroPython: $($test)+);
    };
    (@board $module:ident = $board:ident: $($test:ident)+) => {
        mod $module {
            $(
                #[test]
                fn $test() {
                    super::$test($crate::Board::$board);
                }
            )+
        }
    };
}
pub(crate) use on_each_board;
