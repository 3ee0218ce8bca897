//! One more command by postcard.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serde::{Deserialize, Serialize};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[derive(Serialize, Deserialize, Clone, Copy)]
struct Pose {
    x: f32,
    y: f32,
    heading: u16,
    is_sure: bool,
}

#[serialtalk::interface(contract = false)]
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

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More)));
    serve(TALK)
}
