//! A type that derives `Value`.

use syn::{DeriveInput, Fields, Ident, Path, Type, Variant};

use super::generics::Generics;
use crate::syntax::attributes::Attributes;

/// A type that crosses as a value.
pub(crate) struct Value {
    pub(crate) input: DeriveInput,
    /// The path to serialtalk.
    pub(crate) krate: Path,
    pub(crate) generics: Generics,
    pub(crate) attributes: Attributes,
    pub(crate) form: Form,
}

/// How a type crosses.
pub(crate) enum Form {
    /// As its fields, one after the other.
    Struct(Fields),
    /// As its only field.
    Transparent(Box<Type>),
    /// As an integer of the type with this name.
    Integer { width: Ident, variants: Vec<Variant> },
    /// As the name of a variant and its fields.
    Variants(Vec<Variant>),
}

impl Value {
    /// Returns the types of all fields.
    pub(crate) fn field_types(&self) -> Vec<&Type> {
        match &self.form {
            Form::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
            Form::Transparent(inner) => vec![inner],
            Form::Integer { .. } => Vec::new(),
            Form::Variants(variants) => {
                variants.iter().flat_map(|variant| &variant.fields).map(|field| &field.ty).collect()
            }
        }
    }
}
