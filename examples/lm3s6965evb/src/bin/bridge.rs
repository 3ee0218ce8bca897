//! A bridge: it serves its host on the first UART, and calls a robot on the second one.
//!
//! Its handlers wait for the robot, and no watchdog bites meanwhile, for there is none.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use embedded_io::ReadReady;
use lm3s6965evb::board::{self, Uart};
use panic_halt as _;
use robot::{Imu, Relay, RelayError, RelayServer, RobotClient};
use serialtalk::{CallError, Checked, Clock, SerialTalk, Timeout};

/// Passes every call on to the robot.
struct Far<C>(RobotClient<SerialTalk<Uart, C, (), 258, 0, Checked>>);

#[entry]
fn main() -> ! {
    let [mut near, far] = board::start();
    // A board that calls another one needs a number that differs from start to start. This one has no source of it but the
    // moment at which its host begins to speak.
    while near.read_ready() == Ok(false) {
        board::idle();
    }
    let mut far = SerialTalk::new(far, board::millis).checked().entropy(board::micros());
    far.set_timeout(Timeout::Ms(8000));
    let far = Far(RobotClient::new(far));
    let mut talk = SerialTalk::new(near, board::millis).serve(RelayServer::new(far));
    loop {
        talk.process().ok();
        board::idle();
    }
}

impl<C: Clock> Relay for Far<C> {
    fn mult(&mut self, a: f32, b: f32) -> Result<f32, RelayError> {
        self.0.mult(a, b).map_err(reason)
    }

    fn imu(&mut self) -> Result<Imu, RelayError> {
        self.0.imu().map_err(reason)
    }

    fn many(&mut self, count: u16) -> Result<u16, RelayError> {
        let mut right = 0;
        for number in 0..count {
            let product = self.0.mult(number.into(), 3.0).map_err(reason)?;
            right += u16::from(product == f32::from(number) * 3.0);
        }
        Ok(right)
    }
}

fn reason<L, E>(error: CallError<L, E>) -> RelayError {
    match error {
        CallError::Timeout { .. } => RelayError::Silent,
        CallError::Refused { .. } | CallError::Failed { .. } => RelayError::Refused,
        CallError::Link { .. } | CallError::Closed { .. } => RelayError::Line,
        _ => RelayError::Confused,
    }
}
