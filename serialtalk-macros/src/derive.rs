//! `#[derive(Value)]`

mod enums;
mod generics;
mod structs;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Fields, Path, Type};

use crate::errors::Errors;
use crate::expand::demand;
use crate::model::Way;
use crate::options;
use crate::types::{self, Place};
use generics::Generics;

/// A type that crosses as a value.
struct Value {
    input: DeriveInput,
    krate: Path,
    generics: Generics,
    form: Form,
}

/// What a type is made of.
enum Form {
    /// Fields one after the other.
    Tuple(Fields),
    /// One field that stands for the whole.
    Transparent(Box<Type>),
    /// An integer of this type.
    Number(syn::Ident),
    /// A name and its fields.
    Variants,
}

/// The implementations, or what is wrong.
pub(crate) fn value_of(item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let krate = options::of_value(&input.attrs, &mut errors);
    let generics = Generics::of(&input, &mut errors);
    let form = form(&input, &mut errors);
    check_fields(&input, &mut errors);
    match form {
        Some(form) if !errors.is_broken() => implementations(&Value { input, krate, generics, form }),
        _ => stubs(&input, &krate, &generics, errors),
    }
}

fn form(input: &DeriveInput, errors: &mut Errors) -> Option<Form> {
    match &input.data {
        Data::Struct(data) => {
            structs::check(input, errors);
            match &data.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    fields.unnamed.first().map(|field| Form::Transparent(Box::new(field.ty.clone())))
                }
                fields => Some(Form::Tuple(fields.clone())),
            }
        }
        Data::Enum(data) => enums::form(input, data, errors),
        Data::Union(data) => {
            errors.at(
                data.union_token,
                "a union cannot cross the wire: nobody can tell what it holds",
                "make it an enum",
            );
            None
        }
    }
}

fn check_fields(input: &DeriveInput, errors: &mut Errors) {
    for field in fields(input) {
        types::check(&field.ty, Place::Field(&input.generics), errors);
        check_attributes(&field.attrs, errors);
    }
    if let Data::Enum(data) = &input.data {
        data.variants.iter().for_each(|variant| check_attributes(&variant.attrs, errors));
    }
}

fn check_attributes(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("value")) {
        errors.at(attribute, "there are no options for parts of a type", "remove it");
    }
}

fn fields(input: &DeriveInput) -> Vec<&syn::Field> {
    match &input.data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    }
}

fn implementations(value: &Value) -> TokenStream {
    let implementations = match &value.form {
        Form::Tuple(fields) => structs::tuple(value, fields),
        Form::Transparent(inner) => structs::transparent(value, inner),
        Form::Number(number) => enums::number(value, number),
        Form::Variants => enums::variants(value),
    };
    let crossing = crossing(value);
    block(&value.krate, &quote!(#crossing #implementations))
}

/// Every field can cross. The one place that says so if one cannot.
fn crossing(value: &Value) -> TokenStream {
    let demands = fields(&value.input)
        .into_iter()
        .map(|field| demand(&field.ty, Way::Natural, "argument", "must_cross"));
    let generics = value.generics.for_both();
    let clause = &generics.where_clause;
    quote! {
        fn __crosses #generics () #clause {
            #(#demands)*
        }
    }
}

fn block(krate: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        #[allow(
            dead_code,
            deprecated,
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
            use __st::{Undemanded as _, Unreceived as _, Unshaped as _};
            #items
        };
    }
}

/// Implementations that keep the rest of the program from more errors.
fn stubs(input: &DeriveInput, krate: &Path, generics: &Generics, errors: Errors) -> TokenStream {
    let errors = errors.into_items();
    let name = &input.ident;
    let (_, ty, clause) = input.generics.split_for_impl();
    let encode = &input.generics.split_for_impl().0;
    let (lifetime, decode) = generics.for_stub();
    let (decode, ..) = decode.split_for_impl();
    let stubs = quote_spanned! {Span::mixed_site()=>
        impl #encode __st::Encode for #name #ty #clause {
            const SHAPE: __st::Shape = __st::Shape::OPAQUE;
            fn pack(&self, _packer: &mut impl __st::Pack) {}
            fn write(&self, _writer: &mut __st::LiteralWriter<'_, '_>) {}
        }
        impl #decode __st::Decode<#lifetime> for #name #ty #clause {
            fn decode(_reader: &mut __st::Reader<#lifetime>) -> __st::Option<Self> {
                __st::None
            }
        }
    };
    let block = block(krate, &stubs);
    quote!(#errors #block)
}
