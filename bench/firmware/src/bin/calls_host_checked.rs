//! The four commands of `calls`, on the checked link; the board calls its host, too.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use sized_firmware::board;
use sized_firmware::checked::{CheckedTalk, start, talk};
use sized_firmware::robot::{HostClient, MyRobot, RobotServer};

#[entry]
fn main() -> ! {
    static mut TALK: CheckedTalk<RobotServer<MyRobot>> = talk(RobotServer::new(MyRobot::new()));
    start();
    loop {
        TALK.process().ok();
        if board::millis() > 1000 {
            black_box(HostClient::new(&mut *TALK).uptime().ok());
        }
    }
}
