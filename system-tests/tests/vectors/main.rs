//! The recorded frames: what we send and read, compared with what the libraries themselves sent and read.
//!
//! Where ours differs on purpose, `testdata/deviations.txt` says so, with the rule of `spec/wire-format.md` that makes
//! it. An entry that does not deviate any more fails the tests like a deviation that is not listed.

mod decoding;
mod deviations;
mod encoding;
mod reprs;
mod serving;
mod wire;
