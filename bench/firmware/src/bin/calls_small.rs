//! Four commands by struct formats, with small buffers.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[entry]
fn main() -> ! {
    static mut TALK: Talk<RobotServer<MyRobot>, 64> = talk(RobotServer::new(MyRobot::new()));
    serve(TALK)
}
