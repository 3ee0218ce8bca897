//! What the fuzz targets share.
//!
//! `cargo xtask fuzz` builds and runs them. Each asserts how serialtalk behaves, whatever bytes arrive: what is decoded is the
//! same after another round trip, what is sent is whole frames, and everything ends in bounded steps and in its time.
//!
//! A new target is a file in `fuzz_targets` and a `[[bin]]` in `Cargo.toml`; inputs made by hand go to `corpus/TARGET`, words
//! that are worth trying to `dictionaries/TARGET.txt`.

pub mod board;
pub mod checked;
pub mod end;
pub mod frames;
pub mod interfaces;
pub mod line;
pub mod payloads;
pub mod python;
pub mod reading;
pub mod types;
