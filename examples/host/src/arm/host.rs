//! A robot arm without hardware: what its hosts have in common.

use core::error::Error;
use core::fmt;
use core::time::Duration;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use arm::{Alarm, ArmClient, ArmHost, JOINTS, Progress};
use clap::Parser;
use serialtalk::Caller;

/// What a host of an arm is told when it is started.
#[derive(Debug, Parser)]
pub struct ArmArguments {
    /// Where the arm is: a path, `usb:VID:PID`, `auto`, or `tcp://HOST:PORT`
    #[arg(long, env = "SERIALTALK_PORT", default_value = "auto")]
    pub port: String,
    /// The file for the angles of the joints
    #[arg(long, default_value = "joints.csv")]
    pub log: PathBuf,
}

/// The time between two readings of the joints.
pub const PERIOD: Duration = Duration::from_millis(20);

/// What a host waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The arm has stopped by itself, or was told to.
    Alarm(Alarm),
    /// A motion has ended.
    Done(Progress),
    /// The board has something to say.
    Said(String),
    /// The user has typed a line.
    Typed(String),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alarm(alarm) => write!(f, "ALARM: {alarm:?}; find out why, then type reset"),
            Self::Done(outcome) => write!(f, "the motion has ended: {outcome:?}"),
            Self::Said(line) => write!(f, "the arm says: {line}"),
            Self::Typed(line) => f.write_str(line),
        }
    }
}

/// Serves what an arm tells its host, and passes it on. A handler that only does so is done at once.
#[derive(Debug)]
pub struct Events<F>(pub F);

impl<F: FnMut(Event)> ArmHost for Events<F> {
    fn on_alarm(&mut self, alarm: Alarm) {
        (self.0)(Event::Alarm(alarm));
    }

    fn on_done(&mut self, outcome: Progress) {
        (self.0)(Event::Done(outcome));
    }

    fn log(&mut self, line: &str) {
        (self.0)(Event::Said(line.into()));
    }
}

/// Brings an arm into the state that a host expects after it was connected: no motion of an earlier run is under way.
///
/// # Errors
///
/// Returns the error of the call that fails.
pub fn set_up<C: Caller<Error: Error + Send + Sync + 'static>>(
    talk: C,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arm = ArmClient::new(talk);
    println!("connected to {}", arm.name()?);
    Ok(arm.cancel()?)
}

/// What can be typed.
pub fn help() {
    println!("type home, move, grip, cancel, stop, reset, progress or quit");
}

/// A table of joint angles, one row for each reading.
#[derive(Debug)]
pub struct JointLog<W> {
    out: W,
    start: Instant,
    /// How many rows were written.
    pub rows: u32,
    /// How many readings have failed.
    pub missed: u32,
}

impl<W: Write> JointLog<W> {
    /// Begins a table.
    ///
    /// # Errors
    ///
    /// Returns the error of `out`.
    pub fn new(mut out: W) -> std::io::Result<Self> {
        writeln!(out, "ms,base,shoulder,elbow,forearm,wrist,hand")?;
        Ok(Self { out, start: Instant::now(), rows: 0, missed: 0 })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// Returns the error of `out`.
    pub fn write(&mut self, joints: [f32; JOINTS]) -> std::io::Result<()> {
        self.rows += 1;
        write!(self.out, "{}", self.start.elapsed().as_millis())?;
        joints.iter().try_for_each(|angle| write!(self.out, ",{angle}"))?;
        writeln!(self.out)
    }
}
