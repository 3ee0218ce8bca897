//! What the robots of the examples can do, and what they may ask of their host.
//!
//! A board implements [`Robot`] and serves it; a host holds a [`RobotClient`]. The other way round, the host serves [`Host`],
//! and the board holds a [`HostClient`]. Neither the board nor the host needs to be Rust.
#![no_std]

use heapless::{String, Vec};
use serialtalk::heapless;

/// What every robot can do.
#[serialtalk::interface]
pub trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;

    /// Acceleration in m/s².
    fn imu(&mut self) -> Imu;

    /// Lights the lamp in a colour: its hue in degrees.
    fn led(&mut self, hue: u16);

    /// The robot's name.
    fn name(&mut self) -> String<16>;

    /// Lights the lamp in a colour: red, green and blue.
    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: Vec<u8, 3>);

    /// Sends 64 bytes back.
    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64];

    /// Measures what the sensors show when nothing moves.
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

/// What a board reports about itself, and does for tests.
#[serialtalk::interface(prefix = "dbg ", describe)]
pub trait Diagnosis {
    /// Sends bytes back unchanged.
    #[command(raw)]
    fn reflect(&mut self, bytes: &[u8]) -> Vec<u8, 240>;

    /// Turns a pose by an angle in hundredths of a degree.
    #[command(postcard)]
    fn turn(&mut self, pose: Pose, by: i16) -> Pose;

    /// Keeps the board busy for some milliseconds.
    #[command(timeout_ms = 60_000)]
    fn busy(&mut self, ms: u16);

    /// How often bytes were lost because they arrived too fast.
    fn overruns(&mut self) -> u32;

    /// The longest turn of the main loop since the last call, in microseconds.
    fn longest_gap(&mut self) -> u32;

    /// Makes the board ask the host for its uptime after the reply.
    fn ask(&mut self);

    /// The host's uptime, once it has answered.
    fn heard(&mut self) -> Option<u32>;

    /// Sends two numbers back, in their order or reversed.
    fn arrange(&mut self, first: u16, second: u16, order: Order) -> Pair;

    /// Never returns; only a watchdog ends it.
    fn hang(&mut self);
}

/// In which order two numbers are sent back.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Order {
    /// As they came.
    Kept,
    /// The second one first.
    Reversed,
}

/// Two numbers in an order.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The one that is sent first.
    pub first: u16,
    /// The one that is sent after it.
    pub second: u16,
}

/// What a board with a robot on another line does.
#[serialtalk::interface(prefix = "far ")]
pub trait Relay {
    /// Product of two numbers, computed by the robot.
    #[command(timeout_ms = 60_000)]
    fn mult(&mut self, a: f32, b: f32) -> Result<f32, RelayError>;

    /// The robot's acceleration in m/s².
    #[command(timeout_ms = 60_000)]
    fn imu(&mut self) -> Result<Imu, RelayError>;

    /// Calls the robot `count` times; returns how many of its answers were right.
    #[command(timeout_ms = 60_000)]
    fn many(&mut self, count: u16) -> Result<u16, RelayError>;
}

/// Why a call of a robot on another line failed.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum RelayError {
    /// It did not answer.
    Silent,
    /// It rejected the call.
    Refused,
    /// Its reply cannot be read.
    Confused,
    /// Bytes were lost on the way.
    Line,
}

/// Where a robot is.
#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// In millimetres.
    pub x: i32,
    /// In millimetres.
    pub y: i32,
    /// In hundredths of a degree.
    pub heading: i16,
    /// The letter of the place, if it has one.
    pub place: Option<char>,
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
    /// It moves.
    Moving {
        /// Its speed in mm/s.
        speed: u16,
    },
    /// It is not upright.
    Tilted,
}
