//! The server: a value that implements the trait, with the table of its commands.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{LitByteStr, LitStr};

use crate::model::interface::Interface;
use crate::model::{names, spans};
use crate::syntax::options::Describe;

/// Returns the server itself.
pub(crate) fn server(interface: &Interface) -> TokenStream {
    let name = names::server(interface.name());
    let visibility = interface.visibility();
    let attributes = interface.attributes.of_all_items();
    let deprecated = &interface.attributes.deprecated;
    let mut docs =
        format!("Serves the commands of [`{}`] with a value that implements it.", interface.plain_name());
    if let Some(module) = &interface.module {
        docs += &format!("\n\nThe commands are off until the peer loads the module `{}`.", module.value());
    }
    let is_loaded = interface.module.as_ref().map(|_| quote!(is_loaded: ::core::primitive::bool,));
    quote! {
        #(#attributes)*
        #(#deprecated)*
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<T> {
            inner: T,
            #is_loaded
        }
    }
}

/// Returns the functions of the server besides its commands. They are alike for all interfaces, so the core has them.
pub(crate) fn accessors(interface: &Interface) -> TokenStream {
    let name = names::server(interface.name());
    let visibility = interface.visibility();
    let is_loaded = interface.module.as_ref().map(|_| quote!(, is_loaded));
    quote!(__st::server! { #visibility #name #is_loaded })
}

/// Returns the table of the commands.
pub(super) fn table(interface: &Interface) -> TokenStream {
    let name = interface.mentioned();
    let server = spans::mentioned(&names::server(interface.name()));
    let description = names::description(interface.name());
    let implementor = &interface.implementor;
    let has_modules = interface.module.is_some();
    let count = if_loaded(interface, quote!(<Self as __st::CommandTable>::SPAN), quote!(0));
    let nth = if_loaded(
        interface,
        quote_spanned!(Span::mixed_site()=> __st::NameTable::name(&__TABLE, __index)),
        quote!(__st::None),
    );
    let find = if_loaded(
        interface,
        quote_spanned!(Span::mixed_site()=> __st::NameTable::find(&__TABLE, __name)),
        quote!(__st::None),
    );
    let arguments_of = if_loaded(
        interface,
        quote_spanned!(Span::mixed_site()=> __st::arguments_of(&__ARGUMENTS, __number)),
        quote!(__st::None),
    );
    let arguments = interface.commands.iter().map(|command| {
        let (cfgs, info) = (&command.attributes.cfgs, names::info(&command.method));
        quote_spanned!(Span::mixed_site()=> #(#cfgs)* const { &#info.expected_arguments() })
    });
    let (hashes, find_hash) = interface.contract.then(|| signatures(interface)).unzip();
    let (descriptions, find_description) =
        (interface.describe != Describe::Nothing).then(|| descriptions(interface)).unzip();
    let load = interface.module.as_ref().map(load);
    quote_spanned! {Span::mixed_site()=>
        static __ARGUMENTS: [&__st::Expected; #description.commands.len()] = [#(#arguments,)*];

        #hashes
        #descriptions

        #[automatically_derived]
        impl<#implementor: #name> __st::CommandTable for #server<#implementor> {
            const NAMES: __st::Names = __st::Names::Interface(&#description);
            const SPAN: __st::usize = #description.commands.len();
            const HAS_MODULES: __st::bool = #has_modules;

            fn count(&self) -> __st::usize {
                #count
            }

            fn nth(&self, __index: __st::usize) -> __st::Option<&__st::str> {
                #nth
            }

            fn find(&self, __name: &[__st::u8]) -> __st::Option<__st::usize> {
                #find
            }

            fn arguments_of(&self, __number: __st::usize) -> __st::Option<&'static __st::Expected> {
                #arguments_of
            }

            #find_hash
            #find_description
            #load
        }
    }
}

/// Returns the hashes of the signatures, and the members of the table that find them.
fn signatures(interface: &Interface) -> (TokenStream, TokenStream) {
    let description = names::description(interface.name());
    let found = quote_spanned!(Span::mixed_site()=> __st::find_hash(&__HASHES, __hash));
    let find_hash = if_loaded(interface, found, quote!(__st::None));
    let hashes = quote_spanned! {Span::mixed_site()=>
        static __HASHES: [__st::u32; #description.commands.len()] = __st::hashes(&#description);
    };
    let members = quote_spanned! {Span::mixed_site()=>
        const HAS_SIGNATURES: __st::bool = true;

        fn find_hash(&self, __hash: __st::u32) -> __st::Option<__st::usize> {
            #find_hash
        }
    };
    (hashes, members)
}

/// Returns the descriptions of the commands, and the members of the table that find them.
fn descriptions(interface: &Interface) -> (TokenStream, TokenStream) {
    let description = names::description(interface.name());
    let with_docs = interface.describe == Describe::All;
    let texts = interface.commands.iter().map(|command| {
        let (cfgs, info) = (&command.attributes.cfgs, names::info(&command.method));
        quote_spanned!(Span::mixed_site()=> #(#cfgs)* __st::description! { #info, #with_docs })
    });
    let is_loaded = match interface.module {
        None => quote!(true),
        Some(_) => quote_spanned!(Span::mixed_site()=> self.is_loaded),
    };
    let descriptions = quote_spanned! {Span::mixed_site()=>
        static __DESCRIPTIONS: [&__st::str; #description.commands.len()] = [#(#texts,)*];
    };
    let members = quote_spanned! {Span::mixed_site()=>
        const HAS_DESCRIPTIONS: __st::bool = true;

        fn description(&self, __number: __st::usize) -> __st::Option<&__st::str> {
            __st::description_of(&__DESCRIPTIONS, __number, #is_loaded)
        }
    };
    (descriptions, members)
}

fn if_loaded(interface: &Interface, loaded: TokenStream, off: TokenStream) -> TokenStream {
    match interface.module {
        None => loaded,
        Some(_) => quote_spanned!(Span::mixed_site()=> if self.is_loaded { #loaded } else { #off }),
    }
}

fn load(module: &LitStr) -> TokenStream {
    let name = LitByteStr::new(module.value().as_bytes(), Span::call_site());
    quote_spanned! {Span::mixed_site()=>
        fn load(&mut self, __module: &[__st::u8]) -> __st::bool {
            let __is_meant = __module == #name;
            self.is_loaded |= __is_meant;
            __is_meant
        }
    }
}
