//! The values of a struct format.

use alloc::vec::Vec;

use serialtalk::proto::{Count, TemplateItems};

use super::hint::Hint;

/// A value of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) hint: Hint,
    /// How many bytes it has, if it is bytes; `None` if that is known at run time only.
    pub(super) size: Option<u16>,
}

/// The values that a format packs.
pub(super) fn values(format: &str) -> Vec<Packed> {
    let mut values = Vec::new();
    for item in TemplateItems::new(format.as_bytes()) {
        let (hint, size) = match (item.code, item.count) {
            (b's', Count::RunTime) => (Hint::Bytes, None),
            (b's' | b'p', Count::Given(size)) => (Hint::Bytes, Some(size)),
            (b'c', _) => (Hint::Bytes, Some(1)),
            (b'e' | b'f' | b'd', _) => (Hint::Float, Some(1)),
            (b'?', _) => (Hint::Bool, Some(1)),
            _ => (Hint::Int, Some(1)),
        };
        values.extend((0..item.values()).map(|_| Packed { hint: hint.clone(), size }));
    }
    values
}

/// Whether a format has bytes whose number is known at run time only.
pub(super) fn has_run_time_bytes(format: &str) -> bool {
    format.contains('*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_values() {
        let hints = |format| values(format).into_iter().map(|it| it.hint).collect::<Vec<_>>();
        assert_eq!(hints("<2fxB10s"), [Hint::Float, Hint::Float, Hint::Int, Hint::Bytes]);
        assert_eq!(hints("<I*s?"), [Hint::Int, Hint::Bytes, Hint::Bool]);
        assert_eq!(hints(""), []);
        assert_eq!(values("10s")[0].size, Some(10));
        assert_eq!(values("*s")[0].size, None);
    }
}
