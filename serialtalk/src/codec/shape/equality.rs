//! Which shapes have the same text.

use super::{Field, Shape, Variant};
use crate::wire::const_str::is_same;
use crate::wire::integer::IntegerType;

impl Shape {
    /// Whether the text of this shape is that of `other`.
    pub(super) const fn has_text_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Struct(fields), Self::Struct(others)) => are_same_fields(fields, others),
            // Nothing tells a struct without fields from any other empty tuple.
            (Self::Struct(fields), _) | (_, Self::Struct(fields)) if !fields.is_empty() => false,
            (Self::Integer(ty), Self::Integer(other)) => is_same_type(*ty, *other),
            (Self::ByteArray(len), Self::ByteArray(other)) => *len == *other,
            (Self::List(element), Self::List(other)) | (Self::Option(element), Self::Option(other)) => {
                element.has_text_of(other)
            }
            (Self::Map(key, value), Self::Map(other_key, other_value)) => {
                key.has_text_of(other_key) && value.has_text_of(other_value)
            }
            (Self::UnitEnum { ty, variants }, Self::UnitEnum { ty: other, variants: others }) => {
                is_same_type(*ty, *other) && are_same_unit_variants(variants, others)
            }
            (Self::Enum(variants), Self::Enum(others)) => are_same_variants(variants, others),
            (Self::Bool, Self::Bool)
            | (Self::Float32, Self::Float32)
            | (Self::Float64, Self::Float64)
            | (Self::Char, Self::Char)
            | (Self::Text, Self::Text)
            | (Self::Bytes, Self::Bytes)
            | (Self::Opaque, Self::Opaque) => true,
            _ => self.has_elements_of(other),
        }
    }

    /// Whether both are tuples or arrays of the same elements.
    const fn has_elements_of(&self, other: &Self) -> bool {
        let (Some(len), Some(other_len)) = (self.elements(), other.elements()) else { return false };
        if len != other_len {
            return false;
        }
        // Of two arrays only the first elements are compared, since the others are equal to it.
        let are_arrays = matches!((self, other), (Self::Array(..), Self::Array(..)));
        let end = if are_arrays && len > 1 { 1 } else { len };
        let mut at = 0;
        while at < end {
            if let (Some(element), Some(other)) = (self.element(at), other.element(at))
                && !element.has_text_of(other)
            {
                return false;
            }
            at += 1;
        }
        true
    }
}

const fn is_same_type(ty: IntegerType, other: IntegerType) -> bool {
    ty.size() == other.size() && ty.is_signed() == other.is_signed()
}

const fn are_same_fields(fields: &[Field], others: &[Field]) -> bool {
    let mut at = 0;
    while at < fields.len() && at < others.len() {
        if !is_same(fields[at].name, others[at].name) || !fields[at].shape.has_text_of(others[at].shape) {
            return false;
        }
        at += 1;
    }
    fields.len() == others.len()
}

const fn are_same_unit_variants(variants: &[(&str, i128)], others: &[(&str, i128)]) -> bool {
    let mut at = 0;
    while at < variants.len() && at < others.len() {
        if !is_same(variants[at].0, others[at].0) || variants[at].1 != others[at].1 {
            return false;
        }
        at += 1;
    }
    variants.len() == others.len()
}

const fn are_same_variants(variants: &[Variant], others: &[Variant]) -> bool {
    let mut at = 0;
    while at < variants.len() && at < others.len() {
        if !is_same(variants[at].name, others[at].name)
            || !are_same_fields(variants[at].fields, others[at].fields)
        {
            return false;
        }
        at += 1;
    }
    variants.len() == others.len()
}
