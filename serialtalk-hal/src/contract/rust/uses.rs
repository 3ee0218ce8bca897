//! Where a command has types, and what it needs them for.

use super::names::camel;
use crate::contract::command::Command;
use crate::contract::signature::Encoding;
use crate::contract::types::Type;

/// A type where a command has it.
pub(super) struct Use<'c> {
    pub(super) command: &'c Command,
    pub(super) ty: &'c Type,
    /// What its author called it.
    pub(super) text: &'c str,
    /// What it is called if the author is not known to have a name for it.
    pub(super) fallback: String,
    pub(super) purpose: Purpose,
}

/// The types of a command.
pub(super) fn uses(command: &Command) -> Vec<Use<'_>> {
    let signature = command.signature();
    let method = camel(command.method());
    let mut uses = Vec::new();
    let mut add = |ty, text, what: &str, encoding: Option<&Encoding>| {
        let purpose = Purpose { is_key: false, is_serde: encoding == Some(&Encoding::Postcard) };
        let fallback = format!("{method}{}", camel(what));
        uses.push(Use { command, ty, text, fallback, purpose });
    };
    for (argument, text) in signature.arguments().iter().zip(command.argument_types()) {
        // An empty argument can be `()`, and needs no name.
        let text = if argument.ty.is_empty() { "()" } else { text };
        add(&argument.ty, text, &argument.name, signature.encoding());
    }
    if let Some(value) = signature.value() {
        add(value, command.returns(), "value", signature.value_encoding());
    }
    if let Some(error) = signature.error() {
        let text = if error.is_empty() { "()" } else { command.error() };
        // An error is a literal, whatever the encoding of the value.
        add(error, text, "error", None);
    }
    uses
}

/// What a type is needed for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Purpose {
    /// Whether it is part of a key of a map.
    pub(super) is_key: bool,
    /// Whether serde writes it.
    pub(super) is_serde: bool,
}
