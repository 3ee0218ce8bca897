//! A robot arm without hardware: what its hosts have in common.

use core::error::Error;
use std::io::Write;
use std::time::Instant;

use arm::{Alarm, ArmClient, ArmHost, JOINTS, Progress};
use serialtalk::Caller;

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
