//! One more command by Python literals that hold floats, read and written.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use heapless::Vec;
use serialtalk::heapless;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
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

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More)));
    serve(TALK)
}
