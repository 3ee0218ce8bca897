//! A robot on an Arduino Mega.
#![no_std]
#![no_main]
#![feature(abi_avr_interrupt)]

mod board;

use avr_device::entry;
use onboard::OnboardRobot;
use panic_halt as _;
use robot::RobotServer;
use serialtalk::SerialTalk;

#[entry]
fn main() -> ! {
    let uart = board::start();
    let mut talk = SerialTalk::new(uart, board::millis).serve(RobotServer::new(OnboardRobot::default()));
    loop {
        // An overrun costs one frame; the next one is answered.
        talk.process().ok();
    }
}
