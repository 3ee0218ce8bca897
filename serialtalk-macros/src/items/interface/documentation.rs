//! The attributes of the methods of clients, with their documentation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::model::interface::{Command, Interface};
use crate::model::names;
use crate::syntax::options::Timeout;
use crate::syntax::{text, types};

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
    let description = names::description(interface.name());
    let name = &command.name.text;
    // The signature itself is known only when types are.
    let mut line = format!(
        "Calls the command `{name}`. Its signature: [`{description}`]`.command({name:?}).unwrap().signature()`."
    );
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
