//! The trait, for whoever implements it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ReturnType, TraitItem, TraitItemFn, parse_quote};

use crate::model::{Command, Interface};

/// The trait as written, without what was meant for the macro.
pub(crate) fn contract(interface: &Interface) -> TokenStream {
    let mut item = interface.item.clone();
    for member in &mut item.items {
        if let (true, TraitItem::Fn(method)) = (interface.send, member) {
            desugar(method);
        }
    }
    quote! {
        #[allow(async_fn_in_trait, dead_code, clippy::too_many_arguments)]
        #item
    }
}

/// `&mut T` for a `T` that implements the trait.
pub(super) fn for_references(interface: &Interface) -> TokenStream {
    if interface.is_static() {
        return TokenStream::new();
    }
    let name = interface.mentioned();
    let implementor = interface.implementor();
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
    let cfgs = &command.attributes.cfgs;
    let name = interface.mentioned();
    let implementor = interface.implementor();
    let names = arguments.iter().map(|argument| &argument.name);
    let types = arguments.iter().map(|argument| &argument.ty);
    let inner = quote_spanned! {Span::mixed_site()=>
        <#implementor as #name>::#method(&#mutability **self, #(#names),*)
    };
    let names = arguments.iter().map(|argument| &argument.name);
    let output = output(command);
    match (asyncness, interface.send) {
        (None, _) => quote_spanned! {Span::mixed_site()=>
            #(#cfgs)*
            fn #method(&#mutability self, #(#names: #types),*) #output {
                #inner
            }
        },
        (Some(_), false) => quote_spanned! {Span::mixed_site()=>
            #(#cfgs)*
            async fn #method(&#mutability self, #(#names: #types),*) #output {
                #inner.await
            }
        },
        (Some(_), true) => {
            let output = sendable(&output);
            quote_spanned! {Span::mixed_site()=>
                #(#cfgs)*
                fn #method(&#mutability self, #(#names: #types),*) #output {
                    #inner
                }
            }
        }
    }
}

fn output(command: &Command) -> ReturnType {
    let value = command.output.value.iter();
    match &command.output.error {
        Some(error) => {
            let value = command.value_type();
            parse_quote!(-> __st::Result<#value, #error>)
        }
        None => parse_quote!(#(-> #value)*),
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
