//! What the robot can do: the contract. A host in Rust is built from it, too.

use serialtalk::heapless::{String, Vec};

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
