//! Typed calls over a serial line.
//!
//! One trait, written once in a crate that a board and its host share, is the whole contract between them. On the wire it
//! is the SerialTalk protocol of LEGO hubs, OpenMV cameras, ESP32 boards and Python programs, so either end may as well be
//! a Python or MicroPython program that knows nothing of Rust.
//!
//! ```
//! # use serialtalk::{Clock, Link, SerialTalk};
//! /// What every robot of ours can do.
//! #[serialtalk::interface]
//! pub trait Robot {
//!     /// Product of two numbers.
//!     fn mult(&mut self, a: f32, b: f32) -> f32;
//!     /// Acceleration in m/s².
//!     fn imu(&mut self) -> Imu;
//!     /// Lights the lamp: its hue in degrees.
//!     fn led(&mut self, hue: u16);
//! }
//!
//! #[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
//! pub struct Imu { pub x: f32, pub y: f32, pub z: f32 }
//!
//! // The board: no allocator, no operating system, no panics, whatever arrives.
//! struct MyRobot;
//!
//! impl Robot for MyRobot {
//!     fn mult(&mut self, a: f32, b: f32) -> f32 { a * b }
//!     fn imu(&mut self) -> Imu { Imu { x: 0.0, y: 0.1, z: 9.8 } }
//!     fn led(&mut self, _hue: u16) {}
//! }
//!
//! fn board<L: Link>(uart: L, millis: fn() -> u32) -> ! {
//!     let mut talk = SerialTalk::new(uart, millis).serve(RobotServer::new(MyRobot));
//!     loop {
//!         talk.process().ok();                      // never waits; at most one command
//!     }
//! }
//!
//! // The host; `serialtalk_hal` opens links to serial ports and sockets.
//! fn host<L: Link<Error: core::error::Error>>(link: L, clock: impl Clock) -> Result<f32, serialtalk::CallError<L::Error>> {
//!     let mut robot = RobotClient::connect(SerialTalk::new(link, clock))?;
//!     robot.mult(5.9, 94.0)
//! }
//! ```
//!
//! # Where to look
//!
//! - [`interface`] makes the client, the server and the description of a trait; [`Value`](macro@Value) makes types that can cross.
//! - [`SerialTalk`] is one end of a line; `asynch::SerialTalk` is the same for async programs. A [`Link`] carries its bytes, a
//!   [`Clock`] tells it the time.
//! - [`CallError`] says why a call has no value.
//! - [`Caller`] calls commands by name, without a trait, and `Commands` serves closures. [`Client`] is what the clients of all
//!   interfaces have in common.
//! - [`repl`] runs Python code on a MicroPython board that has nothing to call yet.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `repr` (default) | Python literals: text, lists, options, maps, typed errors |
//! | `postcard` | payloads in postcard, for peers in Rust |
//! | `serde` | types that have only serde, in commands marked `repr` or `postcard`; an [`Interface`] as JSON or other data |
//! | `alloc` | `Vec`, `String`, `BTreeMap`; the dynamic `Value`; commands at run time; whole texts in errors |
//! | `std` | `alloc`, and `std` support in embedded-io |
//! | `async` | `asynch::SerialTalk` and async clients |
//! | `embedded-io-06` | `link::V06`: devices that implement the traits of embedded-io 0.6 |
//! | `log`, `defmt` | every frame in and out, readable, at trace level |
//!
//! The encoding of a command depends on its types, never on features: a feature that is missing is a compile error.
//!
//! # Promises
//!
//! No unsafe code. Without the feature `alloc`, no allocation. No panic and no endless loop, whatever bytes arrive; nothing
//! that arrives is executed or evaluated. Every call has a deadline unless it is told to wait forever.
//!
//! # Inside
//!
//! ```text
//! bytes -> frame -> payload -> command -> handler      (receiving)
//! bytes <- frame <- payload <- command <- handler      (replying)
//!
//! wire  ->  codec  ->  rpc  ->  blocking, asynch       (a module uses those to its left)
//! ```
//!
//! [`proto`] has the parts for programs that write a driver of their own.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(clippy::std_instead_of_core, clippy::std_instead_of_alloc, clippy::alloc_instead_of_core)]
#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::unreachable
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "async")]
pub mod asynch;
mod blocking;
mod clock;
mod codec;
pub mod link;
pub mod proto;
pub mod repl;
mod rpc;
mod talk;
mod wire;

pub use blocking::SerialTalk;
#[cfg(feature = "async")]
pub use clock::AsyncClock;
pub use clock::Clock;
pub use codec::decode::{Decode, Decoder, Sequence};
#[cfg(feature = "alloc")]
pub use codec::dynamic::{Arguments, Value};
pub use codec::encode::{Encode, Encoder};
pub use codec::error::{DecodeError, DecodeErrorKind, EncodeError, Invalid, Unencodable, Unexpected};
pub use codec::shape::{Field, Shape, Variant};
pub use link::{Link, TimedReads};
#[cfg(feature = "async")]
pub use rpc::caller::{AsyncCaller, AsyncWithin};
pub use rpc::caller::{Caller, Within};
pub use rpc::client::Client;
pub use rpc::command::Timeout;
#[cfg(feature = "alloc")]
pub use rpc::commands::{Answer, BadName, Commands, Handler};
pub use rpc::endpoint::{Checked, Plain};
pub use rpc::error::{Awaited, CallError, Context, LinkError, Ran, RemoteError, ReplyError};
#[cfg(feature = "alloc")]
pub use rpc::heard::Heard;
pub use rpc::interface::{ArgumentInfo, CommandInfo, Describe, Interface};
pub use rpc::mismatch::Mismatch;
#[cfg(feature = "async")]
pub use rpc::service::AsyncService;
pub use rpc::service::{CommandTable, Service};
pub use rpc::signature::Signature;
pub use rpc::state::State;
pub use rpc::text::Text;
pub use wire::frame::FrameTooLong;
pub use wire::integer::{Integer, IntegerType};
pub use wire::struct_format::FormatError;

pub use embedded_io;
#[cfg(feature = "async")]
pub use embedded_io_async;
pub use heapless;
pub use serialtalk_macros::{Value, interface};
