//! Serves on the first UART, guarded by a watchdog.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
#[cfg(feature = "defmt")]
use defmt_semihosting as _;
use lm3s6965evb::board::{self, Watchdog};
use onboard::OnboardRobot;
use panic_halt as _;
use serialtalk::SerialTalk;

use robot::RobotServer;

#[entry]
fn main() -> ! {
    let [uart, _] = board::start();
    let mut watchdog = Watchdog::start();
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, board::millis).checked().serve(server);
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
        watchdog.feed();
        board::idle();
    }
}
