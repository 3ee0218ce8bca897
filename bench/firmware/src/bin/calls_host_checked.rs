//! The four commands of `calls`, on the checked link; the board calls its host, too.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::mem::MaybeUninit;

use cortex_m_rt::entry;
use sized_firmware::board;
use sized_firmware::checked::{Room, start};
use sized_firmware::robot::{HostClient, MyRobot, RobotServer};

#[entry]
fn main() -> ! {
    static mut ROOM: Room<RobotServer<MyRobot>> = MaybeUninit::uninit();
    let talk = start(RobotServer::new(MyRobot::new()), ROOM);
    loop {
        talk.process().ok();
        if board::millis() > 1000 {
            black_box(HostClient::new(&mut *talk).uptime().ok());
        }
    }
}
