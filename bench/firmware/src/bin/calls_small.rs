//! Four commands by struct formats, with small buffers.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::SerialTalk;
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve};
use static_cell::StaticCell;

static TALK: StaticCell<Talk<RobotServer<MyRobot>, 64>> = StaticCell::new();

#[entry]
fn main() -> ! {
    serve(&TALK, || {
        SerialTalk::new(board::start(), Millis).buffers().serve(RobotServer::new(MyRobot::default()))
    })
}
