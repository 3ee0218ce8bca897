//! The contract: what the board can do. Board and host are built from it.
#![no_std]

/// What the board can do.
#[serialtalk::interface(describe)]
pub trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;

    /// Acceleration in m/s².
    fn imu(&mut self) -> Imu;

    /// Lights the lamp in a colour: red, green and blue.
    fn set_color(&mut self, rgb: [u8; 3]);
}

/// Acceleration in m/s².
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Imu {
    /// Forwards.
    pub x: f32,
    /// To the left.
    pub y: f32,
    /// Upwards.
    pub z: f32,
}
