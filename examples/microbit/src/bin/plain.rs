//! Serves on the micro:bit: frames have at most 128 bytes, for it has 16 KiB of RAM.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use microbit::board;
use onboard::OnboardRobot;
use panic_halt as _;
use serialtalk::SerialTalk;

use robot::RobotServer;

#[entry]
fn main() -> ! {
    let uart = board::start();
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, board::millis).checked().max_frame::<128>().serve(server);
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
    }
}
