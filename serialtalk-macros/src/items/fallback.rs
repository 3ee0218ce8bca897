//! What is emitted next to mistakes, so that they cause no further errors and editors keep completing.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{FnArg, Ident, Pat, TraitItem, TraitItemFn, Type};

use super::block::block;
use super::interface::{clients, conditions, contract, description, server};
use crate::errors::Errors;
use crate::model::interface::Interface;
use crate::model::value::Value;
use crate::model::{names, spans};
use crate::syntax::types;

/// Returns an item that is not a trait, with the mistake.
pub(crate) fn item(item: TokenStream, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    quote!(#item #errors)
}

/// Returns the trait, and clients and a server as they will look without the mistakes.
///
/// The methods without mistakes are described and checked, so that all mistakes of a trait are reported together.
pub(crate) fn interface(interface: &Interface, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    let contract = contract::contract(interface);
    let client = clients::client(interface);
    let async_client = clients::async_client(interface);
    let server = server::server(interface);
    let description = description::description(interface);
    let commands = description::commands(interface);
    let conditions = conditions::conditions(interface);
    let constructors = clients::constructors(interface);
    let calls = calls(interface);
    let accessors = server::accessors(interface);
    let services = services(interface);
    let implementations = quote! {
        #commands
        #conditions
        #constructors
        #calls
        #accessors
        #services
    };
    let implementations = block(&interface.krate, &interface.attributes, &implementations);
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

fn calls(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let async_client = names::async_client(interface.name());
    let caller = &interface.caller;
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
    let blocking = methods.iter().filter_map(|method| call(interface, method, &quote!()));
    let asynchronous = methods.iter().filter_map(|method| call(interface, method, &quote!(async)));
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

/// Returns a method of a client with the signature that it will have, if that can be written down.
fn call(interface: &Interface, method: &TraitItemFn, asyncness: &TokenStream) -> Option<TokenStream> {
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
            Pat::Ident(pat) => spans::unlinted(&pat.ident),
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
    let caller = &interface.caller;
    let name = spans::unlinted(&sig.ident);
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

/// Whether a type causes no further error in a method of a client.
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
    let implementor = &interface.implementor;
    quote_spanned! {Span::mixed_site()=>
        impl<#implementor> __st::CommandTable for #server<#implementor> {
            const NAMES: __st::Names = __st::Names::None;
            const SPAN: __st::usize = 0;
            const HAS_MODULES: __st::bool = false;
            fn count(&self) -> __st::usize { 0 }
            fn nth(&self, _index: __st::usize) -> __st::Option<&__st::str> { __st::None }
            fn find(&self, _name: &[__st::u8]) -> __st::Option<__st::usize> { __st::None }
        }
        impl<#implementor> __st::Service for #server<#implementor> {
            fn serve(
                &mut self,
                _number: __st::usize,
                _call: &mut __st::Call<'_>,
                _reply: &mut __st::Reply<'_>,
            ) -> __st::Result<(), __st::Invalid> {
                __st::Ok(())
            }
        }
        __st::if_async! {
            impl<#implementor> __st::AsyncService for #server<#implementor> {
                async fn serve(
                    &mut self,
                    _number: __st::usize,
                    _call: &mut __st::Call<'_>,
                    _reply: &mut __st::Reply<'_>,
                ) -> __st::Result<(), __st::Invalid> {
                    __st::Ok(())
                }
            }
        }
    }
}

/// Returns implementations of `Encode` and `Decode` that do nothing, with the mistakes of the type.
pub(crate) fn value(value: &Value, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    let name = &value.input.ident;
    let (encode, ty, clause) = value.input.generics.split_for_impl();
    let (lifetime, generics) = value.generics.with_lifetime();
    let (decode, ..) = generics.split_for_impl();
    let stubs = quote_spanned! {Span::mixed_site()=>
        impl #encode __st::Encode for #name #ty #clause {
            const SHAPE: &'static __st::Shape = &__st::Shape::Opaque;
            fn encode<__E: __st::Encoder>(&self, _encoder: &mut __E) -> __st::Result<(), __E::Error> {
                __st::Ok(())
            }
        }
        impl #decode __st::Decode<#lifetime> for #name #ty #clause {
            fn decode(_decoder: &mut __st::Decoder<#lifetime>) -> __st::Result<Self, __st::Invalid> {
                __st::Err(__st::Invalid)
            }
        }
    };
    let block = block(&value.krate, &value.attributes, &stubs);
    quote!(#errors #block)
}
