//! From the number of a command to its method, and back with the reply.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{advice, payloads};
use crate::model::interface::{Command, Interface};
use crate::model::{names, spans};

/// Returns a function for each command, which takes the arguments, calls the method and writes the reply.
pub(super) fn handlers(interface: &Interface) -> TokenStream {
    interface.commands.iter().map(|command| handler(interface, command)).collect()
}

fn handler(interface: &Interface, command: &Command) -> TokenStream {
    let Command { method, asyncness, .. } = command;
    let attributes = command.attributes.of_all_items();
    let handler = names::handler(method);
    let name = interface.mentioned();
    let implementor = &interface.implementor;
    let take = payloads::take_arguments(command);
    let arguments = command.arguments.iter().map(|argument| &argument.name);
    let awaited = asyncness.map(|_| quote!(.await));
    let call = quote_spanned! {Span::mixed_site()=>
        <#implementor as #name>::#method(__inner, #(#arguments),*) #awaited
    };
    let answer = answer(command, &call);
    let advice = asyncness.and_then(|_| advice::accept_futures(interface));
    quote_spanned! {Span::mixed_site()=>
        #(#attributes)*
        #advice
        #asyncness fn #handler<#implementor: #name>(
            __inner: &mut #implementor,
            __call: &mut __st::Call<'_>,
            __reply: &mut __st::Reply<'_>,
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
            let __value = #call;
            #value
        },
        Some(error) => {
            let value_type = command.value_type();
            let written = command.output.written.iter();
            let write_error = payloads::write_error(command, error);
            quote_spanned! {Span::mixed_site()=>
                match __st::result::<#value_type, #error, #(#written)*>(#call) {
                    __st::Ok(__value) => { #value }
                    __st::Err(__error) => { #write_error }
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
    let server = spans::mentioned(&names::server(interface.name()));
    let implementor = &interface.implementor;
    let dispatch = dispatch(interface);
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl<#implementor: #name> __st::Service for #server<#implementor> {
            fn serve(
                &mut self,
                __number: __st::usize,
                __call: &mut __st::Call<'_>,
                __reply: &mut __st::Reply<'_>,
            ) -> __st::Result<(), __st::Invalid> {
                #dispatch
            }
        }
    }
}

/// Returns the service of an interface on an async endpoint.
pub(super) fn async_service(interface: &Interface) -> TokenStream {
    let name = interface.mentioned();
    let server = spans::mentioned(&names::server(interface.name()));
    let implementor = &interface.implementor;
    let body = if interface.is_sync() {
        quote_spanned!(Span::mixed_site()=> __st::Service::serve(self, __number, __call, __reply))
    } else {
        dispatch(interface)
    };
    let advice = advice::accept_futures(interface);
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
                #advice
                async fn serve(
                    &mut self,
                    __number: __st::usize,
                    __call: &mut __st::Call<'_>,
                    __reply: &mut __st::Reply<'_>,
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
            #number => #handler(&mut self.inner, __call, __reply) #awaited,
        }
    });
    quote_spanned! {Span::mixed_site()=>
        match __number {
            #(#arms)*
            _ => __st::Ok(()),
        }
    }
}
