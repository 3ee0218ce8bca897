//! Enums: an integer if no variant has data, else a name and its fields.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Variant};

use super::parts::{Parts, label, members};
use crate::model::{names, spans};

/// Returns the parts for an enum that is an integer of the type `width`.
pub(super) fn integer(name: &Ident, width: &Ident, variants: &[Variant]) -> Parts {
    let name = names::plain(name);
    let idents: Vec<_> = variants.iter().map(|variant| spans::unlinted(&variant.ident)).collect();
    let labels: Vec<_> = idents.iter().map(names::plain).collect();
    let ty = Ident::new(&width.to_string().to_uppercase(), Span::call_site());
    let (ty, width) = (quote!(__st::IntegerType::#ty), quote!(__st::#width));
    Parts {
        shape: quote! {
            &__st::Shape::UnitEnum {
                ty: #ty,
                variants: &[#((#labels, (Self::#idents {}) as #width as __st::i128)),*],
            }
        },
        encode: quote_spanned! {Span::mixed_site()=>
            let (__name, __bits) = match self {
                #(Self::#idents { .. } => (#labels, (Self::#idents {}) as #width as __st::u64),)*
            };
            __encoder.unit_variant(__name, __bits, #ty)
        },
        is_sequence: quote!(false),
        decode: quote_spanned! {Span::mixed_site()=>
            let __bits = __decoder.integer(#ty)?;
            #(
                if __bits == (Self::#idents {}) as #width as __st::u64 {
                    return __st::Ok(Self::#idents {});
                }
            )*
            __st::Err(__decoder.not_a_variant(#name, __bits, #ty))
        },
        missing: TokenStream::new(),
    }
}

/// Returns the parts for an enum that is a name and its fields.
pub(super) fn variants(name: &Ident, variants: &[Variant]) -> Parts {
    let name = names::plain(name);
    let shapes = variants.iter().map(shape);
    let encoders = variants.iter().map(encode);
    let decoders = variants.iter().map(decode);
    Parts {
        shape: quote!(&__st::Shape::Enum(&[#(#shapes),*])),
        encode: quote_spanned!(Span::mixed_site()=> match self { #(#encoders)* }),
        is_sequence: quote!(true),
        decode: quote_spanned! {Span::mixed_site()=>
            let (__name, __fields) = __decoder.variant()?;
            match (__name, __fields) {
                #(#decoders)*
                _ => __st::Err(__decoder.unknown_variant(#name)),
            }
        },
        missing: TokenStream::new(),
    }
}

fn shape(variant: &Variant) -> TokenStream {
    let name = names::plain(&variant.ident);
    let labels = variant.fields.members().map(|member| label(&member));
    let types = variant.fields.iter().map(|field| &field.ty);
    quote! {
        __st::Variant {
            name: #name,
            fields: &[#(__st::Field { name: #labels, shape: __st::Shaped::<#types>::__ST_SHAPE }),*],
        }
    }
}

fn encode(variant: &Variant) -> TokenStream {
    let ident = spans::unlinted(&variant.ident);
    let name = names::plain(&ident);
    let members = members(&variant.fields);
    let labels = members.iter().map(label);
    let types = variant.fields.iter().map(|field| &field.ty);
    let locals: Vec<_> = (0..members.len())
        .map(|number| format_ident!("__field{number}", span = Span::mixed_site()))
        .collect();
    let count = members.len();
    quote_spanned! {Span::mixed_site()=>
        Self::#ident { #(#members: #locals),* } => {
            __encoder.begin_variant(#name, #count)?;
            #(
                __encoder.field(#labels)?;
                __st::Encode::encode(__st::give!(#types, #locals), __encoder)?;
            )*
            __encoder.end_variant(#count)
        }
    }
}

fn decode(variant: &Variant) -> TokenStream {
    let ident = spans::unlinted(&variant.ident);
    let name = names::plain(&ident);
    if variant.fields.is_empty() {
        return quote_spanned! {Span::mixed_site()=>
            (#name, __fields) => {
                __decoder.end_variant(__fields)?;
                __st::Ok(Self::#ident {})
            }
        };
    }
    let members = members(&variant.fields);
    let types = variant.fields.iter().map(|field| &field.ty);
    // The name counts as an element.
    let length = u16::try_from(variant.fields.len() + 1).unwrap_or(u16::MAX);
    let indices = 1..length;
    quote_spanned! {Span::mixed_site()=>
        (#name, __st::Some(__sequence)) => {
            let __value = Self::#ident {
                #(#members: __st::take!(#types).element(__decoder, #indices, #length)?,)*
            };
            __decoder.close(__sequence, #length)?;
            __st::Ok(__value)
        }
        (#name, __st::None) => __st::Err(__decoder.wrong_length(#length, 1)),
    }
}
