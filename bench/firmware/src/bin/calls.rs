//! Four commands by struct formats, with buffers for the largest frames.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[entry]
fn main() -> ! {
    static mut TALK: Talk<RobotServer<MyRobot>> = talk(RobotServer::new(MyRobot::new()));
    serve(TALK)
}
