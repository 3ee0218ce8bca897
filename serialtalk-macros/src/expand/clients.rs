//! The clients and how they are made.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::model::Interface;
use crate::names;

/// The client that waits.
pub(crate) fn client(interface: &Interface) -> TokenStream {
    let docs = format!(
        "Calls the commands of [`{0}`] on the other end of a line, and waits for their replies.\n\n\
         Made of anything that carries calls: an endpoint, or a mutable reference to one.",
        interface.plain_name()
    );
    structure(interface, &names::client(interface.name()), &docs)
}

/// The client that is awaited.
pub(crate) fn async_client(interface: &Interface) -> TokenStream {
    let private = interface.private();
    let cfgs = &interface.attributes.cfgs;
    let docs = format!(
        "Calls the commands of [`{0}`] on the other end of a line, and awaits their replies.\n\n\
         Made of anything that carries async calls: an endpoint, or a mutable reference to one.",
        interface.plain_name()
    );
    let structure = structure(interface, &names::async_client(interface.name()), &docs);
    quote! {
        #(#cfgs)*
        #private::if_async! {
            #structure
        }
    }
}

fn structure(interface: &Interface, name: &syn::Ident, docs: &str) -> TokenStream {
    let visibility = interface.visibility();
    let cfgs = &interface.attributes.cfgs;
    let deprecated = &interface.attributes.deprecated;
    quote! {
        #(#cfgs)*
        #(#deprecated)*
        #[doc = #docs]
        #[allow(dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<C> {
            caller: C,
        }
    }
}

/// What clients have besides their commands.
pub(crate) fn constructors(interface: &Interface) -> TokenStream {
    let client = names::client(interface.name());
    let async_client = names::async_client(interface.name());
    let visibility = interface.visibility();
    let blocking = common(interface, &client);
    let asynchronous = common(interface, &async_client);
    let load_now = load(interface, quote!(Caller)).map(|load| quote!(#load?;));
    let load_awaited = load(interface, quote!(AsyncCaller)).map(|load| quote!(#load.await?;));
    let connects = match &interface.module {
        None => "Waits until the peer answers, which it may not do before it has booted, for at most five seconds."
            .to_owned(),
        Some(module) => format!(
            "Waits until the peer answers, which it may not do before it has booted, for at most five seconds; \
             then has it load the module `{}`.",
            module.value()
        ),
    };
    let errors = "A timeout, and errors of the link.";
    quote_spanned! {Span::mixed_site()=>
        #blocking

        #[automatically_derived]
        impl<C: __st::Caller> #client<C> {
            #[doc = #connects]
            ///
            /// # Errors
            ///
            #[doc = #errors]
            #visibility fn connect(mut caller: C) -> __st::Result<Self, __st::CallError<C::Error>> {
                __st::Caller::ready(&mut caller, __st::DEFAULT_READY_MS)?;
                #load_now
                __st::Ok(Self { caller })
            }

            /// The same with another time to wait for replies, whatever the commands say.
            #visibility fn within(&mut self, timeout: __st::Timeout) -> #client<__st::Within<'_, C>> {
                #client { caller: __st::Caller::within(&mut self.caller, timeout) }
            }
        }

        __st::if_async! {
            #asynchronous

            #[automatically_derived]
            impl<C: __st::AsyncCaller> #async_client<C> {
                #[doc = #connects]
                ///
                /// # Errors
                ///
                #[doc = #errors]
                #visibility async fn connect(mut caller: C) -> __st::Result<Self, __st::CallError<C::Error>> {
                    __st::AsyncCaller::ready(&mut caller, __st::DEFAULT_READY_MS).await?;
                    #load_awaited
                    __st::Ok(Self { caller })
                }

                /// The same with another time to wait for replies, whatever the commands say.
                #visibility fn within(&mut self, timeout: __st::Timeout) -> #async_client<__st::AsyncWithin<'_, C>> {
                    #async_client { caller: __st::AsyncCaller::within(&mut self.caller, timeout) }
                }
            }

            #[automatically_derived]
            impl<C: __st::AsyncCaller> #client<C> {
                /// The async client; waits as its [`connect`](#async_client::connect) does.
                ///
                /// # Errors
                ///
                #[doc = #errors]
                #visibility async fn connect_async(
                    caller: C,
                ) -> __st::Result<#async_client<C>, __st::CallError<C::Error>> {
                    #async_client::connect(caller).await
                }
            }
        }
    }
}

/// What needs nothing of the caller.
fn common(interface: &Interface, client: &syn::Ident) -> TokenStream {
    let visibility = interface.visibility();
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl<C> #client<C> {
            /// A client whose calls go through `caller`.
            #visibility const fn new(caller: C) -> Self {
                Self { caller }
            }

            /// What carries the calls.
            #visibility const fn caller(&self) -> &C {
                &self.caller
            }

            /// What carries the calls.
            #visibility const fn caller_mut(&mut self) -> &mut C {
                &mut self.caller
            }

            /// Gives back what carries the calls.
            #visibility fn into_caller(self) -> C {
                self.caller
            }
        }

        #[automatically_derived]
        impl<C> ::core::convert::From<C> for #client<C> {
            fn from(caller: C) -> Self {
                Self { caller }
            }
        }
    }
}

fn load(interface: &Interface, caller: TokenStream) -> Option<TokenStream> {
    let module: &LitStr = interface.module.as_ref()?;
    Some(quote_spanned! {Span::mixed_site()=>
        __st::#caller::add_module(&mut caller, #module)
    })
}
