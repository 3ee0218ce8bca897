//! What the board does: a robot without motors and sensors, whose lamp is a number. Replace what its commands do.

use serialtalk::heapless::{String, Vec};

use crate::robot::{CalibrationError, Imu, Robot};

/// A robot without motors and sensors.
#[derive(Debug, Default)]
pub struct OnboardRobot {
    hue: u16,
    rgb: Vec<u8, 3>,
}

impl Robot for OnboardRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> Imu {
        Imu { x: f32::from(self.hue), y: 0.1, z: 9.8 }
    }

    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn name(&mut self) -> String<16> {
        String::try_from("R2 on board").unwrap_or_default()
    }

    fn set_color(&mut self, rgb: Vec<u8, 3>) {
        self.rgb = rgb;
    }

    fn echo64(&mut self, bytes: [u8; 64]) -> [u8; 64] {
        bytes
    }

    fn calibrate(&mut self) -> Result<Imu, CalibrationError> {
        match self.hue {
            0 => Err(CalibrationError::Moving { speed: 3 }),
            _ => Ok(Imu { x: 0.0, y: 0.0, z: 9.81 }),
        }
    }

    fn show(&mut self, _text: &str) {
        // There is no display.
    }
}
