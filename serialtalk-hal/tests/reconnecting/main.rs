//! Callers whose boards and servers go away and return.
#![cfg(all(unix, feature = "serial", feature = "tcp", feature = "pty"))]

#[cfg(feature = "tokio")]
mod asynchronous;
mod boards;
#[path = "../common/mod.rs"]
mod common;
mod every_byte;
mod life;
mod policy;
mod replugged;
mod robot;
mod states;
