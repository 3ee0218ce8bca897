//! From a command that has arrived to its method, and back with the answer.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::payloads;
use crate::model::{Command, Interface};
use crate::names;

/// The service of an interface without async methods.
pub(super) fn service(interface: &Interface) -> TokenStream {
    if !interface.is_sync() {
        return TokenStream::new();
    }
    let name = interface.mentioned();
    let server = names::server(interface.name());
    let implementor = interface.implementor();
    let dispatch = dispatch(interface, arm);
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl<#implementor: #name> __st::Service for #server<#implementor> {
            // Not in the loop that calls it: what it needs of the stack is not needed to wait.
            #[inline(never)]
            fn serve(&mut self, number: __st::usize, call: __st::Call<'_>, reply: &mut __st::Reply<'_>) {
                #dispatch
            }
        }
    }
}

/// The service of any interface on an endpoint that waits for its methods.
pub(super) fn async_service(interface: &Interface) -> TokenStream {
    let name = interface.mentioned();
    let server = names::server(interface.name());
    let implementor = interface.implementor();
    let body = if interface.is_sync() {
        quote_spanned!(Span::mixed_site()=> __st::Service::serve(self, number, call, reply);)
    } else {
        dispatch(interface, awaited_arm)
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
                    call: __st::Call<'_>,
                    reply: &mut __st::Reply<'_>,
                ) {
                    #body
                }
            }
        }
    }
}

fn dispatch(interface: &Interface, arm: fn(&Interface, &Command) -> TokenStream) -> TokenStream {
    let numbers = interface.commands.iter().map(|command| {
        let cfgs = &command.attributes.cfgs;
        let number = names::number(&command.method);
        let name = &command.name.text;
        quote! {
            #(#cfgs)*
            const #number: __st::usize = __TABLE.number(#name);
        }
    });
    let arms = interface.commands.iter().map(|command| arm(interface, command));
    quote_spanned! {Span::mixed_site()=>
        #(#numbers)*
        // Here rather than in each arm: they share the code and the stack of it.
        let mut place = __st::None;
        let __st::Some(expected) = __EXPECTED.get(number) else { return };
        let arguments = call.arguments_in(&mut place, expected);
        match number {
            #(#arms)*
            _ => {}
        }
        // Behind all of them: what a command needs of the stack is not needed to say what is wrong with its arguments.
        reply.refuse(arguments);
    }
}

fn arm(interface: &Interface, command: &Command) -> TokenStream {
    let cfgs = &command.attributes.cfgs;
    let number = names::number(&command.method);
    let body = body(interface, command);
    let types = command.arguments.iter().map(|argument| &argument.ty);
    let value = command.value_type();
    quote_spanned! {Span::mixed_site()=>
        #(#cfgs)*
        #number => __st::arm::<(#(#types,)* #value,)>(|| #body),
    }
}

fn awaited_arm(interface: &Interface, command: &Command) -> TokenStream {
    let cfgs = &command.attributes.cfgs;
    let number = names::number(&command.method);
    let body = body(interface, command);
    quote_spanned! {Span::mixed_site()=>
        #(#cfgs)*
        #number => #body
    }
}

fn body(interface: &Interface, command: &Command) -> TokenStream {
    let take = payloads::take_arguments(command);
    let answer = answer(interface, command);
    quote_spanned! {Span::mixed_site()=> 'command: { #take #answer } }
}

fn answer(interface: &Interface, command: &Command) -> TokenStream {
    let name = interface.mentioned();
    let implementor = interface.implementor();
    let Command { method, mutability, .. } = command;
    let arguments = command.arguments.iter().map(|argument| &argument.name);
    let awaited = command.asyncness.map(|_| quote!(.await));
    let done = quote_spanned! {Span::mixed_site()=>
        <#implementor as #name>::#method(&#mutability self.inner, #(#arguments),*) #awaited
    };
    let value = payloads::write_value(interface, command);
    match &command.output.error {
        None => quote_spanned! {Span::mixed_site()=>
            let value = #done;
            #value
        },
        Some(error) => {
            let error = payloads::write_error(command, error);
            quote_spanned! {Span::mixed_site()=>
                match #done {
                    __st::Ok(value) => { #value }
                    __st::Err(error) => { #error }
                }
            }
        }
    }
}
