//! A robot on RISC-V.
#![no_std]
#![no_main]

use onboard::{Checks, LoopGap, OnboardRobot, host};
use panic_halt as _;
use riscv_rt::entry;
use riscv_virt::board;
use robot::{DiagnosisServer, RobotServer};
use serialtalk::SerialTalk;

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    #[cfg(feature = "log")]
    riscv_virt::logger::start();
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .checked()
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
