//! One more command by postcard.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serde::{Deserialize, Serialize};
use serialtalk::SerialTalk;
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Both, serve};
use static_cell::StaticCell;

#[derive(Serialize, Deserialize, Clone, Copy)]
struct Pose {
    x: f32,
    y: f32,
    heading: u16,
    is_sure: bool,
}

#[serialtalk::interface]
trait Further {
    #[command(postcard)]
    fn turn(&mut self, pose: Pose, by: u16) -> Pose;
}

struct More;

impl Further for More {
    fn turn(&mut self, pose: Pose, by: u16) -> Pose {
        Pose { heading: pose.heading.wrapping_add(by), ..pose }
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
