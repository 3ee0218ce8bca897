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

pub(crate) use control::{Control, Kind};
pub(crate) use greeting::{
    Answer, GREETING, Greeting, Hello, UNREADABLE, answer_seed, counted_nonce, is_random, random_nonce, token,
};
pub(crate) use segment::{MAX_PAYLOAD, MIN_SEGMENT, SEALED_LARGER, is_damage, restore, seal, unseal};
