//! The block around implementations, in which `__st` is the private part of serialtalk.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::syntax::attributes::Attributes;

/// Returns items in a block, so that none of their names is visible outside.
pub(super) fn block(krate: &Path, attributes: &Attributes, items: &TokenStream) -> TokenStream {
    let attributes = attributes.of_all_items();
    quote! {
        #(#attributes)*
        const _: () = {
            use #krate::__private as __st;
            use __st::{Undemanded as _, UndemandedSerde as _, Undecoded as _, Unshaped as _};
            #items
        };
    }
}
