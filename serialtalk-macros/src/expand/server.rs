//! The server: who holds an implementor, and which commands it has.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::payloads;
use crate::model::Interface;
use crate::names;

/// The server itself.
pub(crate) fn server(interface: &Interface) -> TokenStream {
    let name = names::server(interface.name());
    let visibility = interface.visibility();
    let cfgs = &interface.attributes.cfgs;
    let deprecated = &interface.attributes.deprecated;
    let docs = format!("Serves the commands of [`{}`] with whatever implements it.", interface.plain_name());
    let more = interface.module.as_ref().map(|module| {
        let docs = format!("\n\nThey are off until the peer loads the module `{}`.", module.value());
        quote!(#[doc = #docs])
    });
    let is_loaded = interface.module.as_ref().map(|_| quote!(is_loaded: ::core::primitive::bool,));
    quote! {
        #(#cfgs)*
        #(#deprecated)*
        #[doc = #docs]
        #more
        #[allow(dead_code)]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<T> {
            inner: T,
            #is_loaded
        }
    }
}

/// What servers have besides their commands.
pub(crate) fn accessors(interface: &Interface) -> TokenStream {
    let name = names::server(interface.name());
    let visibility = interface.visibility();
    let is_loaded = interface.module.as_ref().map(|_| quote!(is_loaded: false));
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl<T> #name<T> {
            /// Serves the commands with `inner`.
            #visibility const fn new(inner: T) -> Self {
                Self { inner, #is_loaded }
            }

            /// What does the commands.
            #visibility const fn inner(&self) -> &T {
                &self.inner
            }

            /// What does the commands.
            #visibility const fn inner_mut(&mut self) -> &mut T {
                &mut self.inner
            }

            /// Gives back what does the commands.
            #visibility fn into_inner(self) -> T {
                self.inner
            }
        }
    }
}

/// Which commands there are.
pub(super) fn catalog(interface: &Interface) -> TokenStream {
    let name = interface.mentioned();
    let server = names::server(interface.name());
    let description = names::description(interface.name());
    let implementor = interface.implementor();
    let count = quote_spanned!(Span::mixed_site()=> __TABLE.names().len());
    let find = quote_spanned!(Span::mixed_site()=> __st::find(&__NAMES, &__INDEX, name));
    let nth = quote_spanned!(Span::mixed_site()=> __st::nth(&__NAMES, number));
    let [count, nth, find] = match &interface.module {
        None => [count, nth, find],
        Some(_) => {
            [(count, quote!(0)), (nth, quote!(&[])), (find, quote!(__st::None))].map(|(loaded, off)| {
                quote_spanned! {Span::mixed_site()=> if self.is_loaded { #loaded } else { #off } }
            })
        }
    };
    let has_modules = interface.module.is_some();
    let load = interface.module.as_ref().map(|module| {
        let module = module.value();
        let module = syn::LitByteStr::new(module.as_bytes(), Span::call_site());
        quote_spanned! {Span::mixed_site()=>
            fn load(&mut self, name: &[__st::u8]) -> __st::bool {
                let is_meant = name == #module;
                self.is_loaded |= is_meant;
                is_meant
            }
        }
    });
    let expected = interface.commands.iter().map(|command| {
        let cfgs = &command.attributes.cfgs;
        let expected = payloads::expected(interface, command);
        quote!(#(#cfgs)* #expected)
    });
    quote_spanned! {Span::mixed_site()=>
        static __EXPECTED: [__st::Expected; #description.commands.len()] = [#(#expected,)*];
        const __TABLE: __st::NameTable<{ #description.commands.len() }> =
            __st::NameTable::of(#description.commands);
        static __NAMES: [__st::u8; __TABLE.joined_length()] = __TABLE.joined();
        static __INDEX: [__st::Place; __TABLE.index_length()] = __TABLE.index();

        #[automatically_derived]
        impl<#implementor: #name> __st::Catalog for #server<#implementor> {
            const NAMES: __st::Names = __st::Names::List(__TABLE.names());
            const HAS_MODULES: __st::bool = #has_modules;

            fn count(&self) -> __st::usize {
                #count
            }

            fn name(&self, number: __st::usize) -> &[__st::u8] {
                #nth
            }

            fn find(&self, name: &[__st::u8]) -> __st::Option<__st::usize> {
                #find
            }

            #load
        }
    }
}
