//! Boards on more than one machine, reached by name over [Zenoh](https://zenoh.io): the same trait, the same typed clients.
//!
//! A board gateway has boards at its serial ports, and puts each at `realm/gateway/board`. [`board`] makes a caller of that
//! name, for every client of an interface, blocking or async.
#![forbid(unsafe_code)]

mod access;
mod answer;
mod boards;
#[cfg(feature = "cli")]
pub mod demo;
mod error;
#[cfg(feature = "cli")]
mod fleet;
mod gateway;
mod id;
mod info;
pub mod keys;
mod lock;
mod remote;
mod request;
mod stream;

pub use access::{Access, AccessError, Certificates};
pub use answer::Failure;
pub use boards::{boards, boards_async};
pub use error::{FleetError, ran};
#[cfg(feature = "cli")]
pub use fleet::{Fleet, FleetFileError};
pub use gateway::{BadPoll, Gateway, GatewayError, Poll, Port, RunningGateway};
pub use id::Incarnation;
pub use info::{BoardInfo, BoardState, Event, EventKind, GatewayList, Listed};
use remote::Deadline;
pub use remote::{Board, board, info, info_async};
pub use stream::{Published, Sample, Stream, events, stream};
/// The engine, in the version whose sessions are meant.
pub use zenoh;

/// How long a party may be silent before its connection counts as cut, in milliseconds. What was sent before then may still arrive.
pub const LEASE_MS: u32 = 2000;

/// The source of a Python module that calls boards at gateways: `ZenohTalk` in it stands in for a SerialTalk, for the clients that
/// `serialtalk generate python` writes. It needs CPython and the package `eclipse-zenoh`.
pub const PYTHON: &str = include_str!("../python/serialtalk_zenoh.py");
