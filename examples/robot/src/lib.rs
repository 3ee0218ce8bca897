//! What the robots of the examples can do, and what they may ask of their host.
//!
//! A board implements [`Robot`] and serves it; a host holds a [`RobotClient`]. The other way round, the host serves [`Host`],
//! and the board holds a [`HostClient`]. Neither the board nor the host needs to be Rust.
#![no_std]

use heapless::{String, Vec};
use serialtalk::heapless;

/// What every robot of ours can do.
#[serialtalk::interface]
pub trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;

    /// Acceleration in m/s².
    fn imu(&mut self) -> Imu;

    /// Lights the lamp in a colour: its hue in degrees.
    fn led(&mut self, hue: u16);

    /// What the robot is called.
    fn name(&mut self) -> String<16>;

    /// Lights the lamp in a colour: red, green and blue.
    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: Vec<u8, 3>);

    /// Sends 64 bytes back.
    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64];

    /// Finds out what the sensors show when nothing moves.
    #[command(idempotent, timeout_ms = 5000)]
    fn calibrate(&mut self) -> Result<Imu, CalibrationError>;

    /// Shows a text on the robot's display, if it has one.
    #[command(oneway)]
    fn show(&mut self, text: &str);
}

/// What a robot may ask of its host.
#[serialtalk::interface]
pub trait Host {
    /// Takes a line for the log.
    #[command(oneway)]
    fn log(&mut self, line: &str);

    /// Milliseconds since the host was started.
    fn uptime(&mut self) -> u32;
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

/// Why a robot cannot calibrate its sensors.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub enum CalibrationError {
    /// It moves, at so many millimetres per second.
    Moving {
        /// In mm/s.
        speed: u16,
    },
    /// It does not stand upright.
    Tilted,
}
