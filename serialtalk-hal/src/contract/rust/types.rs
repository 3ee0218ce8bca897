//! Types as they are written: where they are used, and where they are defined.

use super::definitions::{Definition, Definitions, MAX_TUPLE, is_byte, is_float};
use super::{MAX_WIDTH, list, type_text};
use crate::contract::identifier::written;
use crate::contract::types::{Field, Type, Variant, integer};

/// How wide the fields of a variant may be in one line, as rustfmt has it by default.
const MAX_VARIANT: usize = 35;

/// Returns a type where it is used. `text` is what the author of the trait wrote; it tells tuples from arrays.
pub(super) fn expression(ty: &Type, text: &str, definitions: &Definitions) -> String {
    if let Some(name) = definitions.name(ty).filter(|_| !ty.is_empty()) {
        return name.to_owned();
    }
    let parts = ty.parts();
    let texts = type_text::parts(ty, text).into_iter().chain(core::iter::repeat(""));
    let parts: Vec<_> =
        parts.into_iter().zip(texts).map(|(part, text)| expression(part, text, definitions)).collect();
    match (ty, &*parts) {
        (Type::Integer(ty), _) => integer(*ty),
        (Type::Bool, _) => "bool".into(),
        (Type::Float32, _) => "f32".into(),
        (Type::Float64, _) => "f64".into(),
        (Type::Char, _) => "char".into(),
        (Type::Text, _) => "String".into(),
        (Type::Bytes, _) => "Vec<u8>".into(),
        (Type::ByteArray(len), _) => format!("[u8; {len}]"),
        (Type::Tuple(_), [only]) => format!("({only},)"),
        (Type::Array(element, len), [part]) => {
            // An array of bytes would be another type.
            if is_byte(element) || *len <= MAX_TUPLE && type_text::is_tuple_of_equals(text, *len) {
                format!("({})", vec![part.as_str(); *len].join(", "))
            } else {
                format!("[{part}; {len}]")
            }
        }
        (Type::List(_), [element]) => format!("Vec<{element}>"),
        (Type::Option(_), [value]) => format!("Option<{value}>"),
        (Type::Map(..), [key, value]) => format!("std::collections::BTreeMap<{key}, {value}>"),
        (_, elements) => format!("({})", elements.join(", ")),
    }
}

/// Returns the definition of a type.
pub(super) fn definition(definition: &Definition, definitions: &Definitions) -> String {
    let Definition { ty, name, .. } = definition;
    let derives = derives(definition).join(", ");
    let derives = match format!("#[derive({derives})]") {
        line if line.len() <= MAX_WIDTH => line + "\n",
        _ => format!("#[derive(\n    {derives},\n)]\n"),
    };
    let used = |ty: &Type| expression(ty, "", definitions);
    let public = |ty: &Type| format!("pub {}", used(ty));
    derives
        + &match ty {
            Type::Struct(fields) => {
                let fields: Vec<_> =
                    fields.iter().map(|field| format!("pub {}", named(field, used))).collect();
                block(&format!("pub struct {name}"), &fields)
            }
            Type::UnitEnum { ty, variants } => {
                let is_counted = variants.iter().zip(0..).all(|((_, integer), at)| *integer == at);
                let variants: Vec<_> = variants
                    .iter()
                    .map(|(name, integer)| match is_counted {
                        true => written(name),
                        false => format!("{} = {integer}", written(name)),
                    })
                    .collect();
                format!("#[repr({})]\n", integer(*ty)) + &block(&format!("pub enum {name}"), &variants)
            }
            Type::Enum(variants) => block(&format!("pub enum {name}"), &self::variants(variants, used)),
            Type::Array(element, len) => {
                list("", &format!("pub struct {name}("), &vec![public(element); *len], ");")
            }
            ty if ty.is_empty() => format!("pub struct {name} {{}}\n"),
            ty => {
                let elements: Vec<_> = ty.parts().into_iter().map(public).collect();
                list("", &format!("pub struct {name}("), &elements, ");")
            }
        }
}

/// The traits that a type has: those that all have, and those that its parts allow or that it is needed for.
fn derives(Definition { ty, purpose, .. }: &Definition) -> Vec<&'static str> {
    let is_owner = |ty: &Type| matches!(ty, Type::Text | Type::Bytes | Type::List(_) | Type::Map(..));
    let mut derives = vec!["serialtalk::Value", "Debug", "Clone"];
    if !ty.any(is_owner) {
        derives.push("Copy");
    }
    derives.push("PartialEq");
    if !ty.any(is_float) {
        derives.push("Eq");
    }
    if purpose.is_key {
        derives.extend(["PartialOrd", "Ord"]);
    }
    if purpose.is_serde {
        derives.extend(["serde::Serialize", "serde::Deserialize"]);
    }
    derives
}

fn named(field: &Field, used: impl Fn(&Type) -> String) -> String {
    format!("{}: {}", written(&field.name), used(&field.ty))
}

/// The variants of an enum with data: each in one line, unless the fields of one are too wide for that.
fn variants(variants: &[Variant], used: impl Fn(&Type) -> String) -> Vec<String> {
    let one = |Variant { name, fields }: &Variant, is_wide: bool| {
        let name = written(name);
        let are_named = fields.first().is_some_and(|field| !field.name.is_empty());
        let fields: Vec<_> = fields
            .iter()
            .map(|field| if are_named { named(field, &used) } else { used(&field.ty) })
            .collect();
        match (are_named, is_wide) {
            _ if fields.is_empty() => name,
            (false, _) => format!("{name}({})", fields.join(", ")),
            (true, false) => format!("{name} {{ {} }}", fields.join(", ")),
            (true, true) => format!("{name} {{\n        {},\n    }}", fields.join(",\n        ")),
        }
    };
    let lines: Vec<_> = variants.iter().map(|variant| one(variant, false)).collect();
    if lines.iter().any(|line| line.split_once('{').is_some_and(|(_, fields)| fields.len() > MAX_VARIANT)) {
        return variants.iter().map(|variant| one(variant, true)).collect();
    }
    lines
}

/// An item with a line for each of its parts.
fn block(head: &str, parts: &[String]) -> String {
    let mut block = format!("{head} {{\n");
    for part in parts {
        block += &format!("    {part},\n");
    }
    block + "}\n"
}
