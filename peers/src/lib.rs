//! The programs at the other end of the line: the original SerialTalk, run by CPython and by MicroPython. The tests that use
//! them are in the package `system-tests`. `cargo xtask test` installs the Python packages in a virtual environment; a test
//! that finds none is [skipped](skip), or fails with `CI=true`.
//!
//! ```
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
//! The Python side is in `peers/python`: `commands.py` has the commands of the server, `device.py` its access to the line.
//! [`Machine`] starts boards that QEMU emulates, with Rust firmware or with MicroPython on a micro:bit. Two further modules
//! are references to test against: the recorded [`vectors`], and the [`oracle`], in which Python packs and parses formats and
//! literals.

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
mod toolchain;
pub mod vectors;
mod venv;
#[cfg(unix)]
mod wire;

#[cfg(target_os = "linux")]
pub use board_on_pty::BoardOnPty;
#[cfg(unix)]
pub use emulator::{Board, BoardBuilder, Firmware, Machine, Missing, example};
pub use install::{find_python, install};
pub use line::Line;
pub use peer::{Peer, Turns};
pub use random::{random, random_from};
pub use skip::{SkippedTest, has_program, is_ci, skip};
pub use toolchain::{Toolchain, firmware_folder, has_avr_gcc};
pub use venv::{Interpreter, Venv};
#[cfg(unix)]
pub use wire::{Wire, wire};

/// What is missing for a test that finds no [`Venv`].
pub const NO_PEERS: &str = "no Python peers in target/python-peers";

/// What is missing for a test that finds no firmware of this name.
pub fn no_firmware(name: &str) -> String {
    format!("no firmware {name}")
}

/// MicroPython 1.9.2 for the micro:bit, where Debian's package has it.
pub const MICROBIT_MICROPYTHON: &str = "/usr/share/firmware-microbit-micropython/firmware.hex";

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

/// Mounts a file system of 64 KiB in the memory of a MicroPython board, at `/small`: Python.
pub const SMALL_FILE_SYSTEM: &str = "
import os, vfs
class Ram:
    def __init__(self):
        self.data = bytearray(65536)
    def readblocks(self, n, buf, off=0):
        for i in range(len(buf)): buf[i] = self.data[n * 512 + off + i]
    def writeblocks(self, n, buf, off=None):
        if off is None: off = 0
        for i in range(len(buf)): self.data[n * 512 + off + i] = buf[i]
    def ioctl(self, op, arg):
        return 128 if op == 4 else 512 if op == 5 else 0
ram = Ram()
vfs.VfsLfs2.mkfs(ram)
vfs.mount(vfs.VfsLfs2(ram), '/small')
";

/// Does nothing if this machine has the program of this name. If it has none, [skips the test](skip): returns from the function
/// around it, which has to return `()`.
#[macro_export]
macro_rules! require_program {
    ($name:expr) => {
        if !$crate::has_program($name) {
            return;
        }
    };
}

/// A [`BoardBuilder`] for an emulated board. If this machine cannot emulate it, [skips the test](skip): returns
/// from the enclosing function, which must return `()`.
#[macro_export]
macro_rules! require_board {
    ($machine:expr, $firmware:expr) => {
        match $machine.board($firmware) {
            Some(board) => board,
            None => return,
        }
    };
}
