//! The form of a type on the wire, as a tree that owns its parts.

use core::fmt;

use serialtalk::IntegerType;

/// The form of a type on the wire, as a [`Shape`](serialtalk::Shape) that owns its parts. Its text is that of the shape.
///
/// A type has only one tree: equal elements are an `Array`, and a struct without fields is an empty tuple.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// An integer: `u8`.
    Integer(IntegerType),
    /// `bool`.
    Bool,
    /// `f32`.
    Float32,
    /// `f64`.
    Float64,
    /// Text of one character: `char`.
    Char,
    /// Text of any length: `str`.
    Text,
    /// Bytes of any length: `[u8]`.
    Bytes,
    /// So many bytes: `[u8; 4]`.
    ByteArray(usize),
    /// Values one after the other, of which at least two differ in type unless there are fewer: `(u8, str)`.
    Tuple(Vec<Type>),
    /// Two or more values of one type: `(f32; 3)`.
    Array(Box<Type>, usize),
    /// Named values one after the other: `{x: f32, y: f32}`.
    Struct(Vec<Field>),
    /// Any number of values of one type: `[f32]`.
    List(Box<Type>),
    /// Keys and values: `{str => f32}`.
    Map(Box<Type>, Box<Type>),
    /// A value or `None`: `f32?`.
    Option(Box<Type>),
    /// An enum without data: `u8 {Off = 0 | On = 1}`.
    UnitEnum {
        /// The type of the integer that a value is on the wire.
        ty: IntegerType,
        /// The name and the integer of each variant.
        variants: Vec<(String, i128)>,
    },
    /// An enum with data: `{Moving(speed: f32) | Stall}`.
    Enum(Vec<Variant>),
    /// A type that only serde knows: `serde`.
    Opaque,
}

/// A field of a struct or variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name; empty in tuple variants.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// A variant of an enum with data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its fields, if it has any.
    pub fields: Vec<Field>,
}

impl Type {
    /// The types of which this one is made.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Tuple(elements) => elements.iter().collect(),
            Self::Array(element, _) | Self::List(element) | Self::Option(element) => vec![element],
            Self::Map(key, value) => vec![key, value],
            Self::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::Enum(variants) => {
                variants.iter().flat_map(|variant| &variant.fields).map(|field| &field.ty).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether `is` holds for this type or for one of which it is made.
    pub(super) fn any(&self, is: fn(&Self) -> bool) -> bool {
        is(self) || self.parts().into_iter().any(|part| part.any(is))
    }

    /// How deep the type is nested: 1 if it is made of no others.
    pub(super) fn depth(&self) -> usize {
        1 + self.parts().into_iter().map(Self::depth).max().unwrap_or(0)
    }

    /// Whether there is nothing in a value.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Tuple(elements) if elements.is_empty())
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(ty) => f.write_str(&integer(*ty)),
            Self::Bool => f.write_str("bool"),
            Self::Float32 => f.write_str("f32"),
            Self::Float64 => f.write_str("f64"),
            Self::Char => f.write_str("char"),
            Self::Text => f.write_str("str"),
            Self::Bytes => f.write_str("[u8]"),
            Self::ByteArray(len) => write!(f, "[u8; {len}]"),
            Self::Tuple(elements) => match elements.as_slice() {
                [only] => write!(f, "({only},)"),
                elements => write!(f, "({})", Joined(elements, ", ")),
            },
            Self::Array(element, len) => write!(f, "({element}; {len})"),
            Self::Struct(fields) => write!(f, "{{{}}}", Joined(fields, ", ")),
            Self::List(element) => write!(f, "[{element}]"),
            Self::Map(key, value) => write!(f, "{{{key} => {value}}}"),
            Self::Option(value) => write!(f, "{value}?"),
            Self::UnitEnum { ty, variants } => {
                let variants: Vec<_> =
                    variants.iter().map(|(name, integer)| format!("{name} = {integer}")).collect();
                write!(f, "{} {{{}}}", integer(*ty), Joined(&variants, " | "))
            }
            Self::Enum(variants) => write!(f, "{{{}}}", Joined(variants, " | ")),
            Self::Opaque => f.write_str("serde"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() { self.ty.fmt(f) } else { write!(f, "{}: {}", self.name, self.ty) }
    }
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.fields.is_empty() { Ok(()) } else { write!(f, "({})", Joined(&self.fields, ", ")) }
    }
}

/// The name of an integer type in Rust, which is also its text: `u16`.
pub(super) fn integer(ty: IntegerType) -> String {
    format!("{}{}", if ty.is_signed() { 'i' } else { 'u' }, 8 * ty.size())
}

/// Values with a separator between them.
pub(super) struct Joined<'a, T>(pub(super) &'a [T], pub(super) &'static str);

impl<T: fmt::Display> fmt::Display for Joined<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(self.1)?;
            }
            value.fmt(f)?;
        }
        Ok(())
    }
}
