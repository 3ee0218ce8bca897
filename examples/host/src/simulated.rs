//! A robot without hardware.

use core::convert::Infallible;

use robot::{CalibrationError, HostClient, Imu, Robot, RobotServer};
use serialtalk::LinkError;
use serialtalk::heapless::{String, Vec};
use serialtalk::link::Link;
use serialtalk_hal::Talk;

/// Does what a robot would do, and remembers it.
#[derive(Debug, Default)]
pub struct SimulatedRobot {
    /// The colour of its lamp: a hue in degrees.
    pub hue: u16,
    /// The same as red, green and blue.
    pub rgb: Vec<u8, 3>,
    /// What it was told to show, until somebody takes it.
    pub shown: Option<std::string::String>,
}

impl Robot for SimulatedRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self) -> Imu {
        Imu { x: 0.0, y: 0.1, z: 9.8 }
    }

    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }

    fn name(&mut self) -> String<16> {
        String::try_from("R2 (simulated)").unwrap_or_default()
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

    fn show(&mut self, text: &str) {
        self.shown = Some(text.into());
    }
}

/// The main loop of a simulated board: it serves, and whenever it was told to show something, it tells its host so.
///
/// # Errors
///
/// Those of the link.
pub fn simulate<L: Link>(talk: Talk<L>) -> Result<Infallible, LinkError<L::Error>> {
    let mut talk = talk.serve(RobotServer::new(SimulatedRobot::default()));
    loop {
        talk.process_within(1000)?;
        let robot = talk.service_mut().1.inner_mut();
        if let Some(text) = robot.shown.take() {
            // A host that is gone does not hear it; the next turn of the loop finds that out.
            let _ = HostClient::new(&mut talk).log(&format!("showing {text:?}, battery at 7.4 V"));
        }
    }
}
