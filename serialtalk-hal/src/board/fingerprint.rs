//! Digests by which host and board compare files.

use serialtalk::Value;
use sha2::{Digest, Sha256};

use super::means::Means;

/// What the board's `_st_print` returns for `bytes`, as a Python literal.
///
/// A board that does not know SHA-256 adds up two sums of 24 bits each: enough to notice what a line does to a file,
/// not against deliberate collisions.
pub(super) fn fingerprint(means: Means, bytes: &[u8]) -> String {
    if means.sha256 {
        return Value::Bytes(Sha256::digest(bytes).to_vec()).to_string();
    }
    let sum = |factor: u32, modulus: u32| {
        bytes.iter().fold(1, |sum, byte| (sum * factor + u32::from(*byte)) % modulus)
    };
    format!("({}, {})", sum(31, 16_777_213), sum(37, 16_777_199))
}
