//! Four commands by struct formats, async.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::asynch::SerialTalk;
use sized_firmware::board::{self, Millis, Uart};
use sized_firmware::robot::{MyRobot, RobotServer};

type Talk = SerialTalk<Uart, Millis, RobotServer<MyRobot>>;

#[entry]
fn main() -> ! {
    static mut TALK: Talk = SerialTalk::with_service(Uart, Millis, RobotServer::new(MyRobot::new()));
    board::start();
    loop {
        embassy_futures::block_on(TALK.run()).ok();
    }
}
