//! The attributes of the methods of clients, with their documentation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::model::interface::{Command, Interface};
use crate::model::names;
use crate::syntax::options::{Encoding, Timeout};
use crate::syntax::{plain_format, text, types};

/// Returns the attributes of the method that calls a command.
pub(super) fn attributes(interface: &Interface, command: &Command) -> TokenStream {
    let attributes = command.attributes.of_all_items();
    let docs = &command.attributes.docs;
    let deprecated = &command.attributes.deprecated;
    let paragraph = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    let about = about(interface, command);
    let errors = format!("# Errors\n\n{}", errors(command));
    quote! {
        #(#attributes)*
        #(#docs)*
        #paragraph
        #[doc = #about]
        #[doc = ""]
        #[doc = #errors]
        #(#deprecated)*
    }
}

fn about(interface: &Interface, command: &Command) -> String {
    let name = &command.name.text;
    let mut line = format!("Calls the command `{name}`");
    line += &encodings(interface, command);
    line.push('.');
    if command.oneway {
        line += " Does not wait for the reply.";
    }
    match command.timeout {
        None => {}
        Some(Timeout::Ms(ms)) => line += &format!(" Waits at most {ms} ms for the reply."),
        Some(Timeout::Never) => line += " Waits for the reply without a limit.",
    }
    if command.idempotent {
        line += " May be sent again if no reply arrives.";
    }
    line
}

/// How arguments and value are encoded, if there are any.
fn encodings(interface: &Interface, command: &Command) -> String {
    let types: Vec<_> = command.arguments.iter().map(|argument| &argument.ty).collect();
    let value = command.output.value.as_slice();
    let sent = encoding(interface, command, &command.format, &types, "format");
    let returned =
        encoding(interface, command, &command.returns, &value.iter().collect::<Vec<_>>(), "return_format");
    match (sent, returned) {
        (None, None) => String::new(),
        (Some(sent), None) => format!(", encoded as {sent}"),
        (None, Some(returned)) => format!("; its value is encoded as {returned}"),
        (Some(sent), Some(returned)) => format!(", encoded as {sent}, its value as {returned}"),
    }
}

/// What values of these types are encoded as. Where only the compiler knows, the field of the description that tells it.
fn encoding(
    interface: &Interface,
    command: &Command,
    written: &Encoding,
    types: &[&Type],
    field: &str,
) -> Option<String> {
    if types.is_empty() {
        return None;
    }
    let known = match written {
        Encoding::Inferred => plain_format::of(types),
        written => Some(written.name()),
    };
    Some(match known {
        Some(text) => format!("`{text}`"),
        None => {
            let description = names::description(interface.name());
            let name = &command.name.text;
            format!("[`{description}`]`.command({name:?}).unwrap().{field}` says")
        }
    })
}

fn errors(command: &Command) -> String {
    match &command.output.error {
        _ if command.oneway => "Arguments that cannot be sent, and errors of the link.".to_owned(),
        Some(error) => format!("Every kind of `CallError`; `Failed` holds {}.", link(error)),
        None => "Every kind of `CallError` except `Failed`.".to_owned(),
    }
}

/// Returns a type as text, with a link if it is a path.
fn link(ty: &Type) -> String {
    let shown = text::of(ty);
    match types::bare(ty) {
        Type::Path(path) if path.qself.is_none() => {
            let words: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let root = if path.path.leading_colon.is_some() { "::" } else { "" };
            format!("[`{shown}`]({root}{})", words.join("::"))
        }
        _ => format!("`{shown}`"),
    }
}
