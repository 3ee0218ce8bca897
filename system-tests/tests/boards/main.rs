//! The firmware of the example boards, in an emulator, with its UART connected to a socket.
#![cfg(unix)]

mod bridge;
mod calls;
mod cargo_run;
mod checked;
#[path = "../support/contract.rs"]
mod contract;
mod contracts;
mod frame_log;
mod line_noise;
mod load;
mod ports;
mod python;
mod reconnecting;
mod reset_at_every_byte;
mod resets_and_overruns;
mod silent_host;

use std::os::unix::net::UnixStream;
use std::time::Duration;

use peers::{Board, BoardBuilder, Firmware, Machine};
use robot::{DiagnosisClient, RobotClient};
use serialtalk::{Caller, Timeout};
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{SerialTalk, over};

/// One of the example boards.
#[derive(Debug, Clone, Copy)]
struct Example {
    machine: Machine,
    firmware: &'static str,
    /// The size of its frame buffer.
    frame: usize,
}

const LM3S6965: Example = Example { machine: Machine::Lm3s6965evb, firmware: "lm3s6965evb", frame: 258 };
const EMBASSY: Example =
    Example { machine: Machine::Lm3s6965evb, firmware: "lm3s6965evb-embassy", frame: 258 };
const MICROBIT: Example = Example { machine: Machine::Microbit, firmware: "microbit", frame: 128 };
const RISC_V: Example = Example { machine: Machine::RiscvVirt, firmware: "riscv-virt", frame: 258 };
const PYBOARD: Example = Example { machine: Machine::NetduinoPlus2, firmware: "pyboard", frame: 258 };
const ARDUINO_MEGA: Example = Example { machine: Machine::ArduinoMega, firmware: "arduino-mega", frame: 258 };

impl Example {
    fn board(self) -> Option<BoardBuilder> {
        self.machine.board(Firmware::Example(self.firmware))
    }

    /// Starts the board, and waits until it answers. It then expects plain frames, as it did at its start.
    fn start(self) -> Option<(Board, UnixStream)> {
        let (board, [line]) = self.board()?.start();
        let mut talk = host(&line);
        wait_until_ready(&mut talk);
        talk.leave().unwrap();
        Some((board, line))
    }
}

/// The endpoint of the host.
type Host = SerialTalk<SocketLink<UnixStream>>;

/// The timeout of calls, long enough for a machine that is busy with other tests.
const TIMEOUT: Timeout = Timeout::Ms(60_000);

fn host(line: &UnixStream) -> Host {
    let link = SocketLink::new(line.try_clone().unwrap(), "board").unwrap();
    let mut talk = over(link, "board");
    talk.set_timeout(TIMEOUT);
    talk
}

/// Makes calls until one is answered: bytes that are sent before the board listens are lost.
fn wait_until_ready(talk: &mut impl Caller) {
    let is_ready = (0..600).any(|_| talk.within(Timeout::Ms(100)).call::<()>("led", (0u16,)).is_ok());
    assert!(is_ready, "the board does not answer within a minute");
}

/// A client of the robot.
fn robot<C: Caller>(talk: C) -> RobotClient<C> {
    RobotClient::new(talk)
}

/// A client of the board's diagnosis.
fn diagnosis<C: Caller>(talk: C) -> DiagnosisClient<C> {
    DiagnosisClient::new(talk)
}

/// Defines a module of tests for each board from functions that take an [`Example`].
macro_rules! on_each_board {
    ($($test:ident),+ $(,)?) => {
        $crate::on_each_board!(@board lm3s6965 = LM3S6965: $($test)+);
        $crate::on_each_board!(@board embassy = EMBASSY: $($test)+);
        $crate::on_each_board!(@board microbit = MICROBIT: $($test)+);
        $crate::on_each_board!(@board risc_v = RISC_V: $($test)+);
    };
    (@board $module:ident = $example:ident: $($test:ident)+) => {
        mod $module {
            $(
                #[test]
                fn $test() {
                    super::$test($crate::$example);
                }
            )+
        }
    };
}
pub(crate) use on_each_board;

/// Reads exactly `count` bytes.
fn read(line: &mut UnixStream, count: usize) -> Vec<u8> {
    line.set_nonblocking(false).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut bytes = vec![0; count];
    std::io::Read::read_exact(line, &mut bytes).unwrap();
    bytes
}
