//! The methods of clients.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{documentation, payloads};
use crate::model::{Command, Interface};
use crate::names;
use crate::options::Timeout;

/// A method for each command, which waits.
pub(super) fn calls(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let caller = interface.caller();
    let methods = interface.commands.iter().map(|command| call(interface, command, &quote!(Caller), None));
    quote! {
        #[automatically_derived]
        impl<#caller: __st::Caller> #client<#caller> {
            #(#methods)*
        }
    }
}

/// A method for each command, to be awaited.
pub(super) fn async_calls(interface: &Interface) -> TokenStream {
    let client = names::async_client(interface.name());
    let caller = interface.caller();
    let awaited = quote!(.await);
    let methods = interface
        .commands
        .iter()
        .map(|command| call(interface, command, &quote!(AsyncCaller), Some(&awaited)));
    quote! {
        __st::if_async! {
            #[automatically_derived]
            impl<#caller: __st::AsyncCaller> #client<#caller> {
                #(#methods)*
            }
        }
    }
}

fn call(
    interface: &Interface,
    command: &Command,
    kind: &TokenStream,
    awaited: Option<&TokenStream>,
) -> TokenStream {
    let Command { method, arguments, .. } = command;
    let attributes = documentation::copied(command);
    let visibility = interface.visibility();
    let asyncness = awaited.map(|_| quote!(async));
    let caller = interface.caller();
    let names = arguments.iter().map(|argument| &argument.name);
    let types = arguments.iter().map(|argument| &argument.ty);
    let value = command.value_type();
    let error = command.output.error.iter();
    let body = if command.oneway { send(interface, command, kind) } else { wait(interface, command, kind) };
    quote_spanned! {Span::mixed_site()=>
        #attributes
        #visibility #asyncness fn #method(
            &mut self,
            #(#names: #types),*
        ) -> __st::Result<#value, __st::CallError<#caller::Error #(, #error)*>> {
            #body #awaited
        }
    }
}

fn wait(interface: &Interface, command: &Command, kind: &TokenStream) -> TokenStream {
    let name = &command.name.text;
    let idempotent = command.idempotent;
    let timeout = timeout(command);
    let arguments = payloads::write_arguments(interface, command);
    let outcome = payloads::outcome(command);
    quote_spanned! {Span::mixed_site()=>
        __st::#kind::call_with(
            &mut self.caller,
            __st::Command { name: #name, timeout: #timeout, idempotent: #idempotent },
            |payload| { #arguments __st::Ok(()) },
            #outcome,
        )
    }
}

fn send(interface: &Interface, command: &Command, kind: &TokenStream) -> TokenStream {
    let name = &command.name.text;
    let arguments = payloads::write_arguments(interface, command);
    quote_spanned! {Span::mixed_site()=>
        __st::#kind::send_with(&mut self.caller, #name, |payload| { #arguments __st::Ok(()) })
    }
}

/// The time to wait, as a command or a description has it.
pub(super) fn timeout(command: &Command) -> TokenStream {
    match command.timeout {
        None => quote!(__st::None),
        Some(Timeout::Never) => quote!(__st::Some(__st::Timeout::Never)),
        Some(Timeout::Ms(ms)) => quote!(__st::Some(__st::Timeout::Ms(#ms))),
    }
}
