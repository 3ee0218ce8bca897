//! One more command by raw bytes.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
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

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More)));
    serve(TALK)
}
