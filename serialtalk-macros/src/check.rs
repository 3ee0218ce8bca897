//! Mistakes that show only when the whole interface is looked at.

use std::collections::HashMap;

use syn::{Ident, TraitItem};

use crate::errors::Errors;
use crate::model::{Command, Interface, WireName};
use crate::names;

/// Checks that commands can be told apart, and that clients have room for their methods.
///
/// Methods behind a `cfg` may share a name, for only one of them may be there. The compiler looks at those that are.
pub(crate) fn interface(interface: &Interface, errors: &mut Errors) {
    if let Some(module) = &interface.module {
        names::check(&WireName { text: module.value(), span: module.span() }, "a module", errors);
    }
    check_repeated(interface, errors);
    let mut first: HashMap<&str, &Command> = HashMap::new();
    for command in &interface.commands {
        check_builtin(&command.name, errors);
        match first.get(command.name.text.as_str()) {
            None => _ = first.insert(&command.name.text, command),
            // Two methods of the same name are the compiler's to refuse.
            Some(before) if before.method == command.method => {}
            Some(before) if is_certain(before) && is_certain(command) => errors.at_span(
                command.name.span,
                format_args!(
                    "two commands are called `{}` on the wire: `{}` and `{}`",
                    command.name.text, before.method, command.method
                ),
                "give one another name: #[command(name = \"...\")]",
            ),
            Some(_) => {}
        }
    }
    for command in &interface.commands {
        for suffix in names::SUFFIXES {
            let stem = command.name.text.strip_suffix(suffix).and_then(|stem| first.get(stem));
            if let Some(other) = stem.filter(|other| is_certain(other) && is_certain(command)) {
                errors.at_span(
                    command.name.span,
                    format_args!(
                        "command `{}` collides with the reply name of command `{}` (\"{}\" + \"{suffix}\")",
                        command.name.text, other.name.text, other.name.text
                    ),
                    "rename one, or give it a wire name: #[command(name = \"reverse\")]",
                );
            }
        }
    }
}

fn is_certain(command: &Command) -> bool {
    command.attributes.cfgs.is_empty()
}

/// Looks at the members of the trait, so that broken ones count, too.
fn check_repeated(interface: &Interface, errors: &mut Errors) {
    let mut seen: Vec<(&Ident, bool)> = Vec::new();
    for member in &interface.item.items {
        let TraitItem::Fn(method) = member else { continue };
        let name = &method.sig.ident;
        if names::OF_CLIENTS.iter().any(|taken| name == taken) {
            errors.at(
                name,
                format_args!("every client has a function `{name}` already"),
                format_args!("rename the method, and keep the wire name: #[command(name = \"{name}\")]"),
            );
        }
        let is_certain = !method.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if seen.iter().any(|(other, other_is_certain)| *other == name && *other_is_certain && is_certain) {
            errors.leave_to_compiler();
        }
        seen.push((name, is_certain));
    }
}

fn check_builtin(name: &WireName, errors: &mut Errors) {
    for builtin in names::BUILTIN {
        let what = match name.text.strip_prefix(builtin) {
            Some("") => format!("`{builtin}` is a command that every peer has already"),
            Some(suffix) if names::SUFFIXES.contains(&suffix) => {
                format!("`{}` is the name of a reply to `{builtin}`, which every peer has", name.text)
            }
            _ => continue,
        };
        errors.at_span(name.span, what, "give it another wire name: #[command(name = \"...\")]");
    }
}
