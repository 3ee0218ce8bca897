//! A robot on the micro:bit, with frames of at most 128 bytes.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use microbit::board;
use onboard::{Checks, LoopGap, OnboardRobot, host};
use panic_halt as _;
use robot::{DiagnosisServer, RobotServer};
use serialtalk::SerialTalk;

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .checked()
        .max_frame::<128>()
        .serve(DiagnosisServer::new(Checks::new(board::micros, board::overruns, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
        GAP.mark(board::micros());
        let robot: &mut OnboardRobot = talk.state();
        if let Some(shown) = robot.take_shown() {
            host(&mut talk).log(&shown).ok();
        }
        let checks: &mut Checks = talk.state();
        if checks.take_question() {
            let uptime = host(&mut talk).uptime();
            let checks: &mut Checks = talk.state();
            checks.hear(uptime.ok());
        }
    }
}
