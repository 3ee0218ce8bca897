//! The items of an interface.

mod advice;
mod bindings;
mod client_methods;
pub(super) mod clients;
pub(super) mod conditions;
pub(super) mod contract;
pub(super) mod description;
mod dispatch;
mod documentation;
mod payloads;
pub(super) mod server;

use proc_macro2::TokenStream;
use quote::quote;

use super::block::block;
use crate::model::interface::Interface;

/// Returns all items, in the order in which they are best read.
pub(crate) fn interface(interface: &Interface) -> TokenStream {
    let contract = contract::contract(interface);
    let client = clients::client(interface);
    let async_client = clients::async_client(interface);
    let server = server::server(interface);
    let description = description::description(interface);
    let bindings = bindings::hide_constants(interface);
    let commands = description::commands(interface);
    let conditions = conditions::conditions(interface);
    let for_references = contract::for_references(interface);
    let constructors = clients::constructors(interface);
    let sizes = clients::sizes(interface);
    let methods = client_methods::methods(interface);
    let async_methods = client_methods::async_methods(interface);
    let accessors = server::accessors(interface);
    let table = server::table(interface);
    let handlers = dispatch::handlers(interface);
    let service = dispatch::service(interface);
    let async_service = dispatch::async_service(interface);
    let implementations = quote! {
        #bindings
        #commands
        #conditions
        #for_references
        #constructors
        #sizes
        #methods
        #async_methods
        #accessors
        #table
        #handlers
        #service
        #async_service
    };
    let implementations = block(&interface.krate, &interface.attributes, &implementations);
    quote! {
        #contract
        #client
        #async_client
        #server
        #description
        #implementations
    }
}
