//! The clients, without the methods that call commands.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use crate::model::interface::Interface;
use crate::model::names;

/// Returns the client that waits.
pub(crate) fn client(interface: &Interface) -> TokenStream {
    let docs = format!(
        "Calls the commands of [`{}`] on the other end of a line, and waits for the replies.\n\n\
         It is made of anything that carries calls: an endpoint, or a mutable reference to one.",
        interface.plain_name()
    );
    structure(interface, &names::client(interface.name()), &docs)
}

/// Returns the async client.
pub(crate) fn async_client(interface: &Interface) -> TokenStream {
    let krate = &interface.krate;
    let cfgs = &interface.attributes.cfgs;
    let docs = format!(
        "Calls the commands of [`{}`] on the other end of a line, and awaits the replies.\n\n\
         It is made of anything that carries async calls: an endpoint, or a mutable reference to one.",
        interface.plain_name()
    );
    let name = names::async_client(interface.name());
    let visibility = interface.visibility();
    let structure = structure(interface, &name, &docs);
    quote! {
        #(#cfgs)*
        #krate::__private::if_async! {
            #structure
        }

        #(#cfgs)*
        #krate::__private::unless_async! {
            #[doc(hidden)]
            #visibility type #name<C> = #krate::__private::NoAsyncClient<C>;
        }
    }
}

fn structure(interface: &Interface, name: &Ident, docs: &str) -> TokenStream {
    let visibility = interface.visibility();
    let attributes = interface.attributes.of_all_items();
    let deprecated = &interface.attributes.deprecated;
    quote! {
        #(#attributes)*
        #(#deprecated)*
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<C> {
            caller: C,
        }
    }
}

/// Returns the functions of clients besides their commands. They are alike for all interfaces, so the core has them.
pub(crate) fn constructors(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let async_client = names::async_client(interface.name());
    let visibility = interface.visibility();
    let description = names::description(interface.name());
    let module = interface.module.iter();
    quote!(__st::clients! { #visibility #client, #async_client, #description #(, module #module)* })
}

/// Returns `RobotClient::MULT_MAX` for each command `mult` that has arguments or a value.
///
/// Whether they carry bytes depends on their types, so the core finds the number. The constants belong to one concrete
/// type, so that the path needs no type arguments.
pub(super) fn sizes(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let visibility = interface.visibility();
    let mut owners = HashMap::new();
    let commands = interface
        .commands
        .iter()
        .filter(|command| !command.arguments.is_empty() || command.output.value.is_some())
        // Methods that differ in capitals only would have one constant twice.
        .filter(|command| {
            owners.entry(names::max(&command.method)).or_insert(&command.method) == &&command.method
        });
    let constants = commands.map(|command| {
        let attributes = command.attributes.of_all_items();
        let deprecated = &command.attributes.deprecated;
        let (max, info) = (names::max(&command.method), names::info(&command.method));
        let docs = format!(
            "The largest number of bytes that fit a call of `{method}`, if one of its arguments is bytes such as \
             `&[u8]`, or else its reply, if its value is; 0 if neither has bytes whose number is known at run time only.",
            method = names::plain(&command.method)
        );
        quote_spanned! {Span::mixed_site()=>
            #(#attributes)*
            #[doc = #docs]
            #(#deprecated)*
            #visibility const #max: __st::usize = #info.max_bytes();
        }
    });
    quote! {
        #[automatically_derived]
        impl #client<()> {
            #(#constants)*
        }
    }
}
