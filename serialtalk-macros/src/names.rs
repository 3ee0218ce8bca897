//! Names on the wire and names of generated items.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::{Ident, ItemTrait, LitStr};

use crate::errors::Errors;
use crate::model::WireName;
use crate::options::{CommandOptions, InterfaceOptions};

/// The built-in commands of every peer.
pub(crate) const BUILTIN: &[&str] = &[
    "enable repl",
    "disable repl",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
];

/// What stands behind the name of a command in its replies.
pub(crate) const SUFFIXES: &[&str] = &["ack", "err"];

/// The functions that every client has, whatever its commands.
pub(crate) const OF_CLIENTS: &[&str] =
    &["new", "connect", "connect_async", "caller", "caller_mut", "into_caller", "within"];

/// The longest name with which a reply still has room for one byte: a frame counts one for the length of the name, the
/// name, three for the suffix of the reply, and the payload, 255 in all.
const LONGEST: usize = 250;

/// The name of a method on the wire.
pub(crate) fn of_command(
    method: &Ident,
    options: &CommandOptions,
    interface: &InterfaceOptions,
    errors: &mut Errors,
) -> WireName {
    let name = match &options.name {
        Some(name) => WireName { text: name.value(), span: name.span() },
        None => {
            let prefix = interface.prefix.as_ref().map(LitStr::value).unwrap_or_default();
            WireName { text: prefix + &plain(method), span: method.span() }
        }
    };
    check(&name, "a command", errors);
    name
}

/// Checks that a name can stand on the wire.
pub(crate) fn check(name: &WireName, whose: &str, errors: &mut Errors) {
    let WireName { text, span } = name;
    if text.is_empty() {
        errors.at_span(*span, format_args!("the name of {whose} is empty"), "write at least one character");
    } else if let Some(character) = text.chars().find(|character| !matches!(character, ' '..='~')) {
        errors.at_span(
            *span,
            format_args!(
                "{character:?} cannot stand in the name of {whose}: Python peers count characters, not bytes"
            ),
            "write printable ASCII, as in #[command(name = \"color\")]",
        );
    } else if text.len() > LONGEST {
        errors.at_span(
            *span,
            format_args!("the name of {whose} has {} bytes, and no reply to it fits a frame", text.len()),
            format_args!("write at most {LONGEST}; 26 are few enough for every peer"),
        );
    }
}

/// Leaves out a prefix that cannot stand on the wire, so that it is one mistake and not one for each command.
pub(crate) fn check_prefix(options: &mut InterfaceOptions, errors: &mut Errors) {
    let Some(prefix) = options.prefix.take() else { return };
    let name = WireName { text: prefix.value(), span: prefix.span() };
    let before = errors.count();
    check(&name, "a command", errors);
    if errors.count() == before {
        options.prefix = Some(prefix);
    }
}

/// A name without the `r#` of a raw identifier.
pub(crate) fn plain(name: &Ident) -> String {
    name.unraw().to_string()
}

pub(crate) fn client(interface: &Ident) -> Ident {
    format_ident!("{interface}Client")
}

pub(crate) fn async_client(interface: &Ident) -> Ident {
    format_ident!("{interface}AsyncClient")
}

pub(crate) fn server(interface: &Ident) -> Ident {
    format_ident!("{interface}Server")
}

/// `ROBOT_INTERFACE` of `Robot`.
pub(crate) fn description(interface: &Ident) -> Ident {
    Ident::new(&(screaming(&plain(interface)) + "_INTERFACE"), interface.span())
}

/// What stands for the number of a command in the dispatcher.
pub(crate) fn number(method: &Ident) -> Ident {
    Ident::new(&format!("__{}", plain(method)), Span::mixed_site())
}

/// `wanted`, or what is left of it when no word of `item` may be taken.
pub(crate) fn unused(wanted: &str, item: &ItemTrait) -> Ident {
    let mut name = wanted.to_owned();
    while has_word(item.to_token_stream(), &name) {
        name += "_";
    }
    Ident::new(&name, Span::mixed_site())
}

fn has_word(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => has_word(group.stream(), word),
        _ => false,
    })
}

/// `HTTP_SERVER2` of `HttpServer2` and of `HTTPServer2`.
fn screaming(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut all = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let is_behind_word = before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
        let ends_capitals = before.is_some_and(|before| before.is_uppercase())
            && letters.get(at + 1).is_some_and(|behind| behind.is_lowercase());
        if letter.is_uppercase() && (is_behind_word || ends_capitals) {
            all.push('_');
        }
        all.extend(letter.to_uppercase());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::screaming;

    #[test]
    fn constants_are_named_after_their_traits() {
        for (name, constant) in [
            ("Robot", "ROBOT"),
            ("RobotArm", "ROBOT_ARM"),
            ("HTTPServer", "HTTP_SERVER"),
            ("Http2", "HTTP2"),
            ("Http2Server", "HTTP2_SERVER"),
            ("Robot_Arm", "ROBOT_ARM"),
            ("A", "A"),
            ("robot", "ROBOT"),
        ] {
            assert_eq!(screaming(name), constant);
        }
    }
}
