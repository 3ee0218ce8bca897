//! The types that a trait needs: which, and what they are called.

use std::collections::BTreeMap;

use serialtalk::IntegerType;

use super::Unwritable;
use super::names::{self, Names, camel};
use super::type_text;
use super::uses::{Purpose, Use, uses};
use crate::contract::identifier::{is_identifier, is_keyword};
use crate::contract::interface::Interface;
use crate::contract::types::{Field, Type};

/// The longest tuple that has the traits of the standard library, and of `serialtalk`.
pub(super) const MAX_TUPLE: usize = 12;

/// The longest array that has the traits of serde.
const MAX_SERDE: usize = 32;

/// The longest tuple that is worth its text: a frame has no room for a longer one.
const MAX_FIELDS: usize = 255;

/// The longest name that is made for a type, in bytes.
const MAX_NAME: usize = 64;

/// The types that a trait needs.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    all: Vec<Definition>,
    /// The types by their text, also those that have a name and are not defined yet.
    named: BTreeMap<String, Named>,
}

/// A type that has a name.
#[derive(Debug)]
struct Named {
    name: String,
    /// Where its definition is, if it is defined.
    at: Option<usize>,
}

/// A type that a trait needs.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) ty: Type,
    pub(super) name: String,
    pub(super) purpose: Purpose,
}

impl Definitions {
    /// The types that the commands of an interface need, in the order in which they are first needed.
    pub(super) fn of(interface: &Interface, names: &mut Names) -> Result<Self, Unwritable> {
        let mut all = Self::default();
        let uses: Vec<_> = interface.commands().iter().flat_map(uses).collect();
        for Use { ty, text, .. } in &uses {
            all.take_name(ty, text, names);
        }
        for Use { command, ty, text, fallback, purpose } in &uses {
            if ty.is_empty() && *text != "()" {
                all.define(ty, fallback, *purpose, names);
            }
            let mut visit = Visit { command: command.name(), definitions: &mut all, names: &mut *names };
            visit.ty(ty, fallback, *purpose)?;
        }
        Ok(all)
    }

    pub(super) fn all(&self) -> &[Definition] {
        &self.all
    }

    /// The name of a type that has one.
    pub(super) fn name(&self, ty: &Type) -> Option<&str> {
        if !has_name(ty) && !ty.is_empty() {
            return None;
        }
        self.named.get(&ty.to_string()).map(|named| named.name.as_str())
    }

    /// Names a type, and those of which it is made, as the author of the trait did.
    fn take_name(&mut self, ty: &Type, text: &str, names: &mut Names) {
        if !has_name(ty) {
            for (part, text) in ty.parts().into_iter().zip(type_text::parts(ty, text)) {
                self.take_name(part, text, names);
            }
            return;
        }
        let name = type_text::name(text).map(|name| match name.starts_with(char::is_lowercase) {
            true => camel(name),
            false => name.to_owned(),
        });
        let is_good = |name: &String| is_identifier(name) && !is_keyword(name) && !names::is_reserved(name);
        if let Some(name) = name.filter(is_good) {
            self.named.entry(ty.to_string()).or_insert_with(|| Named { name: names.unique(&name), at: None });
        }
    }

    /// Defines a type, unless it is; returns its name.
    fn define(&mut self, ty: &Type, fallback: &str, purpose: Purpose, names: &mut Names) -> String {
        let is_readable = is_identifier(fallback) && fallback.len() <= MAX_NAME;
        let fallback = if is_readable { fallback } else { "Type" };
        let named = self
            .named
            .entry(ty.to_string())
            .or_insert_with(|| Named { name: names.unique(fallback), at: None });
        let name = named.name.clone();
        let at = *named.at.get_or_insert(self.all.len());
        match self.all.get_mut(at) {
            None => self.all.push(Definition { ty: ty.clone(), name: name.clone(), purpose }),
            Some(Definition { purpose: all, .. }) => {
                all.is_key |= purpose.is_key;
                all.is_serde |= purpose.is_serde;
            }
        }
        name
    }
}

/// A walk through the types of a command.
struct Visit<'v> {
    command: &'v str,
    definitions: &'v mut Definitions,
    names: &'v mut Names,
}

impl Visit<'_> {
    /// Defines what a type needs, under names that begin with `fallback` where the author's are not known.
    fn ty(&mut self, ty: &Type, fallback: &str, purpose: Purpose) -> Result<(), Unwritable> {
        self.check(ty, purpose)?;
        let fallback =
            if has_name(ty) { &self.definitions.define(ty, fallback, purpose, self.names) } else { fallback };
        match ty {
            Type::Struct(fields) => self.fields(fields, fallback, purpose),
            Type::Enum(variants) => variants.iter().try_for_each(|variant| {
                self.fields(&variant.fields, &format!("{fallback}{}", camel(&variant.name)), purpose)
            }),
            Type::Tuple(elements) => elements
                .iter()
                .enumerate()
                .try_for_each(|(at, element)| self.ty(element, &format!("{fallback}{}", at + 1), purpose)),
            Type::Map(key, value) => {
                self.ty(key, &format!("{fallback}Key"), Purpose { is_key: true, ..purpose })?;
                self.ty(value, fallback, purpose)
            }
            Type::Array(part, _) | Type::List(part) | Type::Option(part) => self.ty(part, fallback, purpose),
            _ => Ok(()),
        }
    }

    fn fields(&mut self, fields: &[Field], fallback: &str, purpose: Purpose) -> Result<(), Unwritable> {
        fields
            .iter()
            .try_for_each(|field| self.ty(&field.ty, &format!("{fallback}{}", camel(&field.name)), purpose))
    }

    /// Checks what no trait can have.
    fn check(&self, ty: &Type, purpose: Purpose) -> Result<(), Unwritable> {
        let command = self.command.to_owned();
        match ty {
            Type::Opaque => Err(Unwritable::Opaque { command }),
            Type::Map(key, _) if key.any(is_float) => Err(Unwritable::FloatKey { command }),
            Type::Option(value) if matches!(**value, Type::Option(_)) && !purpose.is_serde => {
                Err(Unwritable::OptionInOption { command })
            }
            Type::Array(_, len) | Type::ByteArray(len) if purpose.is_serde && *len > MAX_SERDE => {
                Err(Unwritable::Long { command, len: *len })
            }
            Type::Array(element, len) if is_byte(element) && *len > MAX_FIELDS => {
                Err(Unwritable::Long { command, len: *len })
            }
            _ => Ok(()),
        }
    }
}

/// Whether a type is one with a name in Rust.
fn has_name(ty: &Type) -> bool {
    match ty {
        Type::Struct(_) | Type::UnitEnum { .. } | Type::Enum(_) => true,
        Type::Tuple(elements) => elements.len() > MAX_TUPLE,
        Type::Array(element, len) => is_byte(element) && *len > MAX_TUPLE,
        _ => false,
    }
}

/// Whether an array of this type would be bytes.
pub(super) fn is_byte(ty: &Type) -> bool {
    *ty == Type::Integer(IntegerType::U8)
}

/// Whether a type has no order.
pub(super) fn is_float(ty: &Type) -> bool {
    matches!(ty, Type::Float32 | Type::Float64)
}
