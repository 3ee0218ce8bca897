//! The trait itself, for the end that implements it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, TraitItem, TraitItemFn, parse_quote};

use super::advice;
use crate::model::interface::{Command, Interface};
use crate::model::spans;

/// Returns the trait as written, without the attributes that were meant for this macro.
pub(crate) fn contract(interface: &Interface) -> TokenStream {
    let mut item = interface.item.clone();
    for member in &mut item.items {
        let TraitItem::Fn(method) = member else { continue };
        if interface.send {
            desugar(method);
        } else {
            accept_async(method);
        }
        if let Some(advice) = advice::accept_arguments(method.sig.inputs.len()) {
            method.attrs.insert(0, parse_quote!(#advice));
        }
    }
    quote!(#item)
}

/// Returns the implementation for `&mut T`, unless implementors must be `'static`.
pub(super) fn for_references(interface: &Interface) -> TokenStream {
    if interface.is_static() {
        return TokenStream::new();
    }
    let name = interface.mentioned();
    let implementor = &interface.implementor;
    let methods = interface.commands.iter().map(|command| forward(interface, command));
    quote! {
        #[automatically_derived]
        impl<#implementor: #name + ?::core::marker::Sized> #name for &mut #implementor {
            #(#methods)*
        }
    }
}

fn forward(interface: &Interface, command: &Command) -> TokenStream {
    let Command { method, mutability, asyncness, arguments, .. } = command;
    let attributes = command.attributes.of_all_items();
    let name = interface.mentioned();
    let implementor = &interface.implementor;
    let names: Vec<_> = arguments.iter().map(|argument| &argument.name).collect();
    let types = arguments.iter().map(|argument| &argument.ty);
    let call = quote_spanned! {Span::mixed_site()=>
        <#implementor as #name>::#method(&#mutability **self, #(#names),*)
    };
    let output = output(command);
    let advice = asyncness.and_then(|_| advice::accept_futures(interface));
    let (asyncness, output, awaited) = match (asyncness, interface.send) {
        (None, _) => (None, output, None),
        (Some(_), true) => (None, sendable(&output), None),
        (Some(word), false) => (Some(word), output, Some(quote!(.await))),
    };
    quote_spanned! {Span::mixed_site()=>
        #(#attributes)*
        #advice
        #asyncness fn #method(&#mutability self, #(#names: #types),*) #output {
            #call #awaited
        }
    }
}

fn output(command: &Command) -> ReturnType {
    let written = command.output.written.iter();
    parse_quote!(#(-> #written)*)
}

/// Keeps the compiler from advising against `async fn` in public traits: the option `send` is what it advises.
fn accept_async(method: &mut TraitItemFn) {
    if let Some(word) = &mut method.sig.asyncness {
        word.span = spans::generated(word.span);
    }
}

/// Makes `async fn f() -> T` a function that returns a future which can be sent to another thread.
fn desugar(method: &mut TraitItemFn) {
    if method.sig.asyncness.take().is_some() {
        method.sig.output = sendable(&method.sig.output);
    }
}

fn sendable(output: &ReturnType) -> ReturnType {
    let value = match output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, ty) => (**ty).clone(),
    };
    parse_quote!(-> impl ::core::future::Future<Output = #value> + ::core::marker::Send)
}
