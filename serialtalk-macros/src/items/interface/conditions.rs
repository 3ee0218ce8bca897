//! Mistakes that need to know types: the compiler finds them, and underlines the word that is wrong.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;

use crate::items::demand;
use crate::model::interface::{Command, Interface};
use crate::model::names;
use crate::syntax::options::Encoding;
use crate::syntax::types;

/// Returns the conditions of an interface.
pub(crate) fn conditions(interface: &Interface) -> TokenStream {
    let types = interface.commands.iter().map(types_of);
    let commands = interface.commands.iter().map(of_command);
    let postcard = interface.commands.iter().filter_map(need_postcard);
    quote! {
        #(#commands)*
        #(#postcard)*
        fn __types_cross() {
            #(#types)*
        }
    }
}

/// The types of a command can cross. All other code compiles with types that cannot, so that each is one error.
fn types_of(command: &Command) -> TokenStream {
    let attributes = command.attributes.of_all_items();
    let arguments = command.arguments.iter().map(|argument| demand::argument(&argument.ty, &command.format));
    let value = command.output.value.iter().map(|ty| demand::value(ty, &command.returns));
    let of_error =
        if command.has_serde_error() { Encoding::Repr(Span::call_site()) } else { Encoding::Inferred };
    let error = command.output.error.iter().map(|ty| demand::value(ty, &of_error));
    let all: Vec<_> = arguments.chain(value).chain(error).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(#(#attributes)* { #(#all)* }) }
}

/// The name, the encodings and the size of a command are possible.
fn of_command(command: &Command) -> TokenStream {
    let arguments = match (&command.format, command.arguments.as_slice()) {
        (Encoding::Struct(format), _) => Some(check(command, format, "check_format")),
        (Encoding::Raw(_), [argument]) => Some(check(command, &argument.ty, "check_raw_argument")),
        _ => None,
    };
    let value = match (&command.returns, &command.output.value) {
        (Encoding::Struct(format), _) => Some(check(command, format, "check_return_format")),
        (Encoding::Raw(_), Some(ty)) => Some(check(command, ty, "check_raw_value")),
        _ => None,
    };
    let number = names::number(&command.method);
    let name_spot = Ident::new("name", command.name.span);
    let name = check_with(command, &name_spot, "check_name", &quote!(__CLASHES[#number]));
    let whole = check(command, &command.method, "check");
    quote!(#name #whole #arguments #value)
}

/// Evaluates a check of the core at compile time; if it fails, the compiler underlines `culprit`.
fn check(command: &Command, culprit: &impl ToTokens, check: &str) -> TokenStream {
    check_with(command, culprit, check, &TokenStream::new())
}

fn check_with(
    command: &Command,
    culprit: &impl ToTokens,
    check: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let attributes = command.attributes.of_all_items();
    // A call from the first token to the last, so that all of the culprit is underlined.
    let (first, last) = types::ends(culprit);
    let mut info = names::info(&command.method);
    info.set_span(first);
    let check = Ident::new(check, last);
    let call = quote_spanned!(last=> #info.#check(#arguments));
    quote! {
        #(#attributes)*
        const _: () = #call;
    }
}

/// The feature for postcard is enabled if a command uses it.
fn need_postcard(command: &Command) -> Option<TokenStream> {
    let mut encodings = [&command.format, &command.returns].into_iter();
    let encoding = encodings.find(|encoding| matches!(encoding, Encoding::Postcard(_)))?;
    let cfgs = &command.attributes.cfgs;
    let method = names::plain(&command.method);
    Some(quote_spanned!(encoding.span()=> #(#cfgs)* __st::need_postcard!(#method);))
}
