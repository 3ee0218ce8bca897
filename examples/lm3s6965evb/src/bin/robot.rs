//! A robot on the first UART, which a watchdog looks after.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
#[cfg(feature = "defmt")]
use defmt_semihosting as _;
use lm3s6965evb::board::{self, Lm3s6965, Watchdog};
use onboard::{Checks, Chip as _, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostClient, RobotServer};
use serialtalk::{SerialTalk, Timeout};

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    let [uart, _] = board::start();
    let mut watchdog = Watchdog::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .serve(DiagnosisServer::new(Checks::new(Lm3s6965, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs the frame that it was in; the host hears nothing, or of what the board could not read.
        talk.process().ok();
        watchdog.feed();
        GAP.mark(Lm3s6965.micros());
        if let Some(shown) = talk.service_mut().1.inner_mut().take_shown() {
            HostClient::new(&mut talk).log(&shown).ok();
        }
        if talk.service_mut().0.1.inner_mut().take_question() {
            let uptime = HostClient::new(&mut talk).within(Timeout::Ms(200)).uptime();
            talk.service_mut().0.1.inner_mut().hear(uptime.ok());
        }
        board::idle();
    }
}
