//! The Python side of serialtalk.
//!
//! - [`module`](fn@module) makes a Python module from interfaces: classes that call and classes that serve.
//! - [`PEER`] is a SerialTalk peer in one file, for boards where nothing is installed.
//! - [`DEVICES`] are the serial ports and connections that a Python program opens in one line.
//! - [`small`] cuts a source into pieces that a board with a few kilobytes of memory can compile, one after the other.
//! - [`statements`](fn@statements) gives the statements of a source, unchanged.
//!
//! ```
//! use serialtalk_python::{PEER, small::Small};
//!
//! // The pieces to be sent to a micro:bit, each followed by a Ctrl-D.
//! for piece in Small::new().platform("microbit").pieces(PEER) {
//!     assert!(piece.len() < 700, "{piece}");
//! }
//! ```
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(clippy::std_instead_of_core, clippy::std_instead_of_alloc, clippy::alloc_instead_of_core)]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "alloc")]
mod logical;
#[cfg(feature = "alloc")]
mod module;
#[cfg(feature = "alloc")]
pub mod small;
#[cfg(feature = "alloc")]
mod statements;

#[cfg(feature = "alloc")]
pub use module::module;
#[cfg(feature = "alloc")]
pub use statements::{Statement, statements};

/// The source of the small peer, to be stored on a board as [`PEER_FILE`], or sent over its REPL.
///
/// It needs MicroPython 1.9.2, or CPython 3. Its classes and functions are described in it.
pub const PEER: &str = include_str!("../python/serialtalk_peer.py");

/// The name of the file under which Python programs find the small peer: `from serialtalk_peer import SerialTalk`.
pub const PEER_FILE: &str = "serialtalk_peer.py";

/// The source of devices for SerialTalk, to be stored as [`DEVICES_FILE`]: a serial port by pyserial, a TCP connection, a UART
/// of a MicroPython board. They fit the small peer and the Python package `serialtalk`, whose own class for serial ports does
/// not work on CPython.
pub const DEVICES: &str = include_str!("../python/serialtalk_devices.py");

/// The name of the file under which Python programs find the devices: `from serialtalk_devices import SerialPort`.
pub const DEVICES_FILE: &str = "serialtalk_devices.py";
