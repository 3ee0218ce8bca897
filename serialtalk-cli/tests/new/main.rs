//! Projects that `serialtalk new` makes: they are built, tested and run.
#![cfg(target_os = "linux")]

mod boards;
mod made;
mod names;
mod packaged;
mod programs;
#[path = "../support/mod.rs"]
mod support;
