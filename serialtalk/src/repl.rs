//! Python code run on a MicroPython board over its raw REPL.
//!
//! [`Session`] is the exchange as a state machine that never reads, writes or looks at a clock; [`Repl`] drives it over
//! a [`link`](crate::link), blocking, and [`AsyncRepl`] over embedded-io-async. None of it needs an allocator or an
//! operating system, so a board can drive the REPL of another.
//!
//! ```no_run
//! # fn example<L: serialtalk::Link>(link: L, millis: fn() -> u32) -> Result<(), serialtalk::repl::ReplError<L::Error>> {
//! use serialtalk::repl::{Repl, Script};
//!
//! let mut board = Repl::new(link, millis);
//! board.run(Script::new("for n in range(3): print(n)"), |printed| {
//!     // The output, as it comes.
//! })?;
//! # let mut buffer = [0; 64];
//! let degrees: f32 = board.eval_in("temperature()", &mut buffer)?;
//! # Ok(())
//! # }
//! ```
//!
//! # What it does about boards as they are
//!
//! - The board may be doing anything at first: serving commands with Ctrl-C turned off, running a program, waiting for
//!   the rest of a line, in raw mode already. [`Repl::activate`] tries until a program of its own has answered.
//! - Code of at most 61 bytes is sent as it is: every board can hold it. Longer code is sent under the flow control of raw paste.
//!   Where the board has not got that, which is found out, code is sent in statements that fit a receive buffer of 64 bytes,
//!   each acknowledged before the next.
//! - The byte 04 that ends a program's output may be part of it. So what looks like the end is believed only after the
//!   prompt has answered a Ctrl-A.
//! - A board that restarts meanwhile is noticed, in the same way.

#[cfg(feature = "async")]
mod asynchronous;
mod blocking;
mod conversation;
mod error;
#[cfg(feature = "repr")]
mod evaluate;
mod exception;
mod inbox;
mod scan;
mod script;
mod session;

#[cfg(feature = "async")]
pub use asynchronous::AsyncRepl;
pub use blocking::Repl;
pub use conversation::{Conversation, Printed};
pub use error::ReplError;
pub use exception::{Exception, Frame, Traceback};
pub use script::Script;
pub use session::{Ending, Session, Step};

/// How long the board may take to come to its prompt, unless told otherwise.
const ACTIVATE_MS: u32 = 5000;

/// How long a program may run, unless told otherwise.
const RUN_MS: u32 = 10_000;
