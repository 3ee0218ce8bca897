//! Which sequence of a literal is being read.

use super::kind::Kind;

/// What the next value is part of: the whole text, or a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    /// The byte that ends it; `None` for the whole text, which holds one value.
    pub(super) closing: Option<u8>,
    /// Whether the parenthesis of a call must follow that: `deque([1, 2])`.
    pub(super) is_in_call: bool,
    /// Whether a name precedes each element: `Point(x=1, y=2)`.
    pub(super) has_names: bool,
}

impl Scope {
    /// The whole text.
    pub(super) const TEXT: Self = Self { closing: None, is_in_call: false, has_names: false };
}

/// A sequence that was opened, to be closed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a sequence that was opened must be closed"]
pub(crate) struct Opened {
    /// How it began.
    pub(crate) kind: Kind,
    /// What it is part of.
    pub(super) outer: Scope,
}
