//! The four commands of `calls`; the board calls its host, too.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use sized_firmware::board;
use sized_firmware::robot::{HostClient, MyRobot, RobotServer};
use sized_firmware::serving::{Talk, talk};

#[entry]
fn main() -> ! {
    static mut TALK: Talk<RobotServer<MyRobot>> = talk(RobotServer::new(MyRobot::new()));
    board::start();
    loop {
        TALK.process().ok();
        if board::millis() > 1000 {
            black_box(HostClient::new(&mut *TALK).uptime().ok());
        }
    }
}
