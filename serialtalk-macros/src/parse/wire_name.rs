//! Names on the wire, as far as single characters tell.

use syn::{Ident, LitStr};

use crate::errors::Errors;
use crate::model::interface::WireName;
use crate::model::names;
use crate::syntax::options::{CommandOptions, InterfaceOptions};

/// Returns the name of a method on the wire.
pub(super) fn of_command(
    method: &Ident,
    options: &CommandOptions,
    interface: &InterfaceOptions,
    errors: &mut Errors,
) -> WireName {
    let name = match &options.name {
        Some(name) => WireName { text: name.value(), span: name.span() },
        None => {
            let prefix = interface.prefix.as_ref().map(LitStr::value).unwrap_or_default();
            WireName { text: prefix + &names::plain(method), span: method.span() }
        }
    };
    check(&name, &COMMAND, errors);
    name
}

/// Checks the prefix of an interface, and removes a wrong one, so that it is reported once and not for each command.
pub(super) fn check_prefix(options: &mut InterfaceOptions, errors: &mut Errors) {
    options.prefix = options.prefix.take().filter(|prefix| is_sound(prefix, &PREFIX, errors));
}

/// Checks the module of an interface, and removes a wrong one.
pub(super) fn check_module(options: &mut InterfaceOptions, errors: &mut Errors) {
    options.module = options.module.take().filter(|module| is_sound(module, &MODULE, errors));
}

/// What a name is, for messages.
struct Kind {
    noun: &'static str,
    example: &'static str,
}

const COMMAND: Kind = Kind { noun: "the name of a command", example: "#[command(name = \"color\")]" };
const PREFIX: Kind = Kind { noun: "the prefix of commands", example: "#[interface(prefix = \"arm.\")]" };
const MODULE: Kind = Kind { noun: "the name of a module", example: "#[interface(module = \"arm\")]" };

fn is_sound(text: &LitStr, kind: &Kind, errors: &mut Errors) -> bool {
    let before = errors.count();
    check(&WireName { text: text.value(), span: text.span() }, kind, errors);
    errors.count() == before
}

fn check(name: &WireName, Kind { noun, example }: &Kind, errors: &mut Errors) {
    if name.text.is_empty() {
        errors.at_span(name.span, format_args!("{noun} is empty"), "write at least one character");
    }
    if let Some(character) = name.text.chars().find(|character| !matches!(character, ' '..='~')) {
        let why = if character.is_ascii_control() {
            "it is one line of text, without control characters"
        } else {
            "Python peers count characters, not bytes"
        };
        errors.at_span(
            name.span,
            format_args!("{noun} cannot contain {character:?}: {why}"),
            format_args!("write printable ASCII, as in {example}"),
        );
    }
}
