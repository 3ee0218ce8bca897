//! The implementations of `Encode` and `Decode` for a value.

mod enums;
mod parts;
mod structs;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::block::block;
use super::demand;
use crate::model::spans;
use crate::model::value::{Form, Value};
use crate::syntax::options::Encoding;
use parts::Parts;

/// Returns the implementations.
pub(crate) fn value(value: &Value) -> TokenStream {
    let name = &value.input.ident;
    let parts = match &value.form {
        Form::Struct(fields) => structs::tuple(name, fields),
        Form::Transparent(inner) => structs::transparent(inner),
        Form::Integer { width, variants } => enums::integer(name, width, variants),
        Form::Variants(variants) => enums::variants(name, variants),
    };
    let condition = condition(value);
    let encode = encode(value, &parts);
    let decode = decode(value, &parts);
    block(&value.krate, &value.attributes, &quote!(#condition #encode #decode))
}

/// The fields can cross. All other code compiles with types that cannot, so that each is one error.
fn condition(value: &Value) -> TokenStream {
    let types = value.field_types();
    let demands = types.iter().map(|ty| demand::argument(ty, &Encoding::Inferred));
    let generics = value.generics.for_both();
    let clause = &generics.where_clause;
    quote! {
        fn __types_cross #generics () #clause {
            #(#demands)*
        }
    }
}

fn encode(value: &Value, parts: &Parts) -> TokenStream {
    let name = spans::unlinted(&value.input.ident);
    let generics = value.generics.for_encode();
    let (parameters, _, clause) = generics.split_for_impl();
    let (_, ty, _) = value.input.generics.split_for_impl();
    let Parts { shape, encode, .. } = parts;
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #parameters __st::Encode for #name #ty #clause {
            const SHAPE: &'static __st::Shape = #shape;

            fn encode<__E: __st::Encoder>(&self, __encoder: &mut __E) -> __st::Result<(), __E::Error> {
                #encode
            }
        }
    }
}

fn decode(value: &Value, parts: &Parts) -> TokenStream {
    let name = spans::unlinted(&value.input.ident);
    let (lifetime, generics) = value.generics.for_decode();
    let (parameters, _, clause) = generics.split_for_impl();
    let (_, ty, _) = value.input.generics.split_for_impl();
    let Parts { is_sequence, decode, missing, .. } = parts;
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #parameters __st::Decode<#lifetime> for #name #ty #clause {
            const IS_SEQUENCE: __st::bool = #is_sequence;

            fn decode(__decoder: &mut __st::Decoder<#lifetime>) -> __st::Result<Self, __st::Invalid> {
                #decode
            }

            #missing
        }
    }
}
