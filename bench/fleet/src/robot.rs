//! The boards that are called.

use serialtalk_hal::asynch::over;
use serialtalk_hal::memory;
use serialtalk_zenoh::{Gateway, Port};

/// What every board can do.
#[serialtalk::interface(describe)]
pub(crate) trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Acceleration in three directions.
    #[command(idempotent)]
    fn imu(&mut self) -> (f32, f32, f32);
}

/// What a simulated board does.
pub(crate) struct Simulated;

impl Robot for Simulated {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.0, 9.81)
    }
}

/// What is polled of a board, and how often.
const POLL: &str = "imu=10Hz";

/// The realm of all that is measured.
pub(crate) const REALM: &str = "robots";

/// The name of a board.
pub(crate) fn name(number: usize) -> String {
    format!("arm{number}")
}

/// What the boards of a gateway are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// Services of the gateway's process, without a line.
    Services,
    /// Endpoints at lines in memory.
    Lines,
    /// Endpoints at lines in memory, which are polled.
    Polled,
}

/// A gateway with so many boards.
pub(crate) fn gateway(gateway: &str, kind: Kind, boards: usize) -> Gateway {
    (0..boards).fold(Gateway::new(REALM, gateway), |gateway, number| match kind {
        Kind::Services => gateway.service(name(number), RobotServer::new(Simulated)),
        Kind::Lines => gateway.board(at_line(number)),
        Kind::Polled => gateway.board(at_line(number).poll(POLL.parse().expect("a poll"))),
    })
}

/// A board at a line in memory.
fn at_line(number: usize) -> Port {
    let (line, board) = memory::pair();
    tokio::spawn(async move { over(board, "board").serve(RobotServer::new(Simulated)).run().await });
    Port::simulated(name(number), line)
}
