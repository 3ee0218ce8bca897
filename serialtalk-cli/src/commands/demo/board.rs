//! A board without hardware, whose sensors move with time.

use std::time::Instant;

use serialtalk::Value;

/// A simulated robot.
#[serialtalk::interface(describe)]
pub(crate) trait Board {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;

    /// Acceleration in m/s², of a robot that rocks.
    #[command(idempotent)]
    fn imu(&mut self) -> Imu;

    /// Voltage of the battery in volts; it falls slowly, and is charged every minute.
    #[command(idempotent)]
    fn battery(&mut self) -> f32;

    /// Distance in millimetres to the next obstacle, `None` if there is none within 2 m.
    #[command(idempotent)]
    fn distance(&mut self) -> Option<u16>;

    /// Angles of the three joints in degrees.
    #[command(idempotent)]
    fn joints(&mut self) -> [f32; 3];

    /// Moves a joint, 0 to 2, to an angle in degrees, -180 to 180; takes a second.
    #[command(timeout_ms = 5000)]
    fn move_to(&mut self, joint: u8, degrees: f32) -> Result<f32, MoveError>;

    /// Lights the lamp in a colour: red, green and blue.
    fn set_color(&mut self, rgb: [u8; 3]);

    /// The colour of the lamp: red, green and blue.
    #[command(idempotent)]
    fn color(&mut self) -> [u8; 3];

    /// Gives the robot a name.
    fn rename(&mut self, name: String);

    /// The robot's name.
    #[command(idempotent)]
    fn name(&mut self) -> String;

    /// Shows a text on the robot's display.
    #[command(oneway)]
    fn show(&mut self, text: &str);
}

/// Acceleration in m/s².
#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub(crate) struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

/// Why a joint does not move.
#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub(crate) enum MoveError {
    /// There is no such joint.
    NoSuchJoint,
    /// The joint does not go so far.
    OutOfRange {
        /// The nearest angle that it can reach.
        nearest: f32,
    },
}

/// A robot that exists only here.
pub(crate) struct Demo {
    started: Instant,
    joints: [f32; 3],
    color: [u8; 3],
    name: String,
}

impl Demo {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), joints: [0.0; 3], color: [0; 3], name: "R2".into() }
    }

    /// Seconds since it was started.
    fn seconds(&self) -> f32 {
        self.started.elapsed().as_secs_f32()
    }
}

impl Board for Demo {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> Imu {
        let t = self.seconds();
        Imu { x: 2.0 * (t * 1.1).sin(), y: 1.2 * (t * 1.7).cos(), z: 9.81 + 0.4 * (t * 5.3).sin() }
    }

    fn battery(&mut self) -> f32 {
        8.4 - 0.02 * (self.seconds() % 60.0)
    }

    fn distance(&mut self) -> Option<u16> {
        let mm = 1400.0 + 900.0 * (self.seconds() * 0.7).sin();
        (mm <= 2000.0).then_some(mm as u16)
    }

    fn joints(&mut self) -> [f32; 3] {
        self.joints
    }

    fn move_to(&mut self, joint: u8, degrees: f32) -> Result<f32, MoveError> {
        let angle = self.joints.get_mut(usize::from(joint)).ok_or(MoveError::NoSuchJoint)?;
        let nearest = degrees.clamp(-180.0, 180.0);
        if nearest != degrees {
            return Err(MoveError::OutOfRange { nearest });
        }
        std::thread::sleep(std::time::Duration::from_secs(1));
        *angle = degrees;
        Ok(degrees)
    }

    fn set_color(&mut self, rgb: [u8; 3]) {
        self.color = rgb;
    }

    fn color(&mut self) -> [u8; 3] {
        self.color
    }

    fn rename(&mut self, name: String) {
        self.name = name;
    }

    fn name(&mut self) -> String {
        self.name.clone()
    }

    fn show(&mut self, text: &str) {
        crate::output::tell(format_args!("the display shows: {text}"));
    }
}
