//! The documentation of client methods: that of the trait, and how the command travels.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::known::{self, Known};
use crate::model::{Command, Way};
use crate::options::Timeout;
use crate::{text, types};

/// The attributes of the method that makes a call.
pub(super) fn copied(command: &Command) -> TokenStream {
    let cfgs = &command.attributes.cfgs;
    let docs = &command.attributes.docs;
    let deprecated = &command.attributes.deprecated;
    let paragraph = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    let travels = travels(command);
    let errors = errors(command);
    quote! {
        #(#cfgs)*
        #(#docs)*
        #paragraph
        #[doc = #travels]
        ///
        /// # Errors
        ///
        #[doc = #errors]
        #(#deprecated)*
    }
}

/// The format of the arguments, if syntax shows it.
pub(super) fn known_format(command: &Command) -> Option<String> {
    match command.arguments_way() {
        Way::Natural => shown(&known::of_arguments(argument_types(command))),
        _ => None,
    }
}

/// The format of the value, if syntax shows it.
pub(super) fn known_returns(command: &Command) -> Option<String> {
    match (command.value_way(), &command.output.value) {
        (Way::Natural, Some(value)) => shown(&known::of(value)),
        _ => None,
    }
}

/// What to say of types of which so much is known: their format, else the types, which know.
pub(crate) fn format_of<'a>(known: &Known, types: impl IntoIterator<Item = &'a Type>) -> String {
    if let Some(format) = shown(known) {
        return format!("`{format}`");
    }
    let parts = types.into_iter().map(|ty| match shown(&known::of(ty)) {
        Some(format) => format!("`{format}`"),
        None => format!("that of {}", link(ty)),
    });
    parts.collect::<Vec<_>>().join(" + ")
}

fn travels(command: &Command) -> String {
    let mut line = format!("Called `{}` on the wire", command.name.text);
    if !command.arguments.is_empty() {
        line += "; arguments travel as ";
        line += &match &command.format {
            Some(chosen) => format!("`{}`", chosen.name()),
            None => format_of(&known::of_arguments(argument_types(command)), argument_types(command)),
        };
    }
    if let Some(value) = &command.output.value {
        line += "; the value travels as ";
        line += &match &command.returns {
            Some(chosen) => format!("`{}`", chosen.name()),
            None => format_of(&known::of(value), [value]),
        };
    }
    line.push('.');
    if command.oneway {
        line += " Does not wait for the reply.";
    }
    match command.timeout {
        None => {}
        Some(Timeout::Ms(ms)) => line += &format!(" Waits {ms} ms for the reply."),
        Some(Timeout::Never) => line += " Waits for the reply for ever.",
    }
    if command.idempotent {
        line += " May be sent again when no reply comes.";
    }
    line
}

fn errors(command: &Command) -> String {
    match &command.output.error {
        _ if command.oneway => "Arguments that cannot be sent, and errors of the link.".to_owned(),
        Some(error) => format!("Every kind of `CallError`; `Failed` with {}.", link(error)),
        None => "Every kind of `CallError` but `Failed`.".to_owned(),
    }
}

fn argument_types(command: &Command) -> impl Iterator<Item = &Type> {
    command.arguments.iter().map(|argument| &argument.ty)
}

/// How what is known is written down.
pub(crate) fn shown(known: &Known) -> Option<String> {
    match known {
        Known::Struct(items) => Some(known::format(items)),
        Known::Literal => Some("repr".to_owned()),
        Known::No => None,
    }
}

/// A type, as a link where it has a path.
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
