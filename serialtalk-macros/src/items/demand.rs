//! The condition that a type can cross the wire. The compiler checks it, and underlines the type.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{Ident, Type};

use crate::syntax::options::Encoding;
use crate::syntax::types;

/// Demands that an argument or a field can cross; it may borrow from the frame.
pub(super) fn argument(ty: &Type, encoding: &Encoding) -> TokenStream {
    demand(ty, encoding, "argument")
}

/// Demands that a value or an error can cross; it outlives the frame.
pub(super) fn value(ty: &Type, encoding: &Encoding) -> TokenStream {
    demand(ty, encoding, "value")
}

fn demand(ty: &Type, encoding: &Encoding, function: &str) -> TokenStream {
    // A path from the first token to the last, so that all of the type is underlined.
    let (first, last) = types::ends(ty);
    let function = Ident::new(function, last);
    match encoding {
        Encoding::Inferred | Encoding::Raw(_) | Encoding::Struct(_) => {
            let start = quote_spanned!(first=> __st::Demand::<#ty>);
            quote_spanned!(last=> #start::#function();)
        }
        Encoding::Postcard(_) => {
            let start = quote_spanned!(first=> __st::DemandSerde::<#ty>);
            quote_spanned!(last=> #start::#function();)
        }
        Encoding::Repr(_) => quote_spanned!(first=> __st::crosses!(#ty).must_cross();),
    }
}
