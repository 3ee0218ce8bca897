//! Four commands by struct formats, with buffers for the largest frames.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::SerialTalk;
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve};
use static_cell::StaticCell;

static TALK: StaticCell<Talk<RobotServer<MyRobot>>> = StaticCell::new();

#[entry]
fn main() -> ! {
    serve(&TALK, || SerialTalk::new(board::start(), Millis).serve(RobotServer::new(MyRobot::default())))
}
