//! A robot on RISC-V.
#![no_std]
#![no_main]

mod board;
#[cfg(feature = "log")]
mod logger;

use board::Virt;
use riscv_rt::entry;
use onboard::{Checks, Chip as _, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostClient, RobotServer};
use serialtalk::{SerialTalk, Timeout};

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    #[cfg(feature = "log")]
    logger::start();
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .serve(DiagnosisServer::new(Checks::new(Virt, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs the frame that it was in; the host hears nothing, or of what the board could not read.
        talk.process().ok();
        GAP.mark(Virt.micros());
        if let Some(shown) = talk.service_mut().1.inner_mut().take_shown() {
            HostClient::new(&mut talk).log(&shown).ok();
        }
        if talk.service_mut().0.1.inner_mut().take_question() {
            let uptime = HostClient::new(&mut talk).within(Timeout::Ms(200)).uptime();
            talk.service_mut().0.1.inner_mut().hear(uptime.ok());
        }
    }
}
