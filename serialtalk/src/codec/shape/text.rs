//! Shapes as text: `{x: f32, y: f32}`, `([u8; 4], str?)`.
//!
//! Two shapes have the same text exactly if every value of one is read as the same value of the other in every encoding.

use core::fmt;

use super::signature_writer::{SignatureWriter, display};
use super::{Field, Shape, Variant};
use crate::wire::integer::IntegerType;

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(f, |text| self.write(text))
    }
}

impl Shape {
    /// Appends the text of the shape.
    pub(crate) const fn write(&self, text: &mut SignatureWriter<'_>) {
        match self {
            Self::Integer(ty) => write_type(*ty, text),
            Self::Bool => text.str("bool"),
            Self::Float32 => text.str("f32"),
            Self::Float64 => text.str("f64"),
            Self::Char => text.str("char"),
            Self::Text => text.str("str"),
            Self::Bytes => text.str("[u8]"),
            Self::ByteArray(len) => {
                text.str("[u8; ");
                text.integer(*len as i128);
                text.str("]");
            }
            Self::Struct(fields) if !fields.is_empty() => {
                text.str("{");
                write_fields(fields, text);
                text.str("}");
            }
            Self::Tuple(_) | Self::Struct(_) | Self::Array(..) => self.write_tuple(text),
            Self::List(element) => {
                text.str("[");
                element.write(text);
                text.str("]");
            }
            Self::Map(key, value) => {
                text.str("{");
                key.write(text);
                text.str(" => ");
                value.write(text);
                text.str("}");
            }
            Self::Option(value) => {
                value.write(text);
                text.str("?");
            }
            Self::UnitEnum { ty, variants } => {
                write_type(*ty, text);
                text.str(" {");
                write_unit_variants(variants, text);
                text.str("}");
            }
            Self::Enum(variants) => {
                text.str("{");
                write_variants(variants, text);
                text.str("}");
            }
            Self::Opaque => text.str("serde"),
        }
    }

    /// Appends the text of a tuple. Equal elements are written once, as an array is, because nothing tells them apart.
    const fn write_tuple(&self, text: &mut SignatureWriter<'_>) {
        text.str("(");
        match (self.element(0), self.element(1)) {
            (None, _) => {}
            (Some(only), None) => {
                only.write(text);
                text.str(",");
            }
            (Some(first), Some(_)) if self.has_equal_elements() => {
                first.write(text);
                text.str("; ");
                let Some(len) = self.elements() else { return };
                text.integer(len as i128);
            }
            (Some(first), Some(_)) => {
                first.write(text);
                let mut at = 1;
                while let Some(element) = self.element(at) {
                    text.str(", ");
                    element.write(text);
                    at += 1;
                }
            }
        }
        text.str(")");
    }

    /// Whether all elements of a tuple or an array have the same text.
    const fn has_equal_elements(&self) -> bool {
        let Some(first) = self.element(0) else { return true };
        let mut at = 1;
        while let Some(element) = self.distinct_element(at) {
            if !element.has_text_of(first) {
                return false;
            }
            at += 1;
        }
        true
    }
}

/// Appends `u16`.
const fn write_type(ty: IntegerType, text: &mut SignatureWriter<'_>) {
    text.str(if ty.is_signed() { "i" } else { "u" });
    text.integer(8 * ty.size() as i128);
}

/// Appends `x: f32, y: f32`; of tuple variants, whose fields have no names, `f32, f32`.
const fn write_fields(fields: &[Field], text: &mut SignatureWriter<'_>) {
    let mut at = 0;
    while at < fields.len() {
        if at > 0 {
            text.str(", ");
        }
        if !fields[at].name.is_empty() {
            text.str(fields[at].name);
            text.str(": ");
        }
        fields[at].shape.write(text);
        at += 1;
    }
}

/// Appends `Off = 0 | On = 1`.
const fn write_unit_variants(variants: &[(&str, i128)], text: &mut SignatureWriter<'_>) {
    let mut at = 0;
    while at < variants.len() {
        if at > 0 {
            text.str(" | ");
        }
        text.str(variants[at].0);
        text.str(" = ");
        text.integer(variants[at].1);
        at += 1;
    }
}

/// Appends `Moving(speed: f32) | Stall`.
const fn write_variants(variants: &[Variant], text: &mut SignatureWriter<'_>) {
    let mut at = 0;
    while at < variants.len() {
        if at > 0 {
            text.str(" | ");
        }
        text.str(variants[at].name);
        if !variants[at].fields.is_empty() {
            text.str("(");
            write_fields(variants[at].fields, text);
            text.str(")");
        }
        at += 1;
    }
}
