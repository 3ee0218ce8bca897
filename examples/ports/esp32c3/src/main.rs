//! Serves on an ESP32-C3.
#![no_std]
#![no_main]

mod board;
mod onboard;
mod robot;

use esp_hal::main;
use onboard::OnboardRobot;
use panic_halt as _;
use serialtalk::SerialTalk;

use robot::RobotServer;

#[main]
fn main() -> ! {
    let uart = board::start();
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, board::millis).serve(server);
    loop {
        // An overrun costs one frame; the next one is answered.
        talk.process().ok();
    }
}
