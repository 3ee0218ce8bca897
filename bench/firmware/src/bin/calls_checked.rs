//! The four commands of `calls`, on the checked link.
#![no_std]
#![no_main]

use core::mem::MaybeUninit;

use cortex_m_rt::entry;
use sized_firmware::checked::{Room, start};
use sized_firmware::robot::{MyRobot, RobotServer};

#[entry]
fn main() -> ! {
    static mut ROOM: Room<RobotServer<MyRobot>> = MaybeUninit::uninit();
    let talk = start(RobotServer::new(MyRobot::new()), ROOM);
    loop {
        talk.process().ok();
    }
}
