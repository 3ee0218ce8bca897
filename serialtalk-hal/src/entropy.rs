//! A number that differs from run to run.

use core::hash::BuildHasher;
use std::hash::RandomState;

/// A number that differs from run to run, and from call to call.
pub(crate) fn entropy() -> u32 {
    RandomState::new().hash_one(()) as u32
}
