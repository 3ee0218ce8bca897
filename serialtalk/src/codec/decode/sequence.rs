//! A sequence that is being decoded.

#[cfg(feature = "repr")]
use crate::wire::literal::Opened as OpenedLiteral;

/// A sequence that was opened by [`Decoder::open`](super::Decoder::open); to be passed to [`Decoder::close`](super::Decoder::close).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence(pub(super) Opened);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// A struct payload has no brackets: the elements follow, and others may follow them.
    Flat,
    /// The list of arguments, which was open already.
    Arguments,
    /// A sequence of a literal.
    #[cfg(feature = "repr")]
    Literal(OpenedLiteral),
}
