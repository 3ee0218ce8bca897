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
}

impl<'n> Command<'n> {
    /// A command without a timeout of its own that must not run twice.
    pub const fn new(name: &'n str) -> Self {
        Self { name, timeout: None, idempotent: false }
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
