//! A robot on an ESP32-C3.
#![no_std]
#![no_main]

mod board;

use esp_hal::main;
use onboard::OnboardRobot;
use panic_halt as _;
use robot::RobotServer;
use serialtalk::SerialTalk;

#[main]
fn main() -> ! {
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis).serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs one frame; the next one is answered.
        talk.process().ok();
    }
}
