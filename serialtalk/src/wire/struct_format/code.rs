//! The codes of Python's `struct` module, one letter each.

/// What the values of a code are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `x`: bytes that are skipped.
    Padding,
    /// An integer, in two's complement if it is signed.
    Integer {
        /// Whether it has a sign.
        signed: bool,
    },
    /// `?`: true unless it is zero.
    Bool,
    /// An IEEE 754 float.
    Float,
    /// A byte string.
    Bytes,
}

/// The size of one value of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// A fixed number of bytes.
    Fixed(u8),
    /// As many bytes as the count before the code says; the count is then not a number of values.
    Count,
    /// The size of a C `long` on the sender.
    Long,
    /// The size of a pointer on the sender.
    Pointer,
}

/// What a code means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeInfo {
    /// What its values are.
    pub(crate) kind: Kind,
    /// The size of one value.
    pub(crate) width: Width,
}

/// The codes that Python has, and what they mean.
// A table takes less code than a `match`.
const CODES: [(u8, Kind, Width); 21] = {
    const SIGNED: Kind = Kind::Integer { signed: true };
    const UNSIGNED: Kind = Kind::Integer { signed: false };
    [
        (b'x', Kind::Padding, Width::Count),
        (b's', Kind::Bytes, Width::Count),
        (b'p', Kind::Bytes, Width::Count),
        (b'c', Kind::Bytes, Width::Fixed(1)),
        (b'?', Kind::Bool, Width::Fixed(1)),
        (b'b', SIGNED, Width::Fixed(1)),
        (b'B', UNSIGNED, Width::Fixed(1)),
        (b'h', SIGNED, Width::Fixed(2)),
        (b'H', UNSIGNED, Width::Fixed(2)),
        (b'i', SIGNED, Width::Fixed(4)),
        (b'I', UNSIGNED, Width::Fixed(4)),
        (b'q', SIGNED, Width::Fixed(8)),
        (b'Q', UNSIGNED, Width::Fixed(8)),
        (b'l', SIGNED, Width::Long),
        (b'L', UNSIGNED, Width::Long),
        (b'n', SIGNED, Width::Pointer),
        (b'N', UNSIGNED, Width::Pointer),
        (b'P', UNSIGNED, Width::Pointer),
        (b'e', Kind::Float, Width::Fixed(2)),
        (b'f', Kind::Float, Width::Fixed(4)),
        (b'd', Kind::Float, Width::Fixed(8)),
    ]
};

/// Looks up a code; `None` if Python has no such code.
pub(crate) const fn code_info(code: u8) -> Option<CodeInfo> {
    let mut rest = CODES.as_slice();
    while let [(letter, kind, width), after @ ..] = rest {
        if *letter == code {
            return Some(CodeInfo { kind: *kind, width: *width });
        }
        rest = after;
    }
    None
}
