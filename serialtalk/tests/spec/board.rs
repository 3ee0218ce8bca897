//! The board of the examples.

/// Serves the commands of the examples.
#[serialtalk::interface]
pub(crate) trait Board {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    fn led(&mut self, hue: u16);
    fn name(&mut self) -> String;
    fn fill(&mut self, count: u16) -> String;
    fn calibrate(&mut self) -> Result<u8, Fault>;
}

/// The error of `calibrate`.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    Moving { speed: u8 },
}

/// A board that moves.
pub(crate) struct Moving;

impl Board for Moving {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.125, 9.75)
    }

    fn led(&mut self, _hue: u16) {}

    fn name(&mut self) -> String {
        "R2".into()
    }

    fn fill(&mut self, count: u16) -> String {
        "x".repeat(count.into())
    }

    fn calibrate(&mut self) -> Result<u8, Fault> {
        Err(Fault::Moving { speed: 3 })
    }
}
