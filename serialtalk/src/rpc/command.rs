//! A command as a client calls it.

/// A command as a client calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Command<'n> {
    /// The name on the wire.
    pub name: &'n str,
    /// How long to wait for the reply; `None` for the timeout of the endpoint.
    pub timeout: Option<Timeout>,
    /// Whether running the command twice is the same as running it once, so that it may be sent again if no reply arrives.
    pub idempotent: bool,
    /// What both ends know of the command if its signature is known.
    pub terms: Option<Terms>,
}

/// What both ends of a checked link know of a command with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Terms {
    /// The hash of the signature.
    pub hash: u32,
    /// Whether the arguments are packed under a format that is always the same.
    pub packs_arguments: bool,
    /// Whether the value is packed under a format that is always the same.
    pub packs_value: bool,
}

impl<'n> Command<'n> {
    /// A command without a timeout of its own and without a signature, which must not run twice.
    pub const fn new(name: &'n str) -> Self {
        Self { name, timeout: None, idempotent: false, terms: None }
    }
}

/// How long to wait for a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Timeout {
    /// This many milliseconds, at most `i32::MAX`.
    Ms(u32),
    /// Forever.
    Never,
}
