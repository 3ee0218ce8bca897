//! The values of a struct format.

use alloc::vec::Vec;

use serialtalk::payload::format::Items;

use super::hint::Hint;

/// A value of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) hint: Hint,
    /// How many bytes it has, if it is bytes.
    pub(super) size: u16,
}

/// The values that a format packs.
pub(super) fn values(format: &str) -> Vec<Packed> {
    let mut items = Items::new(format.as_bytes());
    let mut values = Vec::new();
    while let Some(item) = items.next() {
        let hint = match item.code {
            b's' | b'p' | b'c' => Hint::Bytes,
            b'e' | b'f' | b'd' => Hint::Float,
            b'?' => Hint::Bool,
            _ => Hint::Int,
        };
        let size = if item.is_bytes() { item.count } else { 1 };
        values.extend((0..item.values()).map(|_| Packed { hint: hint.clone(), size }));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted() {
        let hints = |format| values(format).into_iter().map(|it| it.hint).collect::<Vec<_>>();
        assert_eq!(hints("<2fxB10s"), [Hint::Float, Hint::Float, Hint::Int, Hint::Bytes]);
        assert_eq!(hints("?"), [Hint::Bool]);
        assert_eq!(hints(""), []);
        assert_eq!(values("10s")[0].size, 10);
    }
}
