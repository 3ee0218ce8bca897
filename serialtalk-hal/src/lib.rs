//! Links for hosts: what carries the bytes of `serialtalk` on a machine with an operating system.
//!
//! | link | made by | feature | platform | async |
//! |---|---|---|---|---|
//! | serial port or TCP client | [`open()`] | `serial` and `tcp` | all | [`asynch::open`] |
//! | serial port | [`serial::SerialLink::open`] | `serial` | all | [`asynch::AsyncSerialLink`] |
//! | TCP client | [`tcp::TcpLink::connect`] | `tcp` | all | [`asynch::AsyncTcpLink`] |
//! | TCP server | [`tcp::TcpServer::accept`] | `tcp` | all | [`asynch::AsyncTcpServer`] |
//! | TCP server for many clients | [`tcp::serve`] | `tcp` | all | [`asynch::serve_tcp`] |
//! | socket pair | [`socket::pair`] | `tcp` | Unix | [`asynch::AsyncLink::new`] |
//! | virtual serial port | [`pty::PtyLink::open`] | `pty` | Unix | [`asynch::AsyncPtyLink`] |
//! | cable between two virtual ports | [`null_modem::NullModem::new`] | `pty` | Unix | |
//! | standard input and output, child process | [`stdio::StdioLink`] | `stdio` | all | [`asynch::AsyncStdioLink`] |
//! | in-memory pair | [`memory::pair`] | | all | the same type |
//! | bad line around any of them | [`fault::Faults::on`] | | all | the same type |
//! | line in virtual time, for tests | [`simulation::Simulation::line`] | | all | the same type |
//! | any stream of tokio | [`asynch::AsyncLink::new`] | `tokio` | all | |
//! | device of embedded-io 0.7 | is a link as it is | | all | is one as it is |
//! | device of embedded-io 0.6 | `serialtalk::link::V06` | `embedded-io-06` of `serialtalk` | all, and boards | |
//!
//! [`contract`] reads what a board says about its commands, and writes it as a trait.
//!
//! The async column needs feature `tokio`. All of them keep these promises:
//!
//! - A read waits as long as it is told to, or ends early; a wait of 0 never waits.
//! - A write waits at most a second for room, or as long as it is told to, then it is [`LinkError::WriteTimeout`].
//!   The one exception is standard output on systems other than Unix.
//! - A write that waits reads meanwhile, at most 1 MiB, which the next reads return: two ends that both write do not wait
//!   for each other. A line in virtual time does not do this: there a write is over after its second.
//! - A device that is pulled out, or a program that dies at the other end, is [`LinkError::Unplugged`] at once, also for
//!   a read that waits, or [`Received::Closed`](serialtalk::link::Received::Closed) where the end is an orderly one. Opening
//!   it again makes it work again, which [`Reconnecting`] does.
//! - A read of bytes that are there and a write for which there is room are one system call each (two for standard input
//!   and output, three for a write to a socket of Windows).

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// The table above links to all of them, also where a feature is off.
#![cfg_attr(
    not(all(
        unix,
        feature = "serial",
        feature = "tcp",
        feature = "pty",
        feature = "stdio",
        feature = "contract",
        feature = "tokio"
    )),
    allow(rustdoc::broken_intra_doc_links)
)]

extern crate alloc;

#[cfg(feature = "tokio")]
pub mod asynch;
mod backlog;
#[cfg(feature = "board")]
pub mod board;
mod clock;
#[cfg(feature = "tcp")]
mod connection;
#[cfg(feature = "contract")]
pub mod contract;
mod deadline;
#[cfg(all(unix, any(feature = "serial", feature = "pty")))]
mod descriptor;
mod duplex;
mod endpoint;
mod entropy;
mod error;
pub mod fault;
mod interruption;
pub mod memory;
#[cfg(all(feature = "pty", unix))]
pub mod null_modem;
#[cfg(all(feature = "serial", feature = "tcp"))]
mod open;
mod open_error;
#[cfg(feature = "serial")]
mod permission;
pub mod ports;
#[cfg(all(feature = "pty", unix))]
pub mod pty;
#[cfg(all(unix, any(feature = "serial", feature = "tcp", feature = "pty", feature = "stdio")))]
mod readiness;
pub mod reconnecting;
mod running;
#[cfg(feature = "serial")]
pub mod serial;
mod services;
mod shared;
pub mod simulation;
#[cfg(feature = "tcp")]
pub mod socket;
#[cfg(feature = "stdio")]
pub mod stdio;
#[cfg(all(feature = "serial", feature = "tcp"))]
mod target;
#[cfg(feature = "tcp")]
pub mod tcp;

pub use clock::StdClock;
#[cfg(feature = "tokio")]
pub use clock::TokioClock;
pub use endpoint::{SerialTalk, loopback, loopback_with, over};
pub use error::LinkError;
pub use interruption::{Interrupter, Interruptible};
#[cfg(all(feature = "serial", feature = "tcp"))]
pub use open::{AnyLink, open, open_default, open_with};
pub use open_error::OpenError;
pub use reconnecting::Reconnecting;
pub use running::{Running, Spawn};
pub use services::{NoServices, Services};
pub use shared::{Shareable, Shared, share};

/// How long a write may wait for room by default.
const WRITE_TIMEOUT_MS: u32 = 1000;
