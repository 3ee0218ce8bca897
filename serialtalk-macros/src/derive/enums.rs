//! Enums: an integer where no variant has data, else a name and its fields.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Data, DataEnum, DeriveInput, Ident, Variant};

use super::structs::{decode, encode};
use super::{Form, Value};
use crate::errors::Errors;
use crate::known::{self, Known};
use crate::names;

const WIDTHS: &[&str] = &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];

/// What an enum travels as.
pub(super) fn form(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> Option<Form> {
    let name = &input.ident;
    if data.variants.is_empty() {
        errors.at(
            name,
            format_args!("`{name}` has no variants, so there is no value to send"),
            "give it one",
        );
        return None;
    }
    if data.variants.iter().any(|variant| !variant.fields.is_empty()) {
        return Some(Form::Variants);
    }
    match representation(input) {
        None => {
            errors.at(
                name,
                format_args!("`{name}` travels as an integer, and does not say of what width"),
                "write `#[repr(u8)]` above it, or another of `u16`, `u32`, `u64`, `i8`, `i16`, `i32`, `i64`",
            );
            None
        }
        Some(width) if WIDTHS.iter().any(|known| width == known) => Some(Form::Number(width)),
        Some(width) => {
            let wrong = if width == "u128" || width == "i128" {
                "is too wide for every struct format"
            } else {
                "has a different width on every machine and cannot cross the wire"
            };
            errors.at(
                &width,
                format_args!("`{width}` {wrong}"),
                "write `u8`, `u16`, `u32`, `u64` or a signed one",
            );
            None
        }
    }
}

/// The integer type among the words of `#[repr(...)]`.
fn representation(input: &DeriveInput) -> Option<Ident> {
    let mut width = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        // What is no representation at all is the compiler's to refuse.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Some(word) = meta.path.get_ident().filter(|word| *word != "C") {
                width = Some(word.clone());
            }
            Ok(())
        });
    }
    width
}

/// An enum that is an integer.
pub(super) fn number(value: &Value, width: &Ident) -> TokenStream {
    let enumeration = names::plain(&value.input.ident);
    let variants: Vec<_> = variants_of(value).map(|variant| &variant.ident).collect();
    let ty: syn::Type = syn::parse_quote!(#width);
    let name = &value.input.ident;
    let number = quote_spanned! {Span::mixed_site()=>
        match *self { #(#name::#variants { .. } => (#name::#variants {}) as #width,)* }
    };
    let encode = encode(
        value,
        (known::of(&ty), &[&ty]),
        &quote!(<#width as __st::Encode>::SHAPE),
        &quote_spanned! {Span::mixed_site()=> __st::Encode::pack(&#number, packer) },
        &quote_spanned! {Span::mixed_site()=> __st::Encode::write(&#number, writer) },
    );
    let decode = decode(
        value,
        &quote! { const IS_PACKED: __st::bool = true; },
        &quote_spanned! {Span::mixed_site()=>
            __st::decode_variant(reader, #enumeration, |number: #width| {
                #(
                    if number == (#name::#variants {}) as #width {
                        return __st::Some(#name::#variants {});
                    }
                )*
                __st::None
            })
        },
    );
    quote!(#encode #decode)
}

/// An enum that is a name and its fields.
pub(super) fn variants(value: &Value) -> TokenStream {
    let enumeration = names::plain(&value.input.ident);
    let shapes = variants_of(value).map(|variant| {
        let name = names::plain(&variant.ident);
        let types = variant.fields.iter().map(|field| &field.ty);
        quote!((#name, &[#(__st::Shaped::<#types>::SHAPE),*]))
    });
    let writes = variants_of(value).map(write);
    let reads = variants_of(value).map(read);
    let encode = encode(
        value,
        (Known::Literal, &[]),
        &quote!(__st::Shape::variants(&[#(#shapes),*])),
        &quote_spanned! {Span::mixed_site()=> packer.unpackable(); },
        &quote_spanned! {Span::mixed_site()=> match self { #(#writes)* } },
    );
    let decode = decode(
        value,
        &quote! { const IS_SEQUENCE: __st::bool = true; },
        &quote_spanned! {Span::mixed_site()=>
            let (name, fields) = reader.variant()?;
            match (name, fields) {
                #(#reads)*
                _ => reader.fail(__st::Problem::unknown_variant(#enumeration)),
            }
        },
    );
    quote!(#encode #decode)
}

fn variants_of(value: &Value) -> impl Iterator<Item = &Variant> {
    match &value.input.data {
        Data::Enum(data) => data.variants.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    }
    .into_iter()
}

fn write(variant: &Variant) -> TokenStream {
    let ident = &variant.ident;
    let name = names::plain(ident);
    if variant.fields.is_empty() {
        return quote_spanned! {Span::mixed_site()=> Self::#ident { .. } => writer.text(#name), };
    }
    let members: Vec<_> = variant.fields.members().collect();
    let types = variant.fields.iter().map(|field| &field.ty);
    let locals: Vec<_> = (0..members.len()).map(local).collect();
    let count = members.len() + 1;
    quote_spanned! {Span::mixed_site()=>
        Self::#ident { #(#members: #locals),* } => {
            writer.open(b'(');
            writer.element();
            writer.text(#name);
            #(
                writer.element();
                __st::encoder!(value #types).write(#locals, writer);
            )*
            writer.close_tuple(#count);
        }
    }
}

fn read(variant: &Variant) -> TokenStream {
    let ident = &variant.ident;
    let name = names::plain(ident);
    if variant.fields.is_empty() {
        return quote_spanned! {Span::mixed_site()=>
            (#name, fields) => {
                __st::end_variant(reader, fields)?;
                __st::Some(Self::#ident {})
            }
        };
    }
    let members = variant.fields.members();
    let types = variant.fields.iter().map(|field| &field.ty);
    let length = u16::try_from(variant.fields.len() + 1).unwrap_or(u16::MAX);
    quote_spanned! {Span::mixed_site()=>
        (#name, __st::Some(sequence)) => {
            let value = Self::#ident {
                #(#members: __st::decoder!(value #types).element(reader, #length)?,)*
            };
            reader.close(sequence, #length)?;
            __st::Some(value)
        }
        (#name, __st::None) => reader.fail(__st::Problem::length(#length as __st::usize)),
    }
}

fn local(number: usize) -> Ident {
    format_ident!("field{number}", span = Span::mixed_site())
}
