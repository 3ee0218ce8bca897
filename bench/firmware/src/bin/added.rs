//! One more command, added at run time.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::{Commands, SerialTalk};
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Both, serve};
use static_cell::StaticCell;

static TALK: StaticCell<Both<Commands, RobotServer<MyRobot>>> = StaticCell::new();

#[entry]
fn main() -> ! {
    sized_firmware::heap::start();
    serve(&TALK, || {
        let mut commands = Commands::new();
        commands.add("mean", |a: f32, b: f32| (a + b) / 2.0).ok();
        SerialTalk::new(board::start(), Millis).serve(commands).serve(RobotServer::new(MyRobot::default()))
    })
}
