//! One board for several programs: whoever has it open for long listens at a socket, and makes the calls of the others.
//!
//! The socket speaks plain SerialTalk: every command is one of the board, but for those that begin with `share `.

#[cfg(unix)]
pub(crate) mod forward;
#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod without;

#[cfg(unix)]
pub(crate) use unix::{Sharing, join, pause};
#[cfg(not(unix))]
pub(crate) use without::{Sharing, pause};

/// Tells the program that has the board open how long calls may take: milliseconds, `I`.
#[cfg(unix)]
const TIMEOUT: &str = "share timeout";

/// Asks the program that has the board open to close it until this connection ends.
#[cfg(unix)]
const PAUSE: &str = "share pause";
