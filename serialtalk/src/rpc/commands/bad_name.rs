//! Which names commands can have that are added at run time.

use core::fmt;

use crate::rpc::checks::MAX_NAME;

/// Why a command cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadName {
    /// The name is empty.
    Empty,
    /// The name has characters that are not printable ASCII; Python peers count characters, not bytes.
    NotAscii,
    /// The name has more than 250 bytes, so its reply would not fit a frame.
    TooLong,
    /// The table has 65,536 commands already.
    TooMany,
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a command needs a name",
            Self::NotAscii => {
                "the name of a command must be printable ASCII, because Python peers count its characters"
            }
            Self::TooLong => {
                "the name of a command must have at most 250 bytes, so that its reply fits a frame"
            }
            Self::TooMany => "the table is full: it holds at most 65536 commands",
        })
    }
}

impl core::error::Error for BadName {}

/// Checks that a name can be sent.
pub(super) fn check(name: &str) -> Result<(), BadName> {
    if name.is_empty() {
        return Err(BadName::Empty);
    }
    if name.len() > MAX_NAME {
        return Err(BadName::TooLong);
    }
    let is_printable = name.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_printable { Ok(()) } else { Err(BadName::NotAscii) }
}
