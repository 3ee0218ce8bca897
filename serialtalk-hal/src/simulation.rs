//! Two programs on a line in virtual time, for tests: waiting takes no real time, and a seed decides everything.
//!
//! A [`Simulation`] has a clock of its own, which moves only when every program in it waits: then it jumps to the next moment
//! at which something happens. A timeout of 1500 ms is over at once, bytes arrive after exactly as long as the line takes, and
//! two runs are the same, on any machine.
//!
//! A firmware against its host over 115,200 baud, where one bit in ten thousand flips:
//!
//! ```
//! use core::time::Duration;
//! use serialtalk::SerialTalk;
//! use serialtalk_hal::fault::Faults;
//! use serialtalk_hal::simulation::{Line, Simulation};
//!
//! #[serialtalk::interface]
//! trait Robot {
//!     fn mult(&mut self, a: f32, b: f32) -> f32;
//! }
//!
//! struct MyRobot;
//!
//! impl Robot for MyRobot {
//!     fn mult(&mut self, a: f32, b: f32) -> f32 {
//!         a * b
//!     }
//! }
//!
//! let simulation = Simulation::new();
//! let (board, host) = simulation.line(Line::baud(115_200));
//!
//! // The board: a main loop that takes 1 ms.
//! let clock = simulation.clock();
//! simulation.board(board, move |end| {
//!     let clock = clock.clone();
//!     async move {
//!         let mut talk = SerialTalk::new(end, clock.clone()).serve(RobotServer::new(MyRobot));
//!         while talk.process().is_ok() {
//!             clock.sleep(Duration::from_millis(1)).await;
//!         }
//!     }
//! });
//!
//! // The host: while it waits for a reply, the board runs.
//! let host = Faults::seed(7).flip_per_bit(1e-4).on(simulation.blocking(host));
//! let mut robot = RobotClient::new(SerialTalk::new(host, simulation.clock()));
//! let replies = (0..1000).filter(|_| robot.mult(2.0, 3.0) == Ok(6.0)).count();
//! assert!(replies > 900);
//! # assert!(simulation.clock().elapsed() > Duration::from_secs(2));
//! ```
//!
//! One program may block, the test, at an end that [`Simulation::blocking`] has made for it; all others are tasks of its thread,
//! which await. With feature `tokio` the ends of a line and the clock are those of async endpoints, too, which run in
//! [`spawn`](Simulation::spawn), [`board`](Simulation::board) and [`block_on`](Simulation::block_on); no runtime of tokio is
//! needed. A blocking endpoint in a task calls `process` and awaits [`sleep`](VirtualClock::sleep) in turns, as above.

#[cfg(feature = "tokio")]
mod asynch;
mod blocking;
mod board;
mod clock;
mod end;
mod lane;
mod line;
mod tasks;
#[cfg(test)]
mod tests;
mod world;

use alloc::rc::Rc;
use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

pub use self::blocking::BlockingEnd;
pub use self::board::Board;
pub use self::clock::VirtualClock;
pub use self::end::LineEnd;
use self::lane::Lane;
pub use self::line::Line;
use self::tasks::Tasks;
use self::world::World;

/// A clock that moves when everybody waits, and the programs that wait for it.
///
/// Dropping it ends its programs.
pub struct Simulation {
    tasks: Rc<Tasks>,
}

impl Simulation {
    /// A simulation at time 0, without programs.
    pub fn new() -> Self {
        Self { tasks: Rc::new(Tasks::new(Arc::new(World::default()))) }
    }

    /// The clock of this simulation.
    pub fn clock(&self) -> VirtualClock {
        VirtualClock::of(Arc::clone(&self.tasks.world))
    }

    /// The two ends of a new line.
    pub fn line(&self, line: Line) -> (LineEnd, LineEnd) {
        let (there, back) = (Arc::new(Lane::new(line, 1)), Arc::new(Lane::new(line, 2)));
        let end = |incoming: &Arc<Lane>, outgoing: &Arc<Lane>| {
            LineEnd::new(self.clock(), Arc::clone(incoming), Arc::clone(outgoing))
        };
        (end(&there, &back), end(&back, &there))
    }

    /// Makes an end whose reads and writes block, for the test. The programs run while they wait.
    ///
    /// # Panics
    ///
    /// A wait panics in a program of the simulation.
    pub fn blocking(&self, end: LineEnd) -> BlockingEnd {
        BlockingEnd::new(end, Rc::clone(&self.tasks))
    }

    /// Adds a program, which runs whenever another one waits.
    pub fn spawn(&self, program: impl Future<Output = ()> + 'static) {
        self.tasks.spawn(program);
    }

    /// Adds a board that can reboot and hang. `program` is started with its end of the line now, and after each reboot.
    pub fn board<F: Future<Output = ()> + 'static>(
        &self,
        end: LineEnd,
        program: impl FnMut(LineEnd) -> F + 'static,
    ) -> Board {
        let board = Board::new(end);
        self.spawn(board.clone().run(program));
        board
    }

    /// Runs a future, and the programs meanwhile, until it is done.
    ///
    /// # Panics
    ///
    /// Panics if the future and all programs wait for each other, so that nothing would ever happen, and if it is called by a
    /// program of the simulation.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.tasks.run(future)
    }

    /// Runs the programs for a time.
    ///
    /// # Panics
    ///
    /// Panics if it is called by a program of the simulation.
    pub fn run_for(&self, time: Duration) {
        self.block_on(self.clock().sleep(time));
    }
}

impl Default for Simulation {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        // They hold clocks and ends, which hold the world.
        self.tasks.end();
    }
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation").field("elapsed", &self.tasks.world.now()).finish_non_exhaustive()
    }
}
