//! The methods of a trait, one for each command.

use super::definitions::Definitions;
use super::names::{Names, snake};
use super::types::expression;
use super::{docs, list};
use crate::contract::command::Command;
use crate::contract::identifier::{is_identifier, written};
use crate::contract::interface::Interface;
use crate::contract::signature::{Encoding, Signature};
use crate::contract::types::Type;

/// The functions that every client has besides its commands.
const OF_CLIENTS: [&str; 8] =
    ["new", "over", "connect", "connect_async", "caller", "caller_mut", "into_caller", "within"];

/// How wide options may be in one line, as rustfmt has it by default.
const MAX_OPTIONS: usize = 70;

/// Returns the members of the trait.
pub(super) fn of(interface: &Interface, definitions: &Definitions) -> String {
    let mut names = Names::default();
    OF_CLIENTS.iter().for_each(|name| names.take(&name.to_uppercase()));
    let mut text = String::new();
    for command in interface.commands() {
        let name = name(command, &mut names);
        text += "\n";
        text += &docs::comment(command.docs(), "    ");
        text += &attribute(command, &name);
        text += &method(command, &name, definitions);
    }
    text
}

/// The name of a method: the author's, the name on the wire, or the author's with a number. Clients have a constant for
/// each method, so capitals do not tell two of them apart.
fn name(command: &Command, names: &mut Names) -> String {
    let on_wire = snake(command.name());
    let wanted = [command.method(), &on_wire];
    let mut free =
        wanted.into_iter().filter(|name| is_identifier(name) && names.is_free(&name.to_uppercase()));
    if let Some(name) = free.next() {
        names.take(&name.to_uppercase());
        return name.to_owned();
    }
    let number = names.unique(&command.method().to_uppercase());
    let number = number.strip_prefix(&command.method().to_uppercase()).unwrap_or_default();
    format!("{}{number}", command.method())
}

/// Returns `#[command(...)]`, if anything has to be said there.
fn attribute(command: &Command, method: &str) -> String {
    let mut options = Vec::new();
    if command.name() != method {
        options.push(format!("name = {:?}", command.name()));
    }
    options.extend(encodings(command.signature()));
    options.extend(command.options().words());
    let line = options.join(", ");
    match options.len() {
        0 => String::new(),
        _ if line.len() <= MAX_OPTIONS => format!("    #[command({line})]\n"),
        _ => format!("    #[command(\n        {}\n    )]\n", options.join(",\n        ")),
    }
}

/// The options for encodings that were chosen by hand: one word for both where that says the same.
fn encodings(signature: &Signature) -> Vec<String> {
    let (arguments, value) = (signature.encoding(), signature.value_encoding());
    let is_word = |encoding: &Encoding| !matches!(encoding, Encoding::Struct(_));
    let for_all = match (arguments, value) {
        (Some(arguments), Some(value)) if arguments == value => Some(arguments),
        (Some(arguments), None) if signature.value().is_none() => Some(arguments),
        (None, Some(value)) if signature.arguments().is_empty() => Some(value),
        _ => None,
    };
    if let Some(word) = for_all.filter(|encoding| is_word(encoding)) {
        return vec![word.to_string()];
    }
    let option = |name: &str, encoding: Option<&Encoding>| {
        encoding.map(|encoding| format!("{name} = {:?}", encoding.to_string()))
    };
    option("format", arguments).into_iter().chain(option("returns", value)).collect()
}

fn method(command: &Command, name: &str, definitions: &Definitions) -> String {
    let signature = command.signature();
    let mut arguments = vec!["&mut self".to_owned()];
    for (argument, text) in signature.arguments().iter().zip(command.argument_types()) {
        let ty = match (&argument.ty, signature.encoding()) {
            (Type::Text, _) => "&str".to_owned(),
            (Type::Bytes, encoding) if encoding != Some(&Encoding::Postcard) => "&[u8]".to_owned(),
            (ty, _) => expression(ty, text, definitions),
        };
        arguments.push(format!("{}: {ty}", written(&argument.name)));
    }
    let value = signature.value().map(|value| match definitions.name(value) {
        Some(name) => name.to_owned(),
        None => expression(value, command.returns(), definitions),
    });
    let output = match (value, signature.error()) {
        (None, None) => String::new(),
        (Some(value), None) => format!(" -> {value}"),
        (value, Some(error)) => {
            let value = value.unwrap_or_else(|| "()".into());
            format!(" -> Result<{value}, {}>", expression(error, command.error(), definitions))
        }
    };
    list("    ", &format!("fn {}(", written(name)), &arguments, &format!("){output};"))
}
