//! serialtalk
#![no_std]
#![forbid(unsafe_code)]
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
mod describe;
#[cfg(feature = "alloc")]
pub mod dynamic;
pub mod endpoint;
pub mod error;
pub mod frame;
pub mod interface;
pub mod link;
mod log;
pub mod names;
mod number;
mod outcome;
pub mod payload;
pub mod problem;
pub mod reader;
pub mod reply;
#[cfg(feature = "serde")]
mod serde;
pub mod service;
pub mod shape;
mod talk;
mod text;
pub mod value;
#[cfg(feature = "async")]
pub use asynchronous::{Async, AsyncCaller, AsyncSerialTalk};
pub use caller::Caller;
#[cfg(feature = "alloc")]
pub use dynamic::Value;
pub use embedded_io;
pub use heapless;
pub use talk::SerialTalk;
