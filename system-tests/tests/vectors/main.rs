//! Frames that are sent and read, compared with frames that other libraries have sent and read.
//!
//! `testdata/deviations.txt` lists intended deviations, with their rules in `spec/wire-format.md`. A listed frame that does not
//! deviate fails the tests, as does an unlisted deviation.

mod decoding;
mod deviations;
mod encoding;
mod reprs;
mod serving;
mod wire;
