//! A robot and its diagnosis, which describes itself, on the first UART of a board with little memory: frames have at most 64 bytes.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use lm3s6965evb::board;
use onboard::{Checks, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, RobotServer};
use serialtalk::SerialTalk;

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    let [uart, _] = board::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .checked()
        .numbers::<2>()
        .max_frame::<64>()
        .serve(DiagnosisServer::new(Checks::new(board::micros, board::overruns, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
        GAP.mark(board::micros());
        board::idle();
    }
}
