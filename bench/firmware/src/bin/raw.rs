//! One more command by raw bytes.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::SerialTalk;
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Both, serve};
use static_cell::StaticCell;

#[serialtalk::interface]
trait Further {
    #[command(raw)]
    fn sum(&mut self, bytes: &[u8]) -> [u8; 4];
}

struct More;

impl Further for More {
    fn sum(&mut self, bytes: &[u8]) -> [u8; 4] {
        bytes.iter().fold(0, |sum: u32, &byte| sum.wrapping_add(byte.into())).to_le_bytes()
    }
}

static TALK: StaticCell<Both<RobotServer<MyRobot>, FurtherServer<More>>> = StaticCell::new();

#[entry]
fn main() -> ! {
    serve(&TALK, || {
        SerialTalk::new(board::start(), Millis)
            .serve(RobotServer::new(MyRobot::default()))
            .serve(FurtherServer::new(More))
    })
}
