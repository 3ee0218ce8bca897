//! What a server tells of its commands.

/// What servers tell a peer that does not know the interface.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Describe {
    Nothing,
    /// Signatures, types and options, without documentation.
    Signatures,
    All,
}
