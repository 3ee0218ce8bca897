//! From the number of a command to its method, and back with the reply.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::payloads;
use crate::model::interface::{Command, Interface};
use crate::model::names;

/// Returns a function for each command, which takes the arguments, calls the method and writes the reply.
pub(super) fn handlers(interface: &Interface) -> TokenStream {
    interface.commands.iter().map(|command| handler(interface, command)).collect()
}

fn handler(interface: &Interface, command: &Command) -> TokenStream {
    let Command { method, asyncness, .. } = command;
    let cfgs = &command.attributes.cfgs;
    let handler = names::handler(method);
    let name = interface.mentioned();
    let implementor = &interface.implementor;
    let take = payloads::take_arguments(command);
    let arguments = command.arguments.iter().map(|argument| &argument.name);
    let awaited = asyncness.map(|_| quote!(.await));
    let call = quote_spanned! {Span::mixed_site()=>
        <#implementor as #name>::#method(inner, #(#arguments),*) #awaited
    };
    let answer = answer(command, &call);
    quote_spanned! {Span::mixed_site()=>
        #(#cfgs)*
        #asyncness fn #handler<#implementor: #name>(
            inner: &mut #implementor,
            call: &mut __st::Call<'_>,
            reply: &mut __st::Reply<'_>,
        ) -> __st::Result<(), __st::Invalid> {
            #take
            #answer
            __st::Ok(())
        }
    }
}

fn answer(command: &Command, call: &TokenStream) -> TokenStream {
    let value = payloads::write_value(command);
    match &command.output.error {
        None if command.output.value.is_none() => quote!(#call;),
        None => quote_spanned! {Span::mixed_site()=>
            let value = #call;
            #value
        },
        Some(error) => {
            let value_type = command.value_type();
            let written = command.output.written.iter();
            let write_error = payloads::write_error(command, error);
            quote_spanned! {Span::mixed_site()=>
                match __st::result::<#value_type, #error, #(#written)*>(#call) {
                    __st::Ok(value) => { #value }
                    __st::Err(error) => { #write_error }
                }
            }
        }
    }
}

/// Returns the service of an interface without async methods.
pub(super) fn service(interface: &Interface) -> TokenStream {
    if !interface.is_sync() {
        return TokenStream::new();
    }
    let name = interface.mentioned();
    let server = names::server(interface.name());
    let implementor = &interface.implementor;
    let dispatch = dispatch(interface);
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl<#implementor: #name> __st::Service for #server<#implementor> {
            fn serve(
                &mut self,
                number: __st::usize,
                call: &mut __st::Call<'_>,
                reply: &mut __st::Reply<'_>,
            ) -> __st::Result<(), __st::Invalid> {
                #dispatch
            }
        }
    }
}

/// Returns the service of an interface on an async endpoint.
pub(super) fn async_service(interface: &Interface) -> TokenStream {
    let name = interface.mentioned();
    let server = names::server(interface.name());
    let implementor = &interface.implementor;
    let body = if interface.is_sync() {
        quote_spanned!(Span::mixed_site()=> __st::Service::serve(self, number, call, reply))
    } else {
        dispatch(interface)
    };
    let need = interface.commands.iter().find_map(|command| {
        let span = command.asyncness?.span;
        let method = names::plain(&command.method);
        Some(quote_spanned!(span=> __st::need_async!(#method);))
    });
    quote_spanned! {Span::mixed_site()=>
        #need

        __st::if_async! {
            #[automatically_derived]
            impl<#implementor: #name> __st::AsyncService for #server<#implementor> {
                async fn serve(
                    &mut self,
                    number: __st::usize,
                    call: &mut __st::Call<'_>,
                    reply: &mut __st::Reply<'_>,
                ) -> __st::Result<(), __st::Invalid> {
                    #body
                }
            }
        }
    }
}

fn dispatch(interface: &Interface) -> TokenStream {
    let arms = interface.commands.iter().map(|command| {
        let cfgs = &command.attributes.cfgs;
        let (number, handler) = (names::number(&command.method), names::handler(&command.method));
        let awaited = command.asyncness.map(|_| quote!(.await));
        quote_spanned! {Span::mixed_site()=>
            #(#cfgs)*
            #number => #handler(&mut self.inner, call, reply) #awaited,
        }
    });
    quote_spanned! {Span::mixed_site()=>
        match number {
            #(#arms)*
            _ => __st::Ok(()),
        }
    }
}
