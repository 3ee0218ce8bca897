//! A job that takes longer than a moment: one command starts it, one tells how far it is, one cancels it.

use std::thread;
use std::time::Duration;

use serialtalk_hal::memory::MemoryLink;
use serialtalk_hal::{SerialTalk, loopback};

/// What the board can do.
#[serialtalk::interface]
trait Oven {
    /// Starts to bake.
    fn start(&mut self, seconds: u16) -> Result<(), OvenError>;
    /// How far it is.
    fn progress(&mut self) -> Progress;
    /// Ends what was started. Nothing happens if nothing was.
    fn cancel(&mut self);
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
enum Progress {
    Idle,
    Running { percent: u8 },
    Done,
    Cancelled,
}

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
#[repr(u8)]
enum OvenError {
    Busy,
}

/// The state of the board.
struct MyOven {
    job: Option<Job>,
    outcome: Progress,
}

struct Job {
    done: u32,
    all: u32,
}

impl Oven for MyOven {
    fn start(&mut self, seconds: u16) -> Result<(), OvenError> {
        if self.job.is_some() {
            return Err(OvenError::Busy);
        }
        self.job = Some(Job { done: 0, all: u32::from(seconds) * 10 });
        Ok(())
    }

    fn progress(&mut self) -> Progress {
        match &self.job {
            Some(job) => Progress::Running { percent: (100 * job.done / job.all.max(1)) as u8 },
            None => self.outcome,
        }
    }

    fn cancel(&mut self) {
        if self.job.take().is_some() {
            self.outcome = Progress::Cancelled;
        }
    }
}

impl MyOven {
    /// Lets the job go on by a step. Never waits.
    fn step(&mut self) {
        let Some(job) = &mut self.job else { return };
        job.done += 1;
        if job.done >= job.all {
            self.job = None;
            self.outcome = Progress::Done;
        }
    }
}

/// The main loop of the board.
fn board(talk: SerialTalk<MemoryLink>) {
    let mut talk = talk.serve(OvenServer::new(MyOven { job: None, outcome: Progress::Idle }));
    while talk.process_within(1).is_ok() {
        let oven: &mut MyOven = talk.state();
        oven.step();
    }
}

fn main() -> anyhow::Result<()> {
    let (near, far) = loopback();
    thread::spawn(|| board(near));
    let mut oven = OvenClient::connect(far)?;

    oven.start(5)?;
    if let Err(error) = oven.start(5) {
        println!("{error}");
    }
    let outcome = loop {
        match oven.progress()? {
            Progress::Running { .. } => thread::sleep(Duration::from_millis(10)),
            outcome => break outcome,
        }
    };
    println!("the first one: {outcome:?}");

    oven.start(u16::MAX)?;
    oven.cancel()?;
    println!("the second one: {:?}", oven.progress()?);
    Ok(())
}
