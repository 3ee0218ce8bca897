//! The contract of a peer: read from a live board, kept in a file, compared, and written as a trait in Rust.
//!
//! A board whose interface is marked `#[serialtalk::interface(describe)]` tells the signature of each of its commands.
//! [`read`] asks for them, and [`Interface::to_rust`] makes of them a trait from which a client is compiled that fits:
//!
//! ```
//! use serialtalk_hal::{Spawn, contract, loopback};
//!
//! #[serialtalk::interface(describe)]
//! trait Robot {
//!     /// Product of two numbers.
//!     fn mult(&mut self, a: f32, b: f32) -> f32;
//! }
//! # struct Fake;
//! # impl Robot for Fake {
//! #     fn mult(&mut self, a: f32, b: f32) -> f32 { a * b }
//! # }
//!
//! let (board, mut host) = loopback();
//! let _serving = board.serve(RobotServer::new(Fake)).spawn();
//! let robot = contract::read(&mut host)?;
//! assert_eq!(robot.to_string(), "Board\n  mult(a: f32, b: f32) -> f32    // Product of two numbers.");
//! assert_eq!(robot.hash(), ROBOT_INTERFACE.hash());
//! assert!(robot.to_rust("Robot")?.contains("    fn mult(&mut self, a: f32, b: f32) -> f32;\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a peer says is data
//!
//! A contract has at most [`MAX_CONTRACT`] bytes, in at most [`MAX_COMMANDS`] commands of at most [`MAX_DESCRIPTION`] bytes
//! each, in which types are nested at most [`MAX_DEPTH`] deep and arrays have at most [`MAX_LEN`] elements; reading one takes
//! at most [`MAX_TIME`]. Whatever
//! exceeds that, or is not written exactly as `serialtalk` writes it, is an error. Names in a contract are identifiers of
//! Rust, and names on the wire are printable ASCII. In generated source, documentation stays documentation: no text of a
//! peer ends a comment or becomes an example that is run.

mod command;
mod description;
mod identifier;
mod interface;
#[cfg(feature = "serde")]
mod json;
mod leak;
mod limits;
mod parser;
mod read;
mod reading;
mod rust;
mod signature;
mod types;

#[cfg(test)]
mod tests;

pub use command::{BadCommand, Command, Options};
pub use interface::{BadInterface, Interface};
pub use limits::{MAX_COMMANDS, MAX_CONTRACT, MAX_DEPTH, MAX_DESCRIPTION, MAX_LEN, MAX_TIME};
pub use parser::ParseError;
pub use read::read;
#[cfg(feature = "tokio")]
pub use read::read_async;
pub use reading::ReadError;
pub use rust::{Unwritable, constant_prefix};
pub use signature::{Argument, Encoding, Signature};
pub use types::{Field, Type, Variant};
