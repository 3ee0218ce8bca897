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

/// A board without a line.
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

/// A gateway with so many boards, of which the first ones are polled.
pub(crate) fn gateway(gateway: &str, boards: usize, polled: usize) -> Gateway {
    (0..boards).fold(Gateway::new(REALM, gateway), |gateway, number| {
        let (line, board) = memory::pair();
        tokio::spawn(async move { over(board, "board").serve(RobotServer::new(Simulated)).run().await });
        let port = Port::simulated(name(number), line);
        gateway.board(if number < polled { port.poll(POLL.parse().expect("a poll")) } else { port })
    })
}
