//! Mistakes that show only in the whole interface.

use std::collections::{HashMap, HashSet};

use syn::{Ident, TraitItem};

use crate::errors::Errors;
use crate::model::interface::Interface;
use crate::model::names;

/// Checks that the methods of the trait differ, in their names in Rust and on the wire. Removes commands that do not from
/// the interface.
///
/// Methods with a `cfg` may share a name, for one of them may be absent. The compiler checks those that are present.
pub(crate) fn interface(interface: &mut Interface, errors: &mut Errors) {
    check_methods(interface, errors);
    check_wire_names(interface, errors);
}

/// Checks all members of the trait, those with mistakes of their own included.
fn check_methods(interface: &mut Interface, errors: &mut Errors) {
    let mut seen: HashSet<&Ident> = HashSet::new();
    let mut wrong: HashSet<Ident> = HashSet::new();
    for member in &interface.item.items {
        let TraitItem::Fn(method) = member else { continue };
        let name = &method.sig.ident;
        if names::OF_CLIENTS.iter().any(|taken| name == taken) {
            errors.at(
                name,
                format_args!("every client already has a function `{name}`"),
                format_args!("rename the method, and keep its wire name: #[command(name = \"{name}\")]"),
            );
            wrong.insert(name.clone());
        }
        let is_conditional = method.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !is_conditional && !seen.insert(name) {
            errors.leave_to_compiler();
            wrong.insert(name.clone());
        }
    }
    interface.commands.retain(|command| !wrong.contains(&command.method));
}

fn check_wire_names(interface: &mut Interface, errors: &mut Errors) {
    let mut first: HashMap<String, Ident> = HashMap::new();
    interface.commands.retain(|command| {
        if !command.is_unconditional() {
            return true;
        }
        let Some(other) = first.get(&command.name.text) else {
            first.insert(command.name.text.clone(), command.method.clone());
            return true;
        };
        errors.at_span(
            command.name.span,
            format_args!(
                "methods `{other}` and `{}` are both called `{}` on the wire",
                command.method, command.name.text
            ),
            "give one another wire name: #[command(name = \"...\")]",
        );
        false
    });
}
