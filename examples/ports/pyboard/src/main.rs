//! Serves on an STM32F4.
#![no_std]
#![no_main]

mod board;
mod onboard;
mod received;
mod robot;

use cortex_m_rt::entry;
use onboard::OnboardRobot;
use panic_halt as _;
use serialtalk::SerialTalk;

use robot::RobotServer;

#[entry]
fn main() -> ! {
    let uart = board::start();
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, board::millis).serve(server);
    loop {
        // An overrun costs one frame; the next one is answered.
        talk.process().ok();
    }
}
