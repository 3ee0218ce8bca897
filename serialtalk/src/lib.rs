//! Typed calls over a serial line.
//!
//! One trait, written once in a crate that a board and its host share, is the whole contract between them:
//! `#[serialtalk::interface]` makes of it a client, a server and a description. On the wire it is the SerialTalk protocol
//! of LEGO hubs, OpenMV cameras, ESP32 boards and Python programs, so either end may as well be Python or MicroPython that
//! knows nothing of Rust.
//!
//! # The way of a call
//!
//! ```text
//! bytes -> frame -> payload -> command -> handler      (receiving)
//! bytes <- frame <- payload <- command <- handler      (answering)
//! ```
//!
//! A module uses those to its left and nothing to its right.
//!
//! - [`frame`] finds frames in bytes that come in any chunks, after any noise, and writes them.
//! - [`payload`] tells how a frame carries its values: packed under a struct format, as a Python literal, raw, or in
//!   postcard. [`reader`] takes typed values out of any of them, [`value`] says which types can cross and [`shape`] how.
//! - [`command`] is what is called, [`reply`] what answers it, [`service`] who does it.
//! - [`endpoint`] is one end of a line as a state machine that never reads, writes or looks at a clock: bytes and the time
//!   go in; bytes, events and the time to wait come out.
//! - [`SerialTalk`] drives it over a [`link`], blocking; [`AsyncSerialTalk`] does so over embedded-io-async. Both only
//!   read, write and wait.
//!
//! Beside that way, [`repl`] runs Python code on a MicroPython board that has nothing to call yet.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `repr` (default) | Python literals: text, lists, options, maps, typed errors |
//! | `postcard` | payloads in postcard, for peers in Rust |
//! | `serde` | types that have only serde, in commands marked `repr` or `postcard` |
//! | `alloc` | `Vec`, `String`, `BTreeMap`; the dynamic [`Value`](enum@Value); commands at run time; whole texts in errors |
//! | `std` | `alloc`, and `std` support in embedded-io |
//! | `async` | [`AsyncSerialTalk`] and async clients |
//! | `embedded-io-06` | [`link::V06`]: devices that implement the traits of embedded-io 0.6 |
//! | `log`, `defmt` | every frame in and out, readable, at trace level |
//!
//! How a command travels depends on its types, never on features: a feature that is missing is a compile error.
//!
//! # Promises
//!
//! No unsafe code. Without the feature `alloc`, no allocation. No panic and no endless loop, whatever bytes arrive; nothing that
//! arrives is executed or evaluated. Every call has a deadline unless it is told to wait for ever.
#![no_std]
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
mod asynchronous;
mod blocking;
mod builtin;
mod caller;
pub mod clock;
pub mod command;
#[cfg(feature = "alloc")]
pub mod commands;
mod describe;
#[cfg(feature = "alloc")]
pub mod dynamic;
pub mod endpoint;
pub mod error;
pub mod frame;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
mod interface;
pub mod link;
mod log;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
mod message;
mod moving;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
mod names;
mod number;
pub mod outcome;
pub mod payload;
pub mod problem;
#[cfg(feature = "alloc")]
pub mod raw;
pub mod reader;
pub mod repl;
pub mod reply;
#[cfg(feature = "serde")]
mod serde;
pub mod service;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
pub mod shape;
mod talk;
mod text;
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
mod texts;
pub mod value;

#[cfg(feature = "async")]
pub use asynchronous::{Async, AsyncCaller, AsyncSerialTalk, AsyncWithin};
pub use caller::{Caller, Within};
#[cfg(feature = "async")]
pub use clock::AsyncClock;
pub use clock::Clock;
pub use command::Timeout;
#[cfg(feature = "alloc")]
pub use commands::Commands;
#[cfg(feature = "alloc")]
pub use dynamic::Value;
pub use error::{CallError, LinkError};
pub use interface::{ArgumentInfo, CommandInfo, Interface};
pub use link::{Link, TimedReads};
pub use service::{Catalog, Service};
pub use talk::{Line, SerialTalk};
pub use text::Text;
pub use value::{Decode, Encode};

pub use embedded_io;
#[cfg(feature = "async")]
pub use embedded_io_async;
pub use heapless;
pub use serialtalk_macros::{Value, interface};
