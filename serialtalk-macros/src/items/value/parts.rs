//! What differs between the implementations for structs and enums.

use proc_macro2::TokenStream;
use syn::{Fields, Member};

use crate::model::{names, spans};

/// The bodies of implementations.
pub(super) struct Parts {
    /// The shape.
    pub(super) shape: TokenStream,
    /// Hands the value to `__encoder`.
    pub(super) encode: TokenStream,
    /// Whether the value is a sequence of others.
    pub(super) is_sequence: TokenStream,
    /// Takes a value from `__decoder`.
    pub(super) decode: TokenStream,
    /// The method `missing`, if it is not the default.
    pub(super) missing: TokenStream,
}

/// Returns the fields as generated code names them.
pub(super) fn members(fields: &Fields) -> Vec<Member> {
    let all = fields.members();
    all.map(|member| match member {
        Member::Named(name) => Member::Named(spans::unlinted(&name)),
        unnamed => unnamed,
    })
    .collect()
}

/// Returns the name of a field, empty if it has none.
pub(super) fn label(member: &Member) -> String {
    match member {
        Member::Named(name) => names::plain(name),
        Member::Unnamed(_) => String::new(),
    }
}
