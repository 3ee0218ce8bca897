//! What a server tells its peers: signatures to compare, descriptions, nothing.
#![forbid(unused, unused_qualifications, deprecated, missing_docs, clippy::all)]

use serialtalk::CommandTable;

/// A trait for every type, with methods of slices and options.
pub trait Extra: Sized {
    /// Takes the place of that of a slice.
    fn get(&self, _at: usize) {}
    /// Takes the place of that of an option.
    fn copied(self) {}
    /// Takes the place of that of a description.
    fn description(self) {}
    /// Takes the place of that of an array.
    fn len(self) {}
}

impl<T> Extra for T {}

/// Described.
#[serialtalk::interface(describe)]
pub trait Robot {
    /// Stops.
    fn stop(&mut self);
}

/// Described without documentation, if the module is loaded.
#[serialtalk::interface(describe = "signatures", module = "arm")]
pub trait Arm {
    /// Grips.
    fn grip(&mut self, force: u8);
    /// Only elsewhere.
    #[cfg(any())]
    fn elsewhere(&mut self);
}

/// Not compared.
#[serialtalk::interface(contract = false)]
pub trait Small {
    /// Does nothing.
    fn nothing(&mut self);
}

/// All of them.
pub struct Fake;

impl Robot for Fake {
    fn stop(&mut self) {}
}

impl Arm for Fake {
    fn grip(&mut self, _force: u8) {}
}

impl Small for Fake {
    fn nothing(&mut self) {}
}

fn main() {
    let robot = RobotServer::new(Fake);
    let description = "stop()\nrust stop()\n\nStops.";
    assert_eq!(CommandTable::description(&robot, 0), Some(description));
    assert_eq!(CommandTable::description(&robot, 1), None);
    assert_eq!(robot.find_hash(ROBOT_INTERFACE.commands[0].hash), Some(0));

    let mut arm = ArmServer::new(Fake);
    assert_eq!(CommandTable::description(&arm, 0), Some(""), "the module is not loaded");
    assert!(arm.load(b"arm"));
    assert_eq!(CommandTable::description(&arm, 0), Some("grip(force: u8)\nrust grip(force: u8)"));
    assert_eq!(CommandTable::description(&arm, 1), None);

    let small = SmallServer::new(Fake);
    assert_eq!(CommandTable::description(&small, 0), Some(""));
    assert_eq!(small.find_hash(SMALL_INTERFACE.commands[0].hash), None);
    assert_eq!(small.find_signed(b"nothing"), None);
}
