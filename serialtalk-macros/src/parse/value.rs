//! From a struct or enum to a value.

use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DataEnum, DeriveInput, Field, Fields, Ident, Meta, Token};

use super::crossing::{self, Place};
use super::{foreign, lengths, recursion};
use crate::errors::Errors;
use crate::model::generics::Generics;
use crate::model::value::{Form, Value};
use crate::syntax::attributes::Attributes;
use crate::syntax::options;

/// The integer types that an enum may have as its representation.
const WIDTHS: &[&str] = &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];

/// The words of `#[repr(...)]` that say nothing of the integer type of an enum.
const OTHER_HINTS: &[&str] = &["C", "Rust", "transparent", "align", "packed"];

/// Returns the value that a type makes.
///
/// If `errors` has a mistake afterwards, only the name, the parameters and the path to serialtalk can be relied on.
pub(crate) fn value(input: DeriveInput, errors: &mut Errors) -> Value {
    let krate = options::of_value(&input.attrs, errors);
    check_lifetimes(&input, errors);
    let form = match &input.data {
        Data::Struct(data) => {
            check_packed(&input, errors);
            struct_form(&data.fields)
        }
        Data::Enum(data) => enum_form(&input, data, errors),
        Data::Union(data) => {
            errors.at(
                data.union_token,
                "a union cannot cross the wire: it does not say which field it holds",
                "make it an enum",
            );
            Form::Variants(Vec::new())
        }
    };
    check_parts(&input, errors);
    let generics = Generics(input.generics.clone());
    let attributes = attributes(&input);
    Value { input, krate, generics, attributes, form }
}

fn struct_form(fields: &Fields) -> Form {
    match fields {
        Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => match unnamed.unnamed.first() {
            Some(field) => Form::Transparent(Box::new(field.ty.clone())),
            None => Form::Struct(fields.clone()),
        },
        _ => Form::Struct(fields.clone()),
    }
}

fn enum_form(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> Form {
    let name = &input.ident;
    let variants: Vec<_> = data.variants.iter().cloned().collect();
    if variants.is_empty() {
        errors.at(
            name,
            format_args!("`{name}` has no variants, so it has no values to send"),
            "add a variant",
        );
    }
    if variants.is_empty() || variants.iter().any(|variant| !variant.fields.is_empty()) {
        return Form::Variants(variants);
    }
    match representation(input) {
        None => errors.at(
            name,
            format_args!("`{name}` crosses as an integer, and does not say of which type"),
            "write `#[repr(u8)]` above it, or another of `u16`, `u32`, `u64`, `i8`, `i16`, `i32`, `i64`",
        ),
        Some(width) if WIDTHS.iter().any(|known| width == known) => return Form::Integer { width, variants },
        Some(width) => match width.to_string().as_str() {
            "u128" | "i128" => wrong_width(&width, "is too wide for a struct format", errors),
            "usize" | "isize" => {
                let why = "has a different width on every machine and cannot cross the wire";
                wrong_width(&width, why, errors);
            }
            // The compiler rejects what is not a representation.
            _ => errors.leave_to_compiler(),
        },
    }
    Form::Variants(variants)
}

fn wrong_width(width: &Ident, why: &str, errors: &mut Errors) {
    errors.at(width, format_args!("`{width}` {why}"), "write `u8`, `u16`, `u32`, `u64` or a signed one");
}

/// Returns the integer type among the words of `#[repr(...)]`.
fn representation(input: &DeriveInput) -> Option<Ident> {
    let mut words = hints(input).filter_map(|hint| hint.path().get_ident().cloned());
    words.find(|word| OTHER_HINTS.iter().all(|other| word != other))
}

fn check_packed(input: &DeriveInput, errors: &mut Errors) {
    for hint in hints(input).filter(|hint| hint.path().is_ident("packed")) {
        errors.at(
            hint.path(),
            "the fields of a packed struct cannot be borrowed",
            "remove `packed`: values cross the wire without padding anyway",
        );
    }
}

/// Returns what stands in all `#[repr(...)]`. The compiler rejects what is not a representation.
fn hints(input: &DeriveInput) -> impl Iterator<Item = Meta> {
    let attributes = input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr"));
    let lists = attributes.filter_map(|attribute| {
        attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()
    });
    lists.flatten()
}

fn check_lifetimes(input: &DeriveInput, errors: &mut Errors) {
    for more in input.generics.lifetimes().skip(1) {
        errors.at(
            &more.lifetime,
            "a value borrows from one frame, so it can have only one lifetime",
            "use the first lifetime for all fields",
        );
    }
}

/// Checks the fields, and the attributes of fields and variants.
fn check_parts(input: &DeriveInput, errors: &mut Errors) {
    for field in fields(input) {
        if !recursion::check(&field.ty, input, errors) {
            crossing::check(&field.ty, Place::Field(&input.generics), errors);
            foreign::check(&field.ty, errors);
        }
        lengths::check_field(&field.ty, input, errors);
        check_attributes(&field.attrs, errors);
    }
    if let Data::Enum(data) = &input.data {
        data.variants.iter().for_each(|variant| check_attributes(&variant.attrs, errors));
    }
}

/// Returns the attributes that the implementations need, those of fields and variants included.
fn attributes(input: &DeriveInput) -> Attributes {
    let mut attributes = Attributes::of(&input.attrs);
    fields(input).iter().for_each(|field| attributes.allow_in_part(&field.attrs));
    if let Data::Enum(data) = &input.data {
        data.variants.iter().for_each(|variant| attributes.allow_in_part(&variant.attrs));
    }
    attributes
}

fn fields(input: &DeriveInput) -> Vec<&Field> {
    match &input.data {
        Data::Struct(data) => data.fields.iter().collect(),
        Data::Enum(data) => data.variants.iter().flat_map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    }
}

fn check_attributes(attributes: &[Attribute], errors: &mut Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("value")) {
        errors.at(attribute, "fields and variants have no options", "remove it");
    }
}
