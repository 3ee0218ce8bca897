//! The board of the examples.

/// Serves the commands of the examples.
#[serialtalk::interface(describe)]
pub(crate) trait Board {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    /// Lights the lamp: its hue in degrees.
    #[command(timeout_ms = 800)]
    fn led(&mut self, hue: u16);
    fn name(&mut self) -> String;
    fn fill(&mut self, count: u16) -> String;
    fn calibrate(&mut self) -> Result<u8, Fault>;
}

/// More signatures.
#[serialtalk::interface]
#[allow(dead_code, reason = "only its description is used")]
pub(crate) trait Arm {
    #[command(name = "set color", repr)]
    fn set_color(&mut self, rgb: [u8; 3]);
    fn grip(&mut self, force: u8, side: Option<Side>) -> Grip;
    #[command(raw)]
    fn upload(&mut self, block: &[u8]);
    #[command(format = ">hi", returns = "<d")]
    fn widen(&mut self, a: i8, b: i16) -> f32;
}

/// Two commands of the board, one of them from another version of its interface.
#[serialtalk::interface]
#[allow(dead_code, reason = "only its client is used")]
pub(crate) trait Changed {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn led(&mut self, hue: i16);
}

/// Where a hand is.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
pub(crate) enum Side {
    Left,
    Right,
}

/// What a hand has.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub(crate) enum Grip {
    Held { force: u8 },
    Lost,
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
