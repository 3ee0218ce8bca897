//! Files moved to and from real boards.
#![cfg(target_os = "linux")]

mod boards;
mod failing;
mod moving;
mod trees;
