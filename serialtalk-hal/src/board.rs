//! MicroPython boards that get their files and programs from a host.
//!
//! [`Board`] is a board at its raw REPL: runs code, moves files.
//!
//! ```
//! use serialtalk_hal::board::Board;
//! use serialtalk_hal::serial::SerialLink;
//!
//! # #[cfg(not(target_os = "linux"))]
//! # fn main() {}
//! # #[cfg(target_os = "linux")]
//! # fn main() {
//! #     let micropython = peers::require!().board();
//! #     example(micropython.path()).unwrap();
//! #     assert_eq!(std::fs::read(micropython.folder().join("data/readme.txt")).unwrap(), b"hello");
//! # }
//! # fn example(path: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let port = SerialLink::open(path, Default::default())?; // such as /dev/ttyACM0
//! let mut board = Board::new(port);
//! board.on_progress(|progress| println!("{}: {} of {} bytes", progress.path, progress.done, progress.total));
//! board.make_folder("data")?;
//! board.write("data/readme.txt", b"hello")?;
//! let uptime: u32 = board.repl().eval("__import__('time').ticks_ms()")?;
//! # Ok(())
//! # }
//! ```
//!
//! Everything here blocks; in a program that uses tokio, it belongs into `spawn_blocking`. Code alone can be run by
//! [`AsyncRepl`](serialtalk::repl::AsyncRepl).

mod error;
mod files;
mod fingerprint;
mod helpers;
mod lines;
mod literals;
mod means;
mod program;
mod short;
mod tree;
mod upload;

use std::collections::HashSet;

use serialtalk::link::Link;
use serialtalk::repl::Repl;

pub use self::error::BoardError;
pub use self::files::{Entry, Written};
pub use self::program::{Borrowed, DeployError, Program};
pub use self::tree::{Copied, LocalError, Tree};
use crate::StdClock;
pub use crate::include_board;
use means::Means;

/// The REPL under a [`Board`], with a buffer for fast lines.
pub type BoardRepl<L> = Repl<L, StdClock, 4096>;

/// A MicroPython board at its raw REPL.
///
/// Nothing is sent before something is asked for; then whatever runs on the board is interrupted. Names that begin with
/// `_st_` on the board are ours.
pub struct Board<L> {
    repl: BoardRepl<L>,
    means: Option<Means>,
    /// The names of the helpers that the board has.
    helpers: HashSet<&'static str>,
    progress: Option<Box<dyn FnMut(Progress<'_>) + Send>>,
    /// The file that a write that has not ended leaves on the board.
    part: Option<String>,
}

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'p> {
    /// The path on the board.
    pub path: &'p str,
    /// How many bytes the board has acknowledged, or sent.
    pub done: u64,
    /// How many there are.
    pub total: u64,
    /// Whether the board has the file already, with the same content: nothing of it is sent.
    pub unchanged: bool,
}

impl<L: Link> Board<L> {
    /// A board of which nothing is known.
    pub fn new(link: L) -> Self {
        let repl = Repl::new(link, StdClock::new()).buffer();
        Self { repl, means: None, helpers: HashSet::new(), progress: None, part: None }
    }

    /// Sets a listener for the progress of each file.
    pub fn on_progress(&mut self, listener: impl FnMut(Progress<'_>) + Send + 'static) {
        self.progress = Some(Box::new(listener));
    }

    /// The REPL, to run code and evaluate expressions.
    ///
    /// What is set here, as its time-out and how long a line it keeps, also holds for files and programs.
    pub fn repl(&mut self) -> &mut BoardRepl<L> {
        // The caller may delete the helpers on the board.
        self.helpers.clear();
        self.means = None;
        &mut self.repl
    }

    /// Gives the link back, and leaves the board as it is.
    pub fn into_link(self) -> L {
        self.repl.into_link()
    }

    /// Tells what has become of a file.
    fn report(&mut self, path: &str, size: usize, written: Written) {
        if let Some(listener) = &mut self.progress {
            let (size, unchanged) = (size as u64, written == Written::Unchanged);
            listener(Progress { path, done: size, total: size, unchanged });
        }
    }
}

fn report(progress: &mut Option<Box<dyn FnMut(Progress<'_>) + Send>>, path: &str, done: usize, total: usize) {
    if let Some(listener) = progress {
        listener(Progress { path, done: done as u64, total: total as u64, unchanged: false });
    }
}

impl<L: core::fmt::Debug> core::fmt::Debug for Board<L> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Board").field("repl", &self.repl).field("means", &self.means).finish_non_exhaustive()
    }
}
