//! Arguments, values and errors: into payloads, and out of them.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use crate::model::interface::{Argument, Command};
use crate::model::names;
use crate::syntax::options::Encoding;

/// Returns an expression that writes the arguments of a call to `__out`.
pub(super) fn write_arguments(command: &Command) -> TokenStream {
    let info = names::info(&command.method);
    let give = |Argument { name, ty }: &Argument| give(&command.format, ty, &quote!(&#name));
    let given: Vec<_> = command.arguments.iter().map(give).collect();
    let list = quote_spanned!(Span::mixed_site()=> __st::list!(#(#given),*));
    match &command.format {
        Encoding::Inferred => {
            quote_spanned!(Span::mixed_site()=> __out.arguments(#list, const { &#info.expected_arguments() }))
        }
        Encoding::Repr(_) => quote_spanned!(Span::mixed_site()=> __out.literal_arguments(#list)),
        Encoding::Raw(_) => quote_spanned!(Span::mixed_site()=> __st::Ok(__out.raw(#(#given),*)?)),
        Encoding::Postcard(_) => quote_spanned!(Span::mixed_site()=> __out.postcard_arguments(#list)),
        Encoding::Struct(format) => quote_spanned! {Span::mixed_site()=>
            {
                let __arguments = #list;
                if const { #info.is_laid_out() } {
                    __out.packed_arguments(__arguments, #format)
                } else {
                    __out.arguments_by_format(__arguments, #format)
                }
            }
        },
    }
}

/// Returns statements that take the arguments of `__call` into variables of their names.
pub(super) fn take_arguments(command: &Command) -> TokenStream {
    let info = names::info(&command.method);
    let codec = codec(&command.format);
    let method = if command.arguments.len() == 1 { quote!(sole) } else { quote!(argument) };
    let takes = command.arguments.iter().map(|Argument { name, ty }| {
        quote_spanned! {Span::mixed_site()=>
            let #name = __st::take!(#codec #ty).#method(__arguments)?;
        }
    });
    quote_spanned! {Span::mixed_site()=>
        let __arguments = __call.arguments(const { &#info.expected_arguments() });
        #(#takes)*
        __arguments.finish()?;
    }
}

/// Returns a statement that answers `__reply` with `__value`.
pub(super) fn write_value(command: &Command) -> TokenStream {
    let Some(ty) = &command.output.value else { return TokenStream::new() };
    let info = names::info(&command.method);
    let value = quote_spanned!(Span::mixed_site()=> __value);
    let given = give(&command.returns, ty, &quote!(&#value));
    match &command.returns {
        Encoding::Inferred => quote_spanned! {Span::mixed_site()=>
            __reply.value(#given, const { &#info.expected_value() });
        },
        Encoding::Repr(_) => quote_spanned!(Span::mixed_site()=> __reply.literal(#given);),
        Encoding::Raw(_) => quote_spanned!(Span::mixed_site()=> __reply.raw(#given);),
        Encoding::Postcard(_) => quote_spanned!(Span::mixed_site()=> __reply.postcard(#given);),
        Encoding::Struct(format) => quote_spanned! {Span::mixed_site()=>
            if const { #info.returns_laid_out() } {
                __reply.packed(#given, #format);
            } else {
                __reply.by_format(#given, #format);
            }
        },
    }
}

/// Returns a statement that answers `__reply` with `__error`.
pub(super) fn write_error(command: &Command, ty: &Type) -> TokenStream {
    let codec = error_codec(command);
    quote_spanned!(Span::mixed_site()=> __reply.fail_with(&__st::give!(#codec #ty, &__error));)
}

/// Returns an expression that says how a client decodes the __reply.
pub(super) fn reply_decoder(command: &Command) -> TokenStream {
    let info = names::info(&command.method);
    let value = command.value_type();
    let value_codec = codec(&command.returns);
    let error_codec = error_codec(command);
    let error = command.output.error.iter();
    quote_spanned!(Span::mixed_site()=> __st::reply!(#info, #value_codec #value #(, #error_codec #error)*))
}

fn give(encoding: &Encoding, ty: &Type, value: &TokenStream) -> TokenStream {
    let codec = codec(encoding);
    quote_spanned!(Span::mixed_site()=> __st::give!(#codec #ty, #value))
}

/// Returns the word that tells the macros of the core which traits a type needs: `Encode` and `Decode` without a word.
fn codec(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Inferred | Encoding::Raw(_) | Encoding::Struct(_) => TokenStream::new(),
        Encoding::Repr(_) => quote!(repr),
        Encoding::Postcard(_) => quote!(postcard),
    }
}

/// Returns the word for the error of a command, which is a literal whatever the encoding of its value.
fn error_codec(command: &Command) -> TokenStream {
    if command.has_serde_error() { quote!(repr) } else { TokenStream::new() }
}
