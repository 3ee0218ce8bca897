//! A board on a virtual serial port, for programs in Python, and the module `robot.py` that they import.

use std::path::PathBuf;

use serialtalk_hal::pty;

/// What the board can do.
#[serialtalk::interface]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Lights the lamp: its hue in degrees.
    fn led(&mut self, hue: u16);
}

/// The board of this program, which needs no hardware.
struct SimulatedRobot;

impl Robot for SimulatedRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn led(&mut self, hue: u16) {
        println!("hue: {hue}");
    }
}

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    std::fs::write(folder.join("robot.py"), serialtalk_python::module(&[ROBOT_INTERFACE]))?;
    std::fs::write(folder.join(serialtalk_python::DEVICES_FILE), serialtalk_python::DEVICES)?;

    let mut talk = pty::open()?.serve(RobotServer::new(SimulatedRobot));
    println!("{}", talk.link().path());
    loop {
        talk.process_within(1000)?;
    }
}
