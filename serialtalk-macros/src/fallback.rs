//! What is emitted beside errors, so that the rest of the program makes no further ones and editors go on completing.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{FnArg, Ident, Pat, TraitItem, TraitItemFn, Type};

use crate::errors::Errors;
use crate::expand;
use crate::model::Interface;
use crate::{names, types};

/// An item that is no trait, with what is wrong about that.
pub(crate) fn item(item: TokenStream, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    quote!(#item #errors)
}

/// The trait, and clients and a server that look as they will when the mistakes are mended.
pub(crate) fn interface(interface: &Interface, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    let contract = expand::contract(interface);
    let client = expand::client(interface);
    let async_client = expand::async_client(interface);
    let server = expand::server(interface);
    let description = description(interface);
    let implementations = expand::implementations(
        interface,
        &[
            expand::crossing(interface),
            expand::constructors(interface),
            calls(interface),
            expand::accessors(interface),
            services(interface),
        ],
    );
    quote! {
        #errors
        #contract
        #client
        #async_client
        #server
        #description
        #implementations
    }
}

fn description(interface: &Interface) -> TokenStream {
    let krate = &interface.krate;
    let cfgs = &interface.attributes.cfgs;
    let visibility = interface.visibility();
    let constant = names::description(interface.name());
    quote! {
        #(#cfgs)*
        #visibility const #constant: #krate::Interface =
            #krate::Interface { name: "", docs: "", module: "", commands: &[] };
    }
}

fn calls(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let async_client = names::async_client(interface.name());
    let caller = interface.caller();
    let mut seen = HashSet::new();
    let methods: Vec<_> = interface
        .item
        .items
        .iter()
        .filter_map(|member| match member {
            TraitItem::Fn(method) => Some(method),
            _ => None,
        })
        .filter(|method| names::OF_CLIENTS.iter().all(|taken| method.sig.ident != taken))
        .filter(|method| has_cfg(method) || seen.insert(&method.sig.ident))
        .collect();
    let blocking = methods.iter().filter_map(|method| call(interface, method, &quote!(), &caller));
    let asynchronous = methods.iter().filter_map(|method| call(interface, method, &quote!(async), &caller));
    quote! {
        impl<#caller: __st::Caller> #client<#caller> {
            #(#blocking)*
        }

        __st::if_async! {
            impl<#caller: __st::AsyncCaller> #async_client<#caller> {
                #(#asynchronous)*
            }
        }
    }
}

fn has_cfg(method: &TraitItemFn) -> bool {
    method.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"))
}

/// A method with the signature that it would have, if all of that can be written down.
fn call(
    interface: &Interface,
    method: &TraitItemFn,
    asyncness: &TokenStream,
    caller: &Ident,
) -> Option<TokenStream> {
    let sig = &method.sig;
    if !sig.generics.params.is_empty() || sig.generics.where_clause.is_some() {
        return None;
    }
    let mut inputs = Vec::new();
    for (number, input) in sig.inputs.iter().enumerate() {
        let FnArg::Typed(input) = input else { continue };
        if !is_plain(&input.ty) {
            return None;
        }
        let name = match &*input.pat {
            Pat::Ident(pat) => pat.ident.clone(),
            _ => Ident::new(&format!("argument{number}"), Span::mixed_site()),
        };
        let ty = &input.ty;
        inputs.push(quote!(#name: #ty));
    }
    let output = types::of_output(&sig.output);
    let (value, error) = match output.map(|ty| (ty, types::result(ty))) {
        None => (quote!(()), None),
        Some((_, Some(Ok((value, error))))) if is_plain(value) && is_plain(error) => {
            (quote!(#value), Some(quote!(, #error)))
        }
        Some((ty, None)) if is_plain(ty) => (quote!(#ty), None),
        _ => return None,
    };
    let visibility = interface.visibility();
    let name = &sig.ident;
    let cfgs = method.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    Some(quote_spanned! {Span::mixed_site()=>
        #(#cfgs)*
        #visibility #asyncness fn #name(
            &mut self,
            #(#inputs),*
        ) -> __st::Result<#value, __st::CallError<#caller::Error #error>> {
            loop {}
        }
    })
}

/// Whether a type can stand in an inherent method of a client without another error.
fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::Array(array) => is_plain(&array.elem),
        Type::Group(group) => is_plain(&group.elem),
        Type::Paren(paren) => is_plain(&paren.elem),
        Type::Slice(_) | Type::Infer(_) | Type::ImplTrait(_) | Type::Never(_) => false,
        Type::Tuple(tuple) => tuple.elems.iter().all(is_plain),
        Type::Path(path) => {
            path.path.segments.first().is_none_or(|first| first.ident != "Self" && first.ident != "str")
        }
        Type::Reference(reference) => {
            reference.lifetime.is_none()
                && !matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("Self"))
        }
        _ => true,
    }
}

fn services(interface: &Interface) -> TokenStream {
    let server = names::server(interface.name());
    let implementor = interface.implementor();
    quote_spanned! {Span::mixed_site()=>
        impl<#implementor> __st::Catalog for #server<#implementor> {
            const NAMES: __st::Names = __st::Names::NONE;
            fn count(&self) -> __st::usize { 0 }
            fn name(&self, _number: __st::usize) -> &[__st::u8] { &[] }
            fn find(&self, _name: &[__st::u8]) -> __st::Option<__st::usize> { __st::None }
        }
        impl<#implementor> __st::Service for #server<#implementor> {
            fn serve(&mut self, _number: __st::usize, _call: __st::Call<'_>, _reply: &mut __st::Reply<'_>) {}
        }
        __st::if_async! {
            impl<#implementor> __st::AsyncService for #server<#implementor> {
                async fn serve(&mut self, _number: __st::usize, _call: __st::Call<'_>, _reply: &mut __st::Reply<'_>) {}
            }
        }
    }
}
