//! Model to items.

mod calls;
mod clients;
mod conditions;
mod description;
mod dispatch;
mod documentation;
mod implementor;
mod payloads;
mod server;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Interface;

pub(crate) use clients::{async_client, client, constructors};
pub(crate) use conditions::{crossing, demand};
pub(crate) use documentation::{format_of, shown};
pub(crate) use implementor::contract;
pub(crate) use server::{accessors, server};

/// Everything that is made of an interface, in reading order.
pub(crate) fn interface(interface: &Interface) -> TokenStream {
    let contract = contract(interface);
    let client = client(interface);
    let async_client = async_client(interface);
    let server = server(interface);
    let description = description::description(interface);
    let implementations = implementations(
        interface,
        &[
            conditions::conditions(interface),
            implementor::for_references(interface),
            constructors(interface),
            calls::calls(interface),
            calls::async_calls(interface),
            accessors(interface),
            server::catalog(interface),
            dispatch::service(interface),
            dispatch::async_service(interface),
        ],
    );
    quote! {
        #contract
        #client
        #async_client
        #server
        #description
        #implementations
    }
}

/// A block in which nothing has a name outside.
pub(crate) fn implementations(interface: &Interface, items: &[TokenStream]) -> TokenStream {
    let private = interface.private();
    let cfgs = &interface.attributes.cfgs;
    quote! {
        #(#cfgs)*
        #[allow(
            dead_code,
            deprecated,
            non_upper_case_globals,
            unused_imports,
            unused_mut,
            unused_qualifications,
            unused_variables,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
        const _: () = {
            use #private as __st;
            use __st::{Undemanded as _, UndemandedSerde as _, Unreceived as _, Unshaped as _};
            #(#items)*
        };
    }
}
