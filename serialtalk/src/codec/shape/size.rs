//! How many bytes values take at least.

use super::{Field, Shape};
use crate::wire::struct_format::{data_len, standard_size};

impl Shape {
    /// The size in bytes of the packed values; bytes of run-time length, and what is not packable, count as none.
    pub const fn packed_len(&self) -> usize {
        if let Some(code) = self.number_code()
            && let Some(size) = standard_size(code)
        {
            return size as usize;
        }
        if let Self::ByteArray(len) = self {
            return *len;
        }
        let mut sum = 0usize;
        let mut at = 0;
        while let Some(element) = self.distinct_element(at) {
            sum = sum.saturating_add(element.packed_len());
            at += 1;
        }
        match self {
            Self::Array(_, len) => sum.saturating_mul(*len),
            _ => sum,
        }
    }

    /// How many values a struct format needs for this shape; what is not packable counts as one value.
    pub(crate) const fn value_count(&self) -> usize {
        if self.elements().is_none() {
            return 1;
        }
        let mut sum = 0usize;
        let mut at = 0;
        while let Some(element) = self.distinct_element(at) {
            sum = sum.saturating_add(element.value_count());
            at += 1;
        }
        match self {
            Self::Array(_, len) => sum.saturating_mul(*len),
            _ => sum,
        }
    }

    /// The length in bytes of the shortest literal.
    pub const fn shortest_literal(&self) -> usize {
        match self {
            Self::Integer(_) | Self::UnitEnum { .. } | Self::Opaque => 1,
            Self::Bool => 4,
            Self::Float32 | Self::Float64 | Self::Char | Self::Bytes => 3,
            Self::Text | Self::List(_) | Self::Map(..) => 2,
            Self::ByteArray(len) => len.saturating_add(3),
            Self::Option(value) => {
                let (value, none) = (value.shortest_literal(), 4);
                if value < none { value } else { none }
            }
            Self::Enum(variants) => {
                let mut shortest = usize::MAX;
                let mut at = 0;
                while at < variants.len() {
                    let variant = shortest_variant(variants[at].name, variants[at].fields);
                    if variant < shortest {
                        shortest = variant;
                    }
                    at += 1;
                }
                shortest
            }
            Self::Array(element, len) => {
                shortest_tuple(element.shortest_literal().saturating_mul(*len), *len)
            }
            Self::Tuple(_) | Self::Struct(_) => {
                let mut sum = 0usize;
                let mut at = 0;
                while let Some(element) = self.distinct_element(at) {
                    sum = sum.saturating_add(element.shortest_literal());
                    at += 1;
                }
                shortest_tuple(sum, at)
            }
        }
    }

    /// The size in bytes of the shortest payload with these values in an encoding: `repr`, `raw`, `postcard`, a struct
    /// format, or `""` if there is no value.
    pub const fn shortest_under(&self, encoding: &str) -> usize {
        match encoding.as_bytes() {
            [] => 2,
            b"repr" => self.shortest_literal().saturating_add(5),
            b"raw" => self.packed_len().saturating_add(4),
            b"postcard" => 5,
            format => data_len(format).saturating_add(1 + format.len()),
        }
    }
}

/// The length of a tuple literal whose elements have `sum` bytes: with `, ` between them, and a `,` after a single one.
const fn shortest_tuple(sum: usize, elements: usize) -> usize {
    let separators = match elements {
        0 => 0,
        1 => 1,
        _ => (elements - 1).saturating_mul(2),
    };
    sum.saturating_add(separators).saturating_add(2)
}

/// The length of a variant's literal: its name in quotes alone, or a tuple of that and the fields.
const fn shortest_variant(name: &str, fields: &[Field]) -> usize {
    let mut sum = name.len() + 2;
    if fields.is_empty() {
        return sum;
    }
    let mut at = 0;
    while at < fields.len() {
        sum = sum.saturating_add(fields[at].shape.shortest_literal());
        at += 1;
    }
    shortest_tuple(sum, fields.len() + 1)
}
