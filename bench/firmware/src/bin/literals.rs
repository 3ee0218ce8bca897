//! One more command by Python literals that hold floats, read and written.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use heapless::Vec;
use serialtalk::SerialTalk;
use serialtalk::heapless;
use sized_firmware::board::{self, Millis};
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Both, serve};
use static_cell::StaticCell;

#[serialtalk::interface]
trait Further {
    #[command(repr)]
    fn scale(&mut self, factor: f32, values: Vec<f32, 8>) -> Vec<f32, 8>;
}

struct More;

impl Further for More {
    fn scale(&mut self, factor: f32, mut values: Vec<f32, 8>) -> Vec<f32, 8> {
        for value in &mut values {
            *value *= factor;
        }
        values
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
