//! Lints of clippy that a crate forbids. Clippy looks at this file as a target of its own.
#![deny(warnings)]
#![forbid(clippy::all, clippy::pedantic)]
// Allowing a group is a mere warning under a forbidden group, and an error under a lint of it.
#![forbid(
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::too_many_arguments,
    clippy::needless_return
)]
#![allow(missing_docs, reason = "the code is as short as it can be")]

/// Acceleration.
#[derive(serialtalk::Value, Debug, Clone, Copy)]
pub struct Imu<T: Clone, U>
where
    U: Clone,
{
    pub x: T,
    pub y: U,
}

/// What went wrong.
#[derive(serialtalk::Value, Debug, Clone, Copy)]
pub enum Fault {
    Tilted,
    At(f32, f32),
    Moving { speed: u16 },
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    Off,
    On,
}

/// A robot.
#[serialtalk::interface(prefix = "arm.", module = "arm")]
pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&self, mode: Mode) -> Imu<u8, f32>;
    /// Finds out how far the scales are off.
    ///
    /// # Errors
    ///
    /// The robot may move.
    fn calibrate(&mut self) -> Result<f32, Fault>;
    fn log(&mut self, text: &str) -> Option<String>;
    #[command(oneway)]
    fn led(&mut self, hue: u16);
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, from: i8, to: i16) -> f32;
}

#[serialtalk::interface]
pub trait Slow {
    /// Goes home.
    ///
    /// # Errors
    ///
    /// The robot may be lost.
    async fn home(&mut self, speed: u8) -> Result<(), u8>;
    async fn wait(&self);
}

macro_rules! sensor {
    ($name:ident, $method:ident: $value:ty) => {
        #[serialtalk::interface]
        pub trait $name {
            fn $method(&mut self) -> $value;
        }
    };
}

sensor!(Gyro, rate: f32);

fn main() {}
