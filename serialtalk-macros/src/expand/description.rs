//! The constant that says what an interface is.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::calls;
use crate::attributes::Attributes;
use crate::model::{Command, Interface};
use crate::options::Encoding;
use crate::{names, text};

/// `ROBOT_INTERFACE` of `Robot`.
pub(super) fn description(interface: &Interface) -> TokenStream {
    let private = interface.private();
    let krate = &interface.krate;
    let cfgs = &interface.attributes.cfgs;
    let visibility = interface.visibility();
    let constant = names::description(interface.name());
    let name = interface.plain_name();
    let about = format!("What [`{name}`] says about itself: its commands, their types, and how they travel.");
    let docs = docs(&interface.attributes);
    let module = interface.module.as_ref().map(syn::LitStr::value).unwrap_or_default();
    let commands = interface.commands.iter().map(command);
    quote! {
        #(#cfgs)*
        #[doc = #about]
        #[allow(dead_code, deprecated, clippy::all, clippy::pedantic)]
        #visibility const #constant: #krate::Interface = {
            use #private as __st;
            #[allow(unused_imports)]
            use __st::Unshaped as _;
            __st::Interface { name: #name, docs: #docs, module: #module, commands: &[#(#commands,)*] }
        };
    }
}

fn command(command: &Command) -> TokenStream {
    let cfgs = &command.attributes.cfgs;
    let name = &command.name.text;
    let method = names::plain(&command.method);
    let docs = docs(&command.attributes);
    let arguments = command.arguments.iter().map(|argument| {
        let (name, ty) = (argument.plain_name(), text::of(&argument.ty));
        let of = &argument.ty;
        quote! {
            {
                const __ARGUMENT: __st::Shape = __st::Shaped::<#of>::SHAPE;
                const __FORMAT: &__st::str = __st::encoding!(__ARGUMENT);
                __st::ArgumentInfo { name: #name, ty: #ty, format: __FORMAT }
            }
        }
    });
    let returns = command.output.value.as_ref().map(text::of).unwrap_or_default();
    let error = command.output.error.as_ref().map(text::of).unwrap_or_default();
    let types: Vec<&Type> = command.arguments.iter().map(|argument| &argument.ty).collect();
    let value = command.value_type();
    let format = encoding(command.format.as_ref(), quote!(__ARGUMENTS));
    let return_format = encoding(command.returns.as_ref(), quote!(__VALUE));
    let of_error =
        command.output.error.iter().map(|error| quote!(("repr", __st::Shaped::<#error>::SHAPE.hash())));
    let (oneway, idempotent) = (command.oneway, command.idempotent);
    let timeout = calls::timeout(command);
    quote! {
        #(#cfgs)*
        {
            const __ARGUMENTS: __st::Shape = __st::Shape::arguments(&[#(__st::Shaped::<#types>::SHAPE),*]);
            const __VALUE: __st::Shape = __st::Shape::sole(__st::Shaped::<#value>::SHAPE);
            const __FORMAT: &__st::str = #format;
            const __RETURNS: &__st::str = #return_format;
            __st::CommandInfo {
                name: #name,
                method: #method,
                docs: #docs,
                arguments: &[#(#arguments),*],
                returns: #returns,
                error: #error,
                format: __FORMAT,
                return_format: __RETURNS,
                oneway: #oneway,
                idempotent: #idempotent,
                timeout: #timeout,
                hash: __st::CommandInfo::hash_of(
                    #name,
                    &[(__FORMAT, __ARGUMENTS.hash()), (__RETURNS, __VALUE.hash()) #(, #of_error)*],
                ),
            }
        }
    }
}

fn encoding(chosen: Option<&Encoding>, shape: TokenStream) -> TokenStream {
    match chosen.map(Encoding::name) {
        None => quote!(__st::encoding!(#shape)),
        Some(chosen) => quote!(#chosen),
    }
}

fn docs(attributes: &Attributes) -> TokenStream {
    match attributes.doc_text() {
        Some(text) => quote!(#text),
        None => {
            let lines = attributes.doc_lines();
            quote!(::core::concat!(#(#lines, "\n"),*))
        }
    }
}
