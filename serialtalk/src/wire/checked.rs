//! Bytes of the checked link: `COBS( CONTROL FIELDS CRC ) 00`, and the plain frames that open a session.
//!
//! Source: spec/checked-link.md.

mod cobs;
mod control;
mod crc;
mod digits;
mod greeting;
mod segment;
#[cfg(test)]
pub(crate) mod tests;

pub use cobs::is_stuffed;
pub use control::{Control, Kind};
pub use greeting::{Answer, Hello, answer_seed, seed, token};
pub(crate) use greeting::{GREETING, Greeting, UNREADABLE, counted_nonce, is_random, random_nonce};
pub(crate) use segment::{MAX_PAYLOAD, SEALED_LARGER, is_damage, restore, seal};
pub use segment::{MIN_SEGMENT, unseal};
