//! The programs at the other end of the line: the original SerialTalk, run by CPython and by MicroPython, for tests
//! that need real peers. The tests are in the package `system-tests`. What the peers need from PyPI is in a virtual
//! environment that `cargo xtask test` makes; a test that finds none is [skipped](skip), unless `CI=true`.
//!
//! ```no_run
//! use peers::{Interpreter, Line};
//!
//! let venv = peers::require!();
//! let mut server = venv.serve(Interpreter::MicroPython, Line::Listen);
//! let mut client = venv.client(Interpreter::CPython, Line::Connect(server.address()));
//! assert_eq!(client.call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
//! client.call("'stop'");
//! assert_eq!(server.done(), "done 2");
//! ```
//!
//! The Python side is in `peers/python`: `commands.py` says what the server serves, `device.py` how it reaches the
//! line. [`Machine`] starts boards that QEMU emulates: Rust firmware, or MicroPython on a micro:bit. Beside these programs
//! there are two sources of truth: the recorded [`vectors`], and the [`oracle`], which tells what Python itself makes of
//! formats and literals.

#[cfg(target_os = "linux")]
mod board_on_pty;
#[cfg(unix)]
mod emulator;
mod install;
mod line;
pub mod oracle;
mod peer;
mod random;
mod skip;
pub mod vectors;
mod venv;
#[cfg(unix)]
mod wire;

#[cfg(target_os = "linux")]
pub use board_on_pty::BoardOnPty;
#[cfg(unix)]
pub use emulator::{Board, BoardBuilder, Firmware, Machine, Missing, example};
pub use install::install;
pub use line::Line;
pub use peer::{Peer, Turns};
pub use random::random;
pub use skip::{is_ci, skip};
pub use venv::{Interpreter, Venv};
#[cfg(unix)]
pub use wire::{Wire, wire};

/// The [`Venv`] with the peers. If there is none, [skips the test](skip): returns from the function around it,
/// which has to return `()`.
#[macro_export]
macro_rules! require {
    () => {
        match $crate::Venv::find() {
            Some(venv) => venv,
            None => return,
        }
    };
}

/// A [`BoardBuilder`] for an emulated board. If this machine cannot emulate it, [skips the test](skip): returns
/// from the function around it, which has to return `()`.
#[macro_export]
macro_rules! require_board {
    ($machine:expr, $firmware:expr) => {
        match $machine.board($firmware) {
            Some(board) => board,
            None => return,
        }
    };
}
