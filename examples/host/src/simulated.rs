//! A robot without hardware.

use robot::{CalibrationError, HostClient, Imu, Robot, RobotServer};
use serialtalk::LinkError;
use serialtalk::heapless::{String, Vec};
use serialtalk::link::Link;
use serialtalk_hal::SerialTalk;

/// Behaves like a robot and remembers what it was told.
#[derive(Debug, Default)]
pub struct SimulatedRobot {
    /// The colour of its lamp: a hue in degrees.
    pub hue: u16,
    /// The colour of its lamp: red, green and blue.
    pub rgb: Vec<u8, 3>,
    /// The text that it was last told to show, until that is taken.
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

/// The main loop of a simulated board: it serves, and reports to its host whenever it was told to show something.
///
/// # Errors
///
/// Returns an error if the link fails or is closed; it never returns otherwise.
pub fn simulate<L: Link>(talk: SerialTalk<L>) -> Result<(), LinkError<L::Error>> {
    let mut talk = talk.serve(RobotServer::new(SimulatedRobot::default()));
    loop {
        talk.process_within(1000)?;
        let robot: &mut SimulatedRobot = talk.state();
        if let Some(text) = robot.shown.take() {
            // If the link has failed, `process_within` returns the error in the next turn.
            let _ = HostClient::new(&mut talk).log(&format!("showing {text:?}, battery at 7.4 V"));
        }
    }
}
