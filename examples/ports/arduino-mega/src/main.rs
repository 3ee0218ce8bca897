//! Serves on an Arduino Mega.
#![no_std]
#![no_main]
#![feature(abi_avr_interrupt)]

mod board;
mod onboard;
mod received;
mod robot;

use avr_device::entry;
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
