//! What the robot arm of the examples can do, and what it tells its host.
//!
//! A board implements [`Arm`] and serves it; a host holds an [`ArmClient`]. The other way round, the host serves [`ArmHost`],
//! and the board holds an [`ArmHostClient`].
#![no_std]

use serialtalk::heapless::String;

/// How many joints the arm has.
pub const JOINTS: usize = 6;

/// An arm with six joints, from the base (0) to the hand (5), and a gripper. Angles are in degrees.
///
/// A motion takes seconds. It is started by one command, which returns at once; [`progress`](Self::progress) tells how far it
/// is, and [`cancel`](Self::cancel) ends it. One motion is under way at a time.
#[serialtalk::interface(describe)]
pub trait Arm {
    /// The arm's name.
    fn name(&mut self) -> String<16>;

    /// The angles of the joints, in degrees.
    fn joints(&mut self) -> [f32; JOINTS];

    /// The temperatures of the joints' motors, in degrees Celsius.
    fn temperatures(&mut self) -> [f32; JOINTS];

    /// Opens or closes the gripper.
    fn grip(&mut self, closed: bool);

    /// Starts a motion of all joints at once to the `target` angles. `speed` is that of each joint, in degrees per second.
    fn move_to(&mut self, target: [f32; JOINTS], speed: f32) -> Result<(), MoveError>;

    /// Starts homing: the joints turn to their zero points, one after the other.
    fn start_homing(&mut self) -> Result<(), MoveError>;

    /// How far the last motion is.
    fn progress(&mut self) -> Progress;

    /// Ends the motion that is under way, if there is one: the joints stay where they are.
    fn cancel(&mut self);

    /// Homes the arm, and returns when that is done.
    ///
    /// This is how a slow job should not be written: the board serves nothing else meanwhile, [`stop`](Self::stop) included.
    #[command(timeout_ms = 10_000)]
    fn home(&mut self) -> Result<(), MoveError>;

    /// Stops everything at once. Motions are refused until [`reset`](Self::reset).
    ///
    /// This is no safety function: the command may be lost, and a board that is busy runs it late.
    #[command(oneway)]
    fn stop(&mut self);

    /// Makes an arm ready again that an [`Alarm`] has stopped.
    fn reset(&mut self);
}

/// What the host of an arm serves.
#[serialtalk::interface(describe)]
pub trait ArmHost {
    /// Takes an alarm, which has stopped the arm.
    #[command(oneway)]
    fn on_alarm(&mut self, alarm: Alarm);

    /// Takes the outcome of a motion, which has ended.
    #[command(oneway)]
    fn on_done(&mut self, outcome: Progress);

    /// Takes a line for the log.
    #[command(oneway)]
    fn log(&mut self, line: &str);
}

/// How far the last motion of an arm is.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    /// The arm has not moved since it was started.
    Idle,
    /// It is under way.
    Running {
        /// How much of it is done.
        percent: u8,
    },
    /// It has reached its end.
    Done,
    /// It was cancelled.
    Cancelled,
    /// An alarm has ended it.
    Failed {
        /// Which one.
        alarm: Alarm,
    },
}

/// Why an arm has stopped.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub enum Alarm {
    /// The host has told it to.
    EmergencyStop,
    /// A joint met an obstacle.
    Collision {
        /// Which joint.
        joint: u8,
    },
    /// A motor is too hot to move.
    Overheated {
        /// Whose motor.
        joint: u8,
        /// Its temperature in degrees Celsius.
        celsius: f32,
    },
}

/// Why an arm does not move.
#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
pub enum MoveError {
    /// Another motion is under way.
    Busy,
    /// An alarm has stopped the arm, and it was not reset since.
    Stopped,
    /// A joint cannot turn that far.
    OutOfReach {
        /// Which joint.
        joint: u8,
        /// Its smallest angle in degrees.
        least: f32,
        /// Its largest angle in degrees.
        most: f32,
    },
    /// The speed is not above zero, or is above that of the motors.
    Speed {
        /// The speed of the motors in degrees per second.
        most: f32,
    },
}
