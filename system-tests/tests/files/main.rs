//! Files moved to and from real boards.
#![cfg(target_os = "linux")]

mod boards;
mod folders;
mod interrupted;
mod transfers;
