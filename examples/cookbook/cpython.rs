//! A board on a virtual serial port, for programs in Python, and the module `robot.py` that they import.

#![cfg_attr(not(unix), allow(dead_code, unused_imports))]

use std::path::PathBuf;

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

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    std::fs::write(folder.join("robot.py"), serialtalk_python::module(&[ROBOT_INTERFACE]))?;
    std::fs::write(folder.join(serialtalk_python::DEVICES_FILE), serialtalk_python::DEVICES)?;

    let mut talk = serialtalk_hal::pty::open()?.serve(RobotServer::new(SimulatedRobot));
    println!("{}", talk.link().path());
    loop {
        talk.process_within(1000)?;
    }
}

#[cfg(not(unix))]
fn main() {
    eprintln!("virtual serial ports need a Unix");
}
