//! Hashes of shapes, by which two peers find out whether they mean the same.

use super::{Field, Shape};
use crate::wire::integer::IntegerType;

/// A 32-bit FNV-1a hash of what is added to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hasher(u32);

impl Hasher {
    /// Nothing is added yet.
    pub(crate) const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    /// Adds bytes.
    pub(crate) const fn bytes(self, bytes: &[u8]) -> Self {
        let mut hash = self.0;
        let mut rest = bytes;
        while let [byte, after @ ..] = rest {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            rest = after;
        }
        Self(hash)
    }

    /// Adds a number.
    pub(crate) const fn number(self, number: u32) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    /// Adds a text so that texts added one after the other cannot be taken for others.
    pub(crate) const fn text(self, text: &str) -> Self {
        self.number(text.len() as u32).bytes(text.as_bytes())
    }

    /// The hash.
    pub(crate) const fn finish(self) -> u32 {
        self.0
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl Shape {
    /// A hash of the shape with its lengths, and the names of its fields and variants. It is equal for tuples and arrays
    /// of equal elements, and differs where the wire does.
    pub const fn hash(&self) -> u32 {
        self.add_to(Hasher::new()).finish()
    }

    const fn add_to(&self, hasher: Hasher) -> Hasher {
        match self {
            Self::Integer(ty) => add_type(hasher.bytes(b"i"), *ty),
            Self::Bool => hasher.bytes(b"?"),
            Self::Float32 => hasher.bytes(b"f"),
            Self::Float64 => hasher.bytes(b"d"),
            Self::Char => hasher.bytes(b"c"),
            Self::Text => hasher.bytes(b"t"),
            Self::Bytes => hasher.bytes(b"*"),
            Self::ByteArray(len) => hasher.bytes(b"s").number(*len as u32),
            Self::Tuple(elements) => add_tuple(hasher, elements),
            Self::Struct(fields) => add_fields(hasher.bytes(b"{"), fields),
            Self::Array(element, len) => match *len {
                0 => add_tuple(hasher, &[]),
                len => add_repeated(hasher.bytes(b"("), element.hash(), len).bytes(b")"),
            },
            Self::List(element) => element.add_to(hasher.bytes(b"[")),
            Self::Map(key, value) => value.add_to(key.add_to(hasher.bytes(b":"))),
            Self::Option(value) => value.add_to(hasher.bytes(b"o")),
            Self::UnitEnum { ty, variants } => {
                let mut all = add_type(hasher.bytes(b"u"), *ty).number(variants.len() as u32);
                let mut at = 0;
                while at < variants.len() {
                    let (name, value) = variants[at];
                    all = all.text(name).bytes(&value.to_le_bytes());
                    at += 1;
                }
                all
            }
            Self::Enum(variants) => {
                let mut all = hasher.bytes(b"e").number(variants.len() as u32);
                let mut at = 0;
                while at < variants.len() {
                    all = add_fields(all.text(variants[at].name), variants[at].fields);
                    at += 1;
                }
                all
            }
            Self::Opaque => hasher.bytes(b"x"),
        }
    }
}

const fn add_type(hasher: Hasher, ty: IntegerType) -> Hasher {
    hasher.bytes(&[ty.size() as u8, ty.is_signed() as u8])
}

const fn add_fields(hasher: Hasher, fields: &[Field]) -> Hasher {
    let mut all = hasher.number(fields.len() as u32);
    let mut at = 0;
    while at < fields.len() {
        all = fields[at].shape.add_to(all.text(fields[at].name));
        at += 1;
    }
    all
}

/// Adds a tuple. Equal elements that follow each other are added once, with their number, as an array of them is.
const fn add_tuple(hasher: Hasher, elements: &[&Shape]) -> Hasher {
    let mut all = hasher.bytes(b"(");
    let (mut last, mut count) = (0, 0);
    let mut at = 0;
    while at < elements.len() {
        let element = elements[at].hash();
        if count > 0 && element != last {
            all = add_repeated(all, last, count);
            count = 0;
        }
        last = element;
        count += 1;
        at += 1;
    }
    if count > 0 {
        all = add_repeated(all, last, count);
    }
    all.bytes(b")")
}

const fn add_repeated(hasher: Hasher, element: u32, count: usize) -> Hasher {
    hasher.number(element).number(count as u32)
}
