//! Twenty more commands by struct formats.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use sized_firmware::robot::{MyRobot, RobotServer};
use sized_firmware::serving::{Talk, serve, talk};

#[serialtalk::interface(contract = false)]
trait Further {
    fn forward(&mut self, a: f32, b: f32) -> f32;
    fn backward(&mut self) -> (f32, f32, f32);
    fn left(&mut self, value: u16);
    fn right(&mut self, port: u8, value: i16) -> i32;
    fn stop(&mut self, a: f32, b: f32) -> f32;
    fn speed(&mut self) -> (f32, f32, f32);
    fn gyro(&mut self, value: u16);
    fn reset(&mut self, port: u8, value: i16) -> i32;
    fn lamp(&mut self, a: f32, b: f32) -> f32;
    fn battery(&mut self) -> (f32, f32, f32);
    fn turn(&mut self, value: u16);
    fn wait(&mut self, port: u8, value: i16) -> i32;
    fn line(&mut self, a: f32, b: f32) -> f32;
    fn button(&mut self) -> (f32, f32, f32);
    fn motor(&mut self, value: u16);
    fn brake(&mut self, port: u8, value: i16) -> i32;
    fn arm(&mut self, a: f32, b: f32) -> f32;
    fn grip(&mut self) -> (f32, f32, f32);
    fn lift(&mut self, value: u16);
    fn home(&mut self, port: u8, value: i16) -> i32;
}

struct More;

impl Further for More {
    fn forward(&mut self, a: f32, b: f32) -> f32 {
        a * 1.0 * b
    }

    fn backward(&mut self) -> (f32, f32, f32) {
        (1.0, 0.5, 9.8)
    }

    fn left(&mut self, value: u16) {
        black_box(value ^ 2);
    }

    fn right(&mut self, port: u8, value: i16) -> i32 {
        i32::from(port) * 3 - i32::from(value)
    }

    fn stop(&mut self, a: f32, b: f32) -> f32 {
        a * 5.0 * b
    }

    fn speed(&mut self) -> (f32, f32, f32) {
        (5.0, 0.5, 9.8)
    }

    fn gyro(&mut self, value: u16) {
        black_box(value ^ 6);
    }

    fn reset(&mut self, port: u8, value: i16) -> i32 {
        i32::from(port) * 7 - i32::from(value)
    }

    fn lamp(&mut self, a: f32, b: f32) -> f32 {
        a * 9.0 * b
    }

    fn battery(&mut self) -> (f32, f32, f32) {
        (9.0, 0.5, 9.8)
    }

    fn turn(&mut self, value: u16) {
        black_box(value ^ 10);
    }

    fn wait(&mut self, port: u8, value: i16) -> i32 {
        i32::from(port) * 11 - i32::from(value)
    }

    fn line(&mut self, a: f32, b: f32) -> f32 {
        a * 13.0 * b
    }

    fn button(&mut self) -> (f32, f32, f32) {
        (13.0, 0.5, 9.8)
    }

    fn motor(&mut self, value: u16) {
        black_box(value ^ 14);
    }

    fn brake(&mut self, port: u8, value: i16) -> i32 {
        i32::from(port) * 15 - i32::from(value)
    }

    fn arm(&mut self, a: f32, b: f32) -> f32 {
        a * 17.0 * b
    }

    fn grip(&mut self) -> (f32, f32, f32) {
        (17.0, 0.5, 9.8)
    }

    fn lift(&mut self, value: u16) {
        black_box(value ^ 18);
    }

    fn home(&mut self, port: u8, value: i16) -> i32 {
        i32::from(port) * 19 - i32::from(value)
    }
}

#[entry]
fn main() -> ! {
    static mut TALK: Talk<(RobotServer<MyRobot>, FurtherServer<More>)> =
        talk((RobotServer::new(MyRobot::new()), FurtherServer::new(More)));
    serve(TALK)
}
