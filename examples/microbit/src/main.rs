//! A robot on the micro:bit, with buffers of 128 bytes.
#![no_std]
#![no_main]

mod board;

use board::Nrf51;
use cortex_m_rt::entry;
use onboard::{Checks, Chip as _, LoopGap, OnboardRobot};
use panic_halt as _;
use robot::{DiagnosisServer, HostClient, RobotServer};
use serialtalk::{SerialTalk, Timeout};

static GAP: LoopGap = LoopGap::new();

#[entry]
fn main() -> ! {
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis)
        .buffers::<128, 0>()
        .serve(DiagnosisServer::new(Checks::new(Nrf51, &GAP)))
        .serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs the frame that it was in; the host hears nothing, or of what the board could not read.
        talk.process().ok();
        GAP.mark(Nrf51.micros());
        if let Some(shown) = talk.service_mut().1.inner_mut().take_shown() {
            HostClient::new(&mut talk).log(&shown).ok();
        }
        if talk.service_mut().0.1.inner_mut().take_question() {
            let uptime = HostClient::new(&mut talk).within(Timeout::Ms(200)).uptime();
            talk.service_mut().0.1.inner_mut().hear(uptime.ok());
        }
    }
}
