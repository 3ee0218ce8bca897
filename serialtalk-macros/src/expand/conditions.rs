//! What must hold of the types in an interface. The compiler sees to it, and points at the word that is wrong.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::documentation;
use crate::model::{Command, Interface, Way};
use crate::names;
use crate::options::Encoding;

/// Every condition of an interface.
pub(super) fn conditions(interface: &Interface) -> TokenStream {
    let description = names::description(interface.name());
    let names = quote_spanned! {interface.name().span()=>
        const _: () = if let __st::Some(wrong) = __st::clash_among(#description.commands) {
            ::core::panic!("{}", wrong.as_str())
        };
    };
    let features = interface.commands.iter().find(|command| command.uses_postcard()).map(|command| {
        let span = [&command.format, &command.returns]
            .into_iter()
            .flatten()
            .find(|encoding| matches!(encoding, Encoding::Postcard(_)))
            .map_or_else(Span::call_site, Encoding::span);
        let method = names::plain(&command.method);
        quote_spanned!(span=> __st::need_postcard!(#method);)
    });
    let crossing = crossing(interface);
    let commands = interface.commands.iter().map(|command| of_command(interface, command));
    quote! {
        #names
        #features
        #crossing
        #(#commands)*
    }
}

/// Every type can cross. The one place that says so if one cannot; all other code does without.
pub(crate) fn crossing(interface: &Interface) -> TokenStream {
    let commands = interface.commands.iter().map(|command| {
        let cfgs = &command.attributes.cfgs;
        let arguments = command
            .arguments
            .iter()
            .map(|argument| demand(&argument.ty, command.arguments_way(), "argument", "must_cross"));
        let value =
            command.output.value.iter().map(|ty| demand(ty, command.value_way(), "value", "must_cross"));
        let error = command.output.error.iter().map(|ty| {
            let way = if command.has_serde_errors() { Way::Repr } else { Way::Natural };
            demand(ty, way, "error", "must_cross_as_error")
        });
        quote! {
            #(#cfgs)*
            {
                #(#arguments)*
                #(#value)*
                #(#error)*
            }
        }
    });
    quote! {
        const _: fn() = || {
            #(#commands)*
        };
    }
}

/// Asks of a type that it crosses, with the whole of it underlined if it does not.
pub(crate) fn demand(ty: &Type, way: Way<'_>, what: &str, as_literal: &str) -> TokenStream {
    let (first, last) = ends(ty);
    match way {
        Way::Natural | Way::Raw | Way::Struct(_) => {
            let what = syn::Ident::new(what, last);
            let start = quote_spanned!(first=> __st::Demand::<#ty>);
            quote_spanned!(last=> #start::#what();)
        }
        Way::Postcard => {
            let what = syn::Ident::new(what, last);
            let start = quote_spanned!(first=> __st::DemandSerde::<#ty>);
            quote_spanned!(last=> #start::#what();)
        }
        Way::Repr => {
            let as_literal = syn::Ident::new(as_literal, first);
            quote_spanned! {first=>
                __st::encoder!(repr #ty).and(__st::decoder!(repr #ty)).#as_literal();
            }
        }
    }
}

/// Asserts something at compile time, with all between two spans underlined if it does not hold.
fn assertion((first, last): (Span, Span), condition: &TokenStream, message: &str) -> TokenStream {
    let start = quote_spanned!(first=> const _: () = ::core::assert!);
    quote_spanned!(last=> #start(#condition, #message);)
}

/// The spans of the first and the last word.
fn ends(syntax: &impl ToTokens) -> (Span, Span) {
    let tokens: Vec<TokenTree> = syntax.to_token_stream().into_iter().collect();
    let first = tokens.first().map_or_else(Span::call_site, TokenTree::span);
    let last = tokens.last().map_or_else(Span::call_site, |last| match last {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    });
    (first, last)
}

fn of_command(interface: &Interface, command: &Command) -> TokenStream {
    let cfgs = &command.attributes.cfgs;
    let description = names::description(interface.name());
    let name = &command.name.text;
    let types: Vec<_> = command.arguments.iter().map(|argument| &argument.ty).collect();
    let value = command.value_type();
    let sizes = sizes(command);
    let literals = literals(command);
    let formats = formats(command);
    let raw = raw(command);
    let documentation = documentation(command);
    quote! {
        #(#cfgs)*
        const _: () = {
            const __ARGUMENTS: __st::Shape = __st::Shape::arguments(&[#(__st::Shaped::<#types>::SHAPE),*]);
            const __VALUE: __st::Shape = __st::Shape::sole(__st::Shaped::<#value>::SHAPE);
            const __FORMAT: &__st::str = __st::format_of(&#description, #name);
            const __RETURNS: &__st::str = __st::returns_of(&#description, #name);
            #sizes
            #literals
            #formats
            #raw
            #documentation
        };
    }
}

/// The smallest call and the smallest reply fit a frame.
fn sizes(command: &Command) -> TokenStream {
    let name = &command.name.text;
    let method = names::plain(&command.method);
    let span = command.method.span();
    let call = assertion(
        (span, span),
        &quote!(__st::fits_call(#name, __ARGUMENTS.shortest_under(__FORMAT))),
        &format!(
            "the arguments of `{method}` never fit a frame, which has at most 258 bytes: send them in several calls"
        ),
    );
    let reply = assertion(
        (span, span),
        &quote!(__st::fits_reply(#name, __VALUE.shortest_under(__RETURNS))),
        &format!(
            "the value of `{method}` never fits a frame, which has at most 258 bytes: return it in several calls"
        ),
    );
    quote!(#call #reply)
}

/// Literals can be read where they are needed.
fn literals(command: &Command) -> TokenStream {
    let method = names::plain(&command.method);
    let one = |way: Way<'_>, what: &str, ends: (Span, Span), shape: &TokenStream, encoding: &TokenStream| {
        let condition = match way {
            Way::Repr => quote!(__st::HAS_REPR),
            Way::Natural => quote!(
                __st::HAS_REPR || #shape.is_opaque() || #encoding.is_empty() || __st::is_struct(#encoding)
            ),
            _ => return TokenStream::new(),
        };
        let message = format!(
            "{what} of `{method}` travels as a Python literal, which needs the feature `repr` of serialtalk: \
             add it in Cargo.toml"
        );
        assertion(ends, &condition, &message)
    };
    let either = |encoding: &Option<Encoding>, ty: &Type| {
        encoding.as_ref().map_or_else(|| ends(ty), |encoding| (encoding.span(), encoding.span()))
    };
    let arguments = command.arguments.first().map(|argument| {
        let ends = either(&command.format, &argument.ty);
        one(command.arguments_way(), "the list of arguments", ends, &quote!(__ARGUMENTS), &quote!(__FORMAT))
    });
    let value = command.output.value.as_ref().map(|value| {
        let ends = either(&command.returns, value);
        one(command.value_way(), "the value", ends, &quote!(__VALUE), &quote!(__RETURNS))
    });
    let nothing = TokenStream::new();
    let error =
        command.output.error.iter().map(|error| one(Way::Repr, "the error", ends(error), &nothing, &nothing));
    quote!(#arguments #value #(#error)*)
}

/// Formats that were written by hand pack the values without loss.
fn formats(command: &Command) -> TokenStream {
    let one = |way: Way<'_>, shape: TokenStream| match way {
        Way::Struct(format) => quote_spanned! {format.span()=>
            const _: () = if let __st::Some(wrong) = __st::misfit(#format, &#shape) {
                ::core::panic!("{}", wrong.as_str())
            };
        },
        _ => TokenStream::new(),
    };
    let arguments = one(command.arguments_way(), quote!(__ARGUMENTS));
    let value = one(command.value_way(), quote!(__VALUE));
    quote!(#arguments #value)
}

/// What travels raw is bytes or text.
fn raw(command: &Command) -> TokenStream {
    let one = |ty: &Type, what: &str| {
        let method = names::plain(&command.method);
        assertion(
            ends(ty),
            &quote!(__st::Shaped::<#ty>::SHAPE.is_bytes()),
            &format!("{what} of `{method}` is neither bytes nor text, and raw carries nothing else"),
        )
    };
    let argument = match (command.arguments_way(), command.arguments.as_slice()) {
        (Way::Raw, [argument]) => one(&argument.ty, "the argument"),
        _ => TokenStream::new(),
    };
    let value = match (command.value_way(), &command.output.value) {
        (Way::Raw, Some(ty)) => one(ty, "the value"),
        _ => TokenStream::new(),
    };
    quote!(#argument #value)
}

/// What the documentation says of formats is so.
fn documentation(command: &Command) -> TokenStream {
    let span = command.method.span();
    let method = names::plain(&command.method);
    let message = format!(
        "`{method}` does not travel as its documentation says: does a type here have the name of a primitive one?"
    );
    let one = |written: Option<String>, encoding: TokenStream| {
        written
            .map(|written| assertion((span, span), &quote!(__st::describes(#written, #encoding)), &message))
    };
    let arguments = one(documentation::known_format(command), quote!(__FORMAT));
    let value = one(documentation::known_returns(command), quote!(__RETURNS));
    quote!(#arguments #value)
}
