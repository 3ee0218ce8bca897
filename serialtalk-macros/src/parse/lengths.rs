//! Lengths of arrays that are not known where they are needed.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{DeriveInput, Expr, GenericArgument, Ident, PathArguments, Type, parse_quote};

use crate::errors::Errors;

/// Reports the lengths in a type that an interface cannot have, and replaces those that the compiler would reject once more.
pub(super) fn check(ty: &mut Type, errors: &mut Errors) {
    for_each(ty, &mut |length| {
        if let Expr::Infer(hole) = length {
            errors.at(
                hole,
                "the length of an array is a part of its type, and both ends must know it",
                "write it out, as in `[u8; 4]`",
            );
        } else if let Some(word) = self_word(length.to_token_stream()) {
            errors.at(
                word,
                "`Self` is a different type on each end of the wire",
                "write the number, or a constant next to the trait",
            );
        } else {
            return;
        }
        *length = parse_quote!(0);
    });
}

/// Reports the lengths in a field of a type that use it as `Self`.
pub(super) fn check_field(ty: &Type, owner: &DeriveInput, errors: &mut Errors) {
    for_each(&mut ty.clone(), &mut |length| {
        match self_word(length.to_token_stream()) {
            Some(word) if owner.generics.params.is_empty() => errors.at(
                word,
                "`#[derive(serialtalk::Value)]` needs this length where `Self` is not known",
                format_args!("write `{}` in place of it, or the number", owner.ident),
            ),
            // The compiler rejects both.
            Some(_) => errors.leave_to_compiler(),
            None if matches!(length, Expr::Infer(_)) => errors.leave_to_compiler(),
            None => {}
        }
    });
}

fn for_each(ty: &mut Type, visit: &mut dyn FnMut(&mut Expr)) {
    match ty {
        Type::Array(array) => {
            for_each(&mut array.elem, visit);
            visit(&mut array.len);
        }
        Type::Group(group) => for_each(&mut group.elem, visit),
        Type::Paren(paren) => for_each(&mut paren.elem, visit),
        Type::Reference(reference) => for_each(&mut reference.elem, visit),
        Type::Slice(slice) => for_each(&mut slice.elem, visit),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|element| for_each(element, visit)),
        Type::Path(ty) => {
            for segment in &mut ty.path.segments {
                let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
                for argument in &mut arguments.args {
                    match argument {
                        GenericArgument::Type(ty) => for_each(ty, visit),
                        GenericArgument::Const(length) => visit(length),
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
}

fn self_word(tokens: TokenStream) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if word == "Self" => Some(word),
        TokenTree::Group(group) => self_word(group.stream()),
        _ => None,
    })
}
