//! Runs Python code on a MicroPython board over its raw REPL.
//!
//! [`Session`] is the exchange as a state machine that never reads, writes or looks at a clock. [`Repl`] drives it over
//! a [`link`](crate::link) and blocks; `AsyncRepl` drives it over embedded-io-async. Neither needs an allocator or an
//! operating system, so that one board can drive the REPL of another.
//!
//! ```no_run
//! # fn example<L: serialtalk::Link>(link: L, millis: fn() -> u32) -> Result<(), serialtalk::repl::ReplError<L::Error>> {
//! use serialtalk::repl::{Repl, Script};
//!
//! let mut board = Repl::new(link, millis);
//! board.run(Script::new("for n in range(3): print(n)"), |printed| {
//!     // The output, piece by piece as it arrives.
//! })?;
//! # let mut buffer = [0; 64];
//! let uptime: u32 = board.eval_in("__import__('time').ticks_ms()", &mut buffer)?;
//! # Ok(())
//! # }
//! ```
//!
//! # How it copes with real boards
//!
//! - At first the board may be doing anything: serving commands with Ctrl-C turned off, running a program, waiting for
//!   the rest of a line, in raw mode already. [`Repl::activate`] tries until a program of its own has answered.
//! - Code of at most 61 bytes is sent in one piece, because every board can buffer it. Longer code is sent under the flow
//!   control of raw paste mode. To a board without raw paste, which is found out, code is sent in statements that fit a
//!   receive buffer of 64 bytes, each acknowledged before the next.
//! - The byte 04, which ends a program's output, may also be part of it. An apparent end is therefore confirmed by a
//!   Ctrl-A, which only the prompt answers.
//! - A board that restarts while a program runs is detected, also by means of a Ctrl-A.

#[cfg(feature = "async")]
mod asynch;
mod blocking;
mod conversation;
mod error;
#[cfg(feature = "repr")]
mod eval;
mod exception;
mod inbox;
mod methods;
mod scan;
mod script;
mod session;

#[cfg(feature = "async")]
pub use asynch::AsyncRepl;
pub use blocking::Repl;
pub use conversation::{Conversation, Printed};
pub use error::ReplError;
pub use exception::{Exception, Frame, Traceback};
pub use script::Script;
pub use session::{Action, Ending, Session};
