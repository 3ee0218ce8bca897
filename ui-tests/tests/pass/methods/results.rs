//! The error of a method reaches the host as a typed value.

use serialtalk::{CallError, Caller};

#[derive(serialtalk::Value, Debug, PartialEq)]
#[repr(u8)]
pub enum Fault {
    Moving = 1,
    Tilted,
}

#[derive(serialtalk::Value, Debug)]
pub enum Detailed {
    Blocked { motor: u8 },
    Hot(i16),
}

#[serialtalk::interface]
pub trait Robot {
    fn start(&mut self) -> Result<(), Fault>;
    fn weigh(&mut self) -> Result<f32, Detailed>;
    fn pose(&self) -> std::result::Result<(f32, f32), (u8, u8)>;
    fn text(&mut self) -> core::result::Result<u8, String>;
}

/// An alias of `Result` with one error type.
pub fn start<C: Caller>(robot: &mut RobotClient<C>) -> Result<(), Option<Fault>> {
    match robot.start() {
        Ok(()) => Ok(()),
        Err(CallError::Failed { error, .. }) => Err(Some(error)),
        Err(_) => Err(None),
    }
}

fn main() {
    let [start, weigh, pose, text] = ROBOT_INTERFACE.commands else { panic!() };
    assert_eq!(
        [start.error, weigh.error, pose.error, text.error],
        ["Fault", "Detailed", "(u8, u8)", "String"]
    );
}
