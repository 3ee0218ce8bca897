//! What is served: the same four commands everywhere.

/// What the robot can do.
#[cfg_attr(not(feature = "contract"), serialtalk::interface(contract = false))]
#[cfg_attr(all(feature = "contract", not(feature = "describe-signatures")), serialtalk::interface)]
#[cfg_attr(
    all(feature = "describe-signatures", not(feature = "describe")),
    serialtalk::interface(describe = "signatures")
)]
#[cfg_attr(feature = "describe", serialtalk::interface(describe))]
pub trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Acceleration in m/s².
    fn imu(&mut self) -> (f32, f32, f32);
    /// Lights the lamp: its hue in degrees.
    fn led(&mut self, hue: u16);
    /// Sends 64 bytes back.
    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64];
}

/// What the host can do.
#[cfg_attr(not(feature = "contract"), serialtalk::interface(contract = false))]
#[cfg_attr(feature = "contract", serialtalk::interface)]
pub trait Host {
    /// Seconds since its start.
    fn uptime(&mut self) -> u32;
}

/// A robot that remembers the colour of its lamp.
#[derive(Debug)]
pub struct MyRobot {
    hue: u16,
}

impl MyRobot {
    /// One whose lamp is red.
    pub const fn new() -> Self {
        Self { hue: 0 }
    }
}

impl Default for MyRobot {
    fn default() -> Self {
        Self::new()
    }
}

impl Robot for MyRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.1, f32::from(self.hue))
    }

    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64] {
        bytes
    }
}
