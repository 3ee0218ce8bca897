//! The parts of a method's signature.

use syn::ext::IdentExt;
use syn::{
    Attribute, FnArg, Generics, Ident, Pat, PatType, Receiver, ReceiverKind, ReturnType, Safety, Signature,
    Token, TraitItemFn, Type, parse_quote,
};

use super::crossing::{self, Place};
use super::lengths;
use crate::errors::Errors;
use crate::model::interface::{Argument, Output};
use crate::model::spans;
use crate::syntax::{text, types};

/// Checks everything but arguments and return type, and removes what the compiler would reject once more.
pub(super) fn check(method: &mut TraitItemFn, errors: &mut Errors) {
    let sig = &mut method.sig;
    if let Some(word) = sig.constness.take() {
        errors.at(word, "a command cannot be `const`: it runs on the other end", "remove `const`");
    }
    if let Safety::Unsafe(word) = &sig.safety {
        errors.at(word, "a command cannot be `unsafe`: any peer could call it", "remove `unsafe`");
    }
    if let Some(abi) = &sig.abi {
        errors.at(abi, "a command cannot be an `extern` function", "remove `extern`");
    }
    if let Some(variadic) = sig.variadic.take() {
        errors.at(
            variadic,
            "a command has a fixed list of arguments",
            "write each argument out, or a list as one of them",
        );
        sig.inputs.pop_punct();
    }
    if !sig.generics.params.is_empty() {
        let has_types = sig.generics.lifetimes().count() < sig.generics.params.len();
        errors.at(
            &sig.generics.params,
            "a command cannot be generic: both ends must know every type",
            if has_types {
                "write the types out"
            } else {
                "remove the lifetimes: `&str`, `&[u8]`, `Name<'_>`"
            },
        );
    }
    if let Some(clause) = &sig.generics.where_clause {
        errors.at(
            clause.where_token,
            "a command cannot have a `where` clause: both ends must know every type",
            "remove it",
        );
    }
    if let Some(body) = &method.default {
        errors.at_span(
            body.brace_token.span.open(),
            "a command cannot have a default body: it would not be called by clients",
            "end the line with `;`, and write the body in the implementation of the trait",
        );
    }
}

/// Returns the `mut` of `&mut self`, and checks that the receiver is that or `&self`.
pub(super) fn receiver(sig: &mut Signature, errors: &mut Errors) -> Option<Token![mut]> {
    let Some(FnArg::Receiver(Receiver { mutability, self_token, kind, .. })) = sig.inputs.first_mut() else {
        errors.at(
            &sig.ident,
            format_args!("`{}` has no receiver: a command is called on the value that serves it", sig.ident),
            "write `&mut self` or `&self` as its first argument",
        );
        return None;
    };
    match kind {
        ReceiverKind::Reference(_, None, reference) => return *reference,
        ReceiverKind::Reference(_, Some(lifetime), _) => {
            errors.at(
                lifetime,
                "a command borrows its receiver only for the duration of the call",
                "write `&mut self` or `&self`",
            );
        }
        ReceiverKind::Typed(_, ty) => {
            errors.at(ty, "a command borrows its receiver", "write `&mut self` or `&self`");
        }
        _ => {
            // The compiler would reject the `mut` once more.
            let word = mutability.take().map_or(self_token.span, |word| word.span);
            errors.at_span(word, "the first call would consume `self`", "write `&mut self` or `&self`");
        }
    }
    None
}

/// Returns the arguments, and replaces patterns that the compiler would reject once more.
pub(super) fn arguments(sig: &mut Signature, interface: &Generics, errors: &mut Errors) -> Vec<Argument> {
    let place = Place::Argument { method: &sig.generics, interface };
    let mut all: Vec<Argument> = Vec::new();
    for input in &mut sig.inputs {
        let FnArg::Typed(PatType { attrs, pat, ty, .. }) = input else { continue };
        if let Some(attribute) = attrs
            .iter()
            .find(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"))
        {
            errors.at(
                attribute,
                "an argument cannot depend on a `cfg`: both ends must agree on all of them",
                "write the method twice, each with its own `#[cfg(...)]`",
            );
        }
        lengths::check(ty, errors);
        crossing::check(ty, place, errors);
        match name(pat) {
            Some(name) if all.iter().any(|before| before.name.unraw() == name.unraw()) => {
                errors.at(name, format_args!("two arguments are called `{name}`"), "rename one");
                **pat = parse_quote!(_);
            }
            Some(name) => all.push(Argument { name: spans::variable(name), ty: (**ty).clone() }),
            None => {
                let ty = text::of(ty);
                errors.at(
                    &*pat,
                    "an argument needs a plain name, which appears in error messages",
                    format_args!("write `name: {ty}`"),
                );
                **pat = parse_quote!(_);
            }
        }
    }
    all
}

/// Returns the attributes of each argument.
pub(super) fn attributes_of_arguments(sig: &Signature) -> impl Iterator<Item = &[Attribute]> {
    sig.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => receiver.attrs.as_slice(),
        FnArg::Typed(argument) => argument.attrs.as_slice(),
    })
}

/// Returns the name of a plain argument.
fn name(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() => {
            Some(&pat.ident)
        }
        _ => None,
    }
}

/// Returns the value and the error that a method returns, and replaces lengths that the compiler would reject once more.
pub(super) fn output(output: &mut ReturnType, errors: &mut Errors) -> Output {
    let ReturnType::Type(_, ty) = output else { return Output::default() };
    lengths::check(ty, errors);
    let mut checked = |ty: &Type| {
        crossing::check(ty, Place::Value, errors);
        ty.clone()
    };
    match types::result(ty) {
        None => {
            let written = checked(ty);
            Output {
                value: Some(written.clone()).filter(|ty| !types::is_unit(ty)),
                error: None,
                written: Some(written),
            }
        }
        Some(Ok((value, error))) => Output {
            value: Some(checked(value)).filter(|ty| !types::is_unit(ty)),
            error: Some(checked(error)),
            written: Some((**ty).clone()),
        },
        Some(Err(path)) => {
            let is_bare = path.segments.last().is_some_and(|last| last.arguments.is_none());
            errors.at(
                path,
                "the error of a command crosses the wire, so its type must be known",
                if is_bare {
                    "write both types out: `Result<T, MyError>`; a type of your own needs another name"
                } else {
                    "write both types out: `Result<T, MyError>`"
                },
            );
            Output::default()
        }
    }
}
