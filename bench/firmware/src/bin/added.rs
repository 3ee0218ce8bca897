//! One more command, added at run time.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::Commands;
use sized_firmware::board;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, talk};

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(Commands, RobotServer<MyRobot>)> =
        talk((Commands::new(), RobotServer::new(MyRobot::new())));
    board::start();
    sized_firmware::heap::start();
    TALK.add_command("mean", |a: f32, b: f32| (a + b) / 2.0).ok();
    loop {
        TALK.process().ok();
    }
}
