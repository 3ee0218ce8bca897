//! The block around implementations, in which `__st` is the private part of serialtalk.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Path};

/// Returns items in a block, so that none of their names is visible outside.
pub(super) fn block(krate: &Path, cfgs: &[Attribute], items: &TokenStream) -> TokenStream {
    quote! {
        #(#cfgs)*
        #[allow(
            dead_code,
            deprecated,
            non_camel_case_types,
            non_upper_case_globals,
            unused_imports,
            unused_qualifications,
            unused_variables,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
        const _: () = {
            use #krate::__private as __st;
            use __st::{Encode as _, Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
            #items
        };
    }
}
