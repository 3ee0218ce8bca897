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
pub mod service;
pub mod shape;
mod text;
pub mod value;
pub use blocking::SerialTalk;
pub use caller::Caller;
pub use embedded_io;
pub use heapless;
