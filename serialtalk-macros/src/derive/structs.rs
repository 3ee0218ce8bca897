//! Structs: their fields one after the other.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Fields, Type};

use super::Value;
use crate::errors::Errors;
use crate::expand::{format_of, shown};
use crate::known::{self, Known};

/// Reports what keeps a struct from crossing.
pub(super) fn check(input: &DeriveInput, errors: &mut Errors) {
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        // What is no representation at all is the compiler's to refuse.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("packed") {
                errors.at(
                    &meta.path,
                    "the fields of a packed struct cannot be borrowed",
                    "remove `packed`: what crosses the wire has no padding anyway",
                );
            }
            if meta.input.peek(syn::token::Paren) {
                let content;
                syn::parenthesized!(content in meta.input);
                content.parse::<TokenStream>()?;
            }
            Ok(())
        });
    }
}

/// A struct whose fields make a tuple.
pub(super) fn tuple(value: &Value, fields: &Fields) -> TokenStream {
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let members: Vec<_> = fields.members().collect();
    let count = members.len();
    let length = u16::try_from(count).unwrap_or(u16::MAX);
    let shape = quote!(__st::Shape::tuple(&[#(__st::Shaped::<#types>::SHAPE),*]));
    let encode = encode(
        value,
        (known::of_all(types.iter().copied()), &types),
        &shape,
        &quote_spanned! {Span::mixed_site()=> #(__st::encoder!(value #types).pack(&self.#members, packer);)* },
        &quote_spanned! {Span::mixed_site()=>
            writer.open(b'(');
            #(
                writer.element();
                __st::encoder!(value #types).write(&self.#members, writer);
            )*
            writer.close_tuple(#count);
        },
    );
    let decode = decode(
        value,
        &quote! {
            const IS_SEQUENCE: __st::bool = true;
            const IS_PACKED: __st::bool = true #(&& __st::Received::<#types>::IS_PACKED)*;
        },
        &quote_spanned! {Span::mixed_site()=>
            let sequence = reader.open()?;
            let value = Self {
                #(#members: __st::decoder!(value #types).element(reader, #length)?,)*
            };
            reader.close(sequence, #length)?;
            __st::Some(value)
        },
    );
    quote!(#encode #decode)
}

/// A struct that is its one field.
pub(super) fn transparent(value: &Value, inner: &Type) -> TokenStream {
    let encode = encode(
        value,
        (known::of(inner), &[inner]),
        &quote!(__st::Shaped::<#inner>::SHAPE),
        &quote_spanned! {Span::mixed_site()=> __st::encoder!(value #inner).pack(&self.0, packer); },
        &quote_spanned! {Span::mixed_site()=> __st::encoder!(value #inner).write(&self.0, writer); },
    );
    let decode = decode(
        value,
        &quote_spanned! {Span::mixed_site()=>
            const IS_SEQUENCE: __st::bool = __st::Received::<#inner>::IS_SEQUENCE;
            const IS_PACKED: __st::bool = __st::Received::<#inner>::IS_PACKED;

            fn missing() -> __st::Option<Self> {
                __st::Some(Self(__st::decoder!(value #inner).missing()?))
            }
        },
        &quote_spanned! {Span::mixed_site()=>
            __st::Some(Self(__st::decoder!(value #inner).decode(reader)?))
        },
    );
    quote!(#encode #decode)
}

/// How a type is sent; `known` is what syntax shows of that, and the types that it is made of.
pub(super) fn encode(
    value: &Value,
    known: (Known, &[&Type]),
    shape: &TokenStream,
    pack: &TokenStream,
    write: &TokenStream,
) -> TokenStream {
    let name = &value.input.ident;
    let generics = value.generics.for_encode();
    let (parameters, ty, clause) = generics.split_for_impl();
    let is_generic = !value.input.generics.params.is_empty();
    let (known, types) = known;
    let is_right = shown(&known).filter(|_| !is_generic).map(|format| {
        let message = format!(
            "`{name}` does not travel as its documentation says: does a type here have the name of a primitive one?"
        );
        quote_spanned! {name.span()=>
            const _: () = ::core::assert!(
                __st::describes(#format, __st::encoding!(<#name as __st::Encode>::SHAPE)),
                #message,
            );
        }
    });
    let travels = (!is_generic).then(|| {
        let docs = format!("Travels as {}.", format_of(&known, types.iter().copied()));
        quote!(#[doc = #docs])
    });
    quote_spanned! {Span::mixed_site()=>
        #travels
        #[automatically_derived]
        impl #parameters __st::Encode for #name #ty #clause {
            const SHAPE: __st::Shape = #shape;

            fn pack(&self, packer: &mut impl __st::Pack) {
                #pack
            }

            fn write(&self, writer: &mut __st::LiteralWriter<'_, '_>) {
                #write
            }
        }

        #is_right
    }
}

/// How a type is received.
pub(super) fn decode(value: &Value, more: &TokenStream, body: &TokenStream) -> TokenStream {
    let name = &value.input.ident;
    let (_, ty, clause) = value.input.generics.split_for_impl();
    let (lifetime, generics) = value.generics.for_decode();
    let (parameters, ..) = generics.split_for_impl();
    quote_spanned! {Span::mixed_site()=>
        #[automatically_derived]
        impl #parameters __st::Decode<#lifetime> for #name #ty #clause {
            #more

            fn decode(reader: &mut __st::Reader<#lifetime>) -> __st::Option<Self> {
                #body
            }
        }
    }
}
