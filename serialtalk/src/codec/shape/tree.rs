//! The form of a type on the wire, as a tree.

use crate::wire::integer::IntegerType;

/// The form of a type on the wire.
///
/// A shape is *packable* if its values have a place in a struct payload: numbers, bools, bytes, and tuples, arrays and
/// structs of those. All others are sent as Python literals.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// An integer.
    Integer(IntegerType),
    /// A bool: the code `B`, or `True` and `False`.
    Bool,
    /// An `f32`.
    Float32,
    /// An `f64`.
    Float64,
    /// Text of one character.
    Char,
    /// Text of any length.
    Text,
    /// Bytes of run-time length: `*s` in a template.
    Bytes,
    /// So many bytes: `Ns`.
    ByteArray(usize),
    /// Values one after the other.
    Tuple(&'static [&'static Shape]),
    /// Named values one after the other, on the wire a tuple.
    Struct(&'static [Field]),
    /// So many values of one shape, on the wire a tuple.
    Array(&'static Shape, usize),
    /// Any number of values of one shape.
    List(&'static Shape),
    /// Keys and values.
    Map(&'static Shape, &'static Shape),
    /// A value or `None`.
    Option(&'static Shape),
    /// An enum without data, on the wire an integer.
    UnitEnum {
        /// The type of the integer.
        ty: IntegerType,
        /// The name and the integer of each variant.
        variants: &'static [(&'static str, i128)],
    },
    /// An enum with data: the variant's name, or a tuple of the name and the fields.
    Enum(&'static [Variant]),
    /// A type that only serde knows.
    Opaque,
}

/// A field of a struct or variant.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name; empty in tuple variants.
    pub name: &'static str,
    /// Its shape.
    pub shape: &'static Shape,
}

/// A variant of an enum with data.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// Its name.
    pub name: &'static str,
    /// Its fields, if it has any.
    pub fields: &'static [Field],
}

/// What a shape may contain.
#[derive(Clone, Copy)]
enum Part {
    Opaque,
    OptionInOption,
}

impl Shape {
    /// Whether the values have a place in a struct payload.
    pub const fn is_packable(&self) -> bool {
        self.unpackable_part().is_none()
    }

    /// The first part that has no place in a struct payload; `None` if the shape is packable.
    pub(crate) const fn unpackable_part(&self) -> Option<&Self> {
        match self {
            Self::Integer(ty) | Self::UnitEnum { ty, .. } => {
                if ty.code().is_some() {
                    None
                } else {
                    Some(self)
                }
            }
            Self::Bool | Self::Float32 | Self::Float64 | Self::Bytes | Self::ByteArray(_) => None,
            Self::Tuple(_) | Self::Struct(_) | Self::Array(..) => {
                let mut at = 0;
                while let Some(element) = self.distinct_element(at) {
                    // No byte of a struct could represent an empty element.
                    if element.is_empty() {
                        return Some(element);
                    }
                    if let Some(part) = element.unpackable_part() {
                        return Some(part);
                    }
                    at += 1;
                }
                None
            }
            _ => Some(self),
        }
    }

    /// Whether there is no value at all.
    pub const fn is_empty(&self) -> bool {
        matches!(self.elements(), Some(0))
    }

    /// Whether it is a tuple, an array or a struct.
    pub const fn is_tuple(&self) -> bool {
        self.elements().is_some()
    }

    /// Whether a single value of this shape is written as the list of arguments rather than as one of them. Tuples of
    /// one element are not, for they could not be told from their element.
    pub const fn is_spread(&self) -> bool {
        matches!(self.elements(), Some(elements) if elements != 1)
    }

    /// Whether a packable shape holds bytes of run-time length.
    pub const fn has_run_time_bytes(&self) -> bool {
        let mut at = 0;
        while let Some(element) = self.distinct_element(at) {
            if element.has_run_time_bytes() {
                return true;
            }
            at += 1;
        }
        matches!(self, Self::Bytes)
    }

    /// Whether a part is known to serde only, so that nothing can be said of the whole.
    pub const fn is_opaque(&self) -> bool {
        self.contains(Part::Opaque)
    }

    /// Whether a part is an option in an option, of which a literal cannot tell `Some(None)` from `None`.
    pub(crate) const fn has_option_in_option(&self) -> bool {
        self.contains(Part::OptionInOption)
    }

    const fn contains(&self, part: Part) -> bool {
        match (self, part) {
            (Self::Opaque, Part::Opaque) | (Self::Option(Self::Option(_)), Part::OptionInOption) => true,
            (Self::List(element) | Self::Option(element), _) => element.contains(part),
            (Self::Map(key, value), _) => key.contains(part) || value.contains(part),
            (Self::Enum(variants), _) => {
                let mut at = 0;
                while at < variants.len() {
                    if Self::Struct(variants[at].fields).contains(part) {
                        return true;
                    }
                    at += 1;
                }
                false
            }
            _ => {
                let mut at = 0;
                while let Some(element) = self.distinct_element(at) {
                    if element.contains(part) {
                        return true;
                    }
                    at += 1;
                }
                false
            }
        }
    }

    /// Whether it is bytes or text, which a raw payload can carry, as far as is known.
    pub const fn is_bytes(&self) -> bool {
        match (self, self.elements()) {
            (Self::Bytes | Self::ByteArray(_) | Self::Text | Self::Char, _) => true,
            (_, Some(1)) => matches!(self.distinct_element(0), Some(element) if element.is_bytes()),
            _ => self.is_opaque(),
        }
    }

    /// The number of elements of a tuple, an array or a struct.
    pub(super) const fn elements(&self) -> Option<usize> {
        match self {
            Self::Tuple(elements) => Some(elements.len()),
            Self::Struct(fields) => Some(fields.len()),
            Self::Array(_, len) => Some(*len),
            _ => None,
        }
    }

    /// An element of a tuple, an array or a struct.
    pub(super) const fn element(&self, at: usize) -> Option<&'static Self> {
        match self {
            Self::Tuple(elements) if at < elements.len() => Some(elements[at]),
            Self::Struct(fields) if at < fields.len() => Some(fields[at].shape),
            Self::Array(element, len) if at < *len => Some(element),
            _ => None,
        }
    }

    /// An element of a tuple or a struct. Of an array only the first one, since the others are equal.
    pub(super) const fn distinct_element(&self, at: usize) -> Option<&'static Self> {
        match self {
            Self::Array(..) if at > 0 => None,
            _ => self.element(at),
        }
    }
}
