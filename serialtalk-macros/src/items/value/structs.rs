//! Structs: their fields one after the other, or their only field.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Fields, Ident, Type};

use super::parts::{Parts, label, members};
use crate::model::names;

/// Returns the parts for a struct whose fields make a tuple.
pub(super) fn tuple(name: &Ident, fields: &Fields) -> Parts {
    let name = names::plain(name);
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let members = members(fields);
    let labels: Vec<_> = members.iter().map(label).collect();
    let count = members.len();
    let length = u16::try_from(count).unwrap_or(u16::MAX);
    let indices = 0..length;
    let shape = match fields {
        Fields::Unnamed(_) => quote!(__st::Shape::Tuple(&[#(__st::Shaped::<#types>::__ST_SHAPE),*])),
        _ => quote! {
            __st::Shape::Struct(&[
                #(__st::Field { name: #labels, shape: __st::Shaped::<#types>::__ST_SHAPE }),*
            ])
        },
    };
    Parts {
        shape: quote!(&#shape),
        encode: quote_spanned! {Span::mixed_site()=>
            __encoder.begin_struct(#name)?;
            #(
                __encoder.field(#labels)?;
                __st::Encode::encode(__st::give!(#types, &self.#members), __encoder)?;
            )*
            __encoder.end_struct(#count)
        },
        is_sequence: quote!(true),
        decode: quote_spanned! {Span::mixed_site()=>
            let __sequence = __decoder.open()?;
            let __value = Self {
                #(#members: __st::take!(#types).element(__decoder, #indices, #length)?,)*
            };
            __decoder.close(__sequence, #length)?;
            __st::Ok(__value)
        },
        missing: TokenStream::new(),
    }
}

/// Returns the parts for a struct that is its only field.
pub(super) fn transparent(inner: &Type) -> Parts {
    Parts {
        shape: quote!(__st::Shaped::<#inner>::__ST_SHAPE),
        encode: quote_spanned!(Span::mixed_site()=> __st::Encode::encode(__st::give!(#inner, &self.0), __encoder)),
        is_sequence: quote!(__st::Decoded::<#inner>::IS_SEQUENCE),
        decode: quote_spanned!(Span::mixed_site()=> __st::Ok(Self(__st::take!(#inner).decode(__decoder)?))),
        missing: quote_spanned! {Span::mixed_site()=>
            fn missing() -> __st::Option<Self> {
                __st::Some(Self(__st::take!(#inner).missing()?))
            }
        },
    }
}
