//! The methods of clients that call commands.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{advice, documentation, payloads};
use crate::model::interface::{Command, Interface};
use crate::model::{names, spans};

/// Returns a method for each command that waits for the reply.
pub(super) fn methods(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let caller = &interface.caller;
    let methods = interface.commands.iter().map(|command| method(interface, command, false));
    quote! {
        #[automatically_derived]
        impl<#caller: __st::Caller> #client<#caller> {
            #(#methods)*
        }
    }
}

/// Returns an async method for each command that awaits the reply.
pub(super) fn async_methods(interface: &Interface) -> TokenStream {
    let client = names::async_client(interface.name());
    let caller = &interface.caller;
    let methods = interface.commands.iter().map(|command| method(interface, command, true));
    quote! {
        __st::if_async! {
            #[automatically_derived]
            impl<#caller: __st::AsyncCaller> #client<#caller> {
                #(#methods)*
            }
        }
    }
}

fn method(interface: &Interface, command: &Command, is_async: bool) -> TokenStream {
    let Command { arguments, .. } = command;
    let method = spans::unlinted(&command.method);
    let attributes = documentation::attributes(interface, command);
    let advice = advice::accept_arguments(arguments.len() + 1);
    let visibility = interface.visibility();
    let asyncness = is_async.then(|| quote!(async));
    let awaited = is_async.then(|| quote!(.await));
    let kind = if is_async { quote!(AsyncCaller) } else { quote!(Caller) };
    let caller = &interface.caller;
    let names = arguments.iter().map(|argument| &argument.name);
    let types = arguments.iter().map(|argument| &argument.ty);
    let value = command.value_type();
    let error = command.output.error.iter();
    let call = if command.oneway { send(command, &kind) } else { call(command, &kind) };
    quote_spanned! {Span::mixed_site()=>
        #attributes
        #advice
        #visibility #asyncness fn #method(
            &mut self,
            #(#names: #types),*
        ) -> __st::Result<#value, __st::CallError<#caller::Error #(, #error)*>> {
            #call #awaited
        }
    }
}

fn call(command: &Command, kind: &TokenStream) -> TokenStream {
    let info = names::info(&command.method);
    let arguments = payloads::write_arguments(command);
    let reply = payloads::reply_decoder(command);
    quote_spanned! {Span::mixed_site()=>
        __st::#kind::call_with(&mut self.caller, const { #info.command() }, |__out| #arguments, #reply)
    }
}

fn send(command: &Command, kind: &TokenStream) -> TokenStream {
    let name = &command.name.text;
    let arguments = payloads::write_arguments(command);
    quote_spanned! {Span::mixed_site()=>
        __st::#kind::send_with(&mut self.caller, #name, |__out| #arguments)
    }
}
