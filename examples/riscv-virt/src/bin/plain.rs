//! Serves on RISC-V.
#![no_std]
#![no_main]

use onboard::OnboardRobot;
use panic_halt as _;
use riscv_rt::entry;
use riscv_virt::board;
use serialtalk::SerialTalk;

use robot::RobotServer;

#[entry]
fn main() -> ! {
    #[cfg(feature = "log")]
    riscv_virt::logger::start();
    let uart = board::start();
    let server = RobotServer::new(OnboardRobot::default());
    let mut talk = SerialTalk::new(uart, board::millis).checked().serve(server);
    loop {
        // An overrun costs one frame: the host gets no reply, or an error about what could not be read.
        talk.process().ok();
    }
}
