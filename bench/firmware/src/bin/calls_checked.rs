//! The four commands of `calls`, on the checked link.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use sized_firmware::checked::{CheckedTalk, start, talk};
use sized_firmware::robot::{MyRobot, RobotServer};

#[entry]
fn main() -> ! {
    static mut TALK: CheckedTalk<RobotServer<MyRobot>> = talk(RobotServer::new(MyRobot::new()));
    start();
    loop {
        TALK.process().ok();
    }
}
