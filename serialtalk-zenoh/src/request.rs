//! What stands beside the payload of a call: the attachment of its query.
//!
//! | bytes | meaning |
//! |---|---|
//! | 1 | version, 1 |
//! | 1 | flags: 1 no reply is awaited, 2 the command is idempotent, 4 a hash follows, 8 an incarnation is meant |
//! | 16 | the id of the call |
//! | 4 | how much of its time is left, in milliseconds; all ones for no end |
//! | 4 | the number of the attempt, from 1 |
//! | 8 | the incarnation of the gateway to which the first attempt was sent; zero without the flag |
//! | 4 | the hash of the command's signature, with the flag |
//!
//! Numbers are little-endian. A query without an attachment is a call with an id of its own and 1,500 ms.

use serialtalk::Timeout;

use crate::Deadline;
use crate::id::{CallId, Incarnation};

const VERSION: u8 = 1;
const ONEWAY: u8 = 1;
const IDEMPOTENT: u8 = 2;
const HAS_HASH: u8 = 4;
const HAS_INCARNATION: u8 = 8;

/// How long a call may take that says nothing of it, in milliseconds.
pub(crate) const DEFAULT_MS: u32 = 1500;

/// What is said of a call beside its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) id: CallId,
    /// How much of its time is left, in milliseconds; `None` for no end.
    pub(crate) budget_ms: Option<u32>,
    /// Counted from 1.
    pub(crate) attempt: u32,
    /// The gateway to which the first attempt was sent.
    pub(crate) incarnation: Option<Incarnation>,
    /// The hash of the signature, as the caller has it.
    pub(crate) hash: Option<u32>,
    pub(crate) is_oneway: bool,
    pub(crate) is_idempotent: bool,
}

/// An attachment is none of a call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadRequest {
    #[error(
        "the attachment has version {0}, and this gateway reads version 1: use the same version at both ends"
    )]
    Version(u8),
    #[error("an attachment of {0} bytes is none of a call")]
    Length(usize),
}

impl Request {
    /// A call of a program that attaches nothing.
    pub(crate) fn plain() -> Self {
        Self {
            id: CallId::next(),
            budget_ms: Some(DEFAULT_MS),
            attempt: 1,
            incarnation: None,
            hash: None,
            is_oneway: false,
            is_idempotent: false,
        }
    }

    /// When the call has to be over, if it has just arrived.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline::after(self.budget_ms.map_or(Timeout::Never, Timeout::Ms))
    }

    /// The attachment.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let flags = [
            (self.is_oneway, ONEWAY),
            (self.is_idempotent, IDEMPOTENT),
            (self.hash.is_some(), HAS_HASH),
            (self.incarnation.is_some(), HAS_INCARNATION),
        ];
        let flags = flags.iter().filter(|(is_set, _)| *is_set).fold(0, |all, (_, flag)| all | flag);
        let mut bytes = vec![VERSION, flags];
        bytes.extend(self.id.0.to_le_bytes());
        bytes.extend(self.budget_ms.unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(self.attempt.to_le_bytes());
        bytes.extend(self.incarnation.map_or(0, |Incarnation(number)| number).to_le_bytes());
        bytes.extend(self.hash.iter().flat_map(|hash| hash.to_le_bytes()));
        bytes
    }

    /// Reads an attachment.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, BadRequest> {
        let bad = || BadRequest::Length(bytes.len());
        let (&[version, flags], rest) = bytes.split_first_chunk().ok_or_else(bad)?;
        if version != VERSION {
            return Err(BadRequest::Version(version));
        }
        let (id, rest) = rest.split_first_chunk().ok_or_else(bad)?;
        let (budget, rest) = rest.split_first_chunk().ok_or_else(bad)?;
        let (attempt, rest) = rest.split_first_chunk().ok_or_else(bad)?;
        let (incarnation, rest) = rest.split_first_chunk().ok_or_else(bad)?;
        let is = |flag| flags & flag != 0;
        let hash = match (is(HAS_HASH), rest) {
            (true, &[a, b, c, d]) => Some(u32::from_le_bytes([a, b, c, d])),
            (false, []) => None,
            _ => return Err(bad()),
        };
        Ok(Self {
            id: CallId(u128::from_le_bytes(*id)),
            budget_ms: Some(u32::from_le_bytes(*budget)).filter(|ms| *ms != u32::MAX),
            attempt: u32::from_le_bytes(*attempt),
            incarnation: is(HAS_INCARNATION).then(|| Incarnation(u64::from_le_bytes(*incarnation))),
            hash,
            is_oneway: is(ONEWAY),
            is_idempotent: is(IDEMPOTENT),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_are_read_as_they_are_written() {
        let full = Request {
            id: CallId(7),
            budget_ms: None,
            attempt: 2,
            incarnation: Some(Incarnation(9)),
            hash: Some(0x0102_0304),
            is_oneway: true,
            is_idempotent: true,
        };
        for request in [full.clone(), Request::plain()] {
            assert_eq!(Request::from_bytes(&request.to_bytes()), Ok(request));
        }
        let bytes = full.to_bytes();
        assert_eq!(bytes[..2], [1, 15]);
        for len in 0..bytes.len() {
            assert_eq!(Request::from_bytes(&bytes[..len]), Err(BadRequest::Length(len)));
        }
        assert_eq!(Request::from_bytes(&[2; 34]), Err(BadRequest::Version(2)));
    }
}
