//! A robot arm on the first UART, guarded by a watchdog.
#![no_std]
#![no_main]

use arm::{ArmHostClient, ArmServer};
use cortex_m_rt::entry;
use lm3s6965evb::board::{self, Watchdog};
use onboard::{Checks, LoopGap};
use onboard_arm::OnboardArm;
use panic_halt as _;
use robot::DiagnosisServer;
use serialtalk::SerialTalk;

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    let [uart, _] = board::start();
    let mut watchdog = Watchdog::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .serve(DiagnosisServer::new(Checks::new(board::micros, board::overruns, &GAP)))
        .serve(ArmServer::new(OnboardArm::new(board::millis)));
    // Tells a host that the board was reset.
    ArmHostClient::new(&mut talk).log("started").ok();
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
        watchdog.feed();
        GAP.mark(board::micros());
        let arm: &mut OnboardArm = talk.state();
        arm.step();
        let (alarm, outcome) = (arm.take_alarm(), arm.take_outcome());
        if let Some(alarm) = alarm {
            ArmHostClient::new(&mut talk).on_alarm(alarm).ok();
        }
        if let Some(outcome) = outcome {
            ArmHostClient::new(&mut talk).on_done(outcome).ok();
        }
        board::idle();
    }
}
