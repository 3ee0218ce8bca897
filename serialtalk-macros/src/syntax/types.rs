//! Questions about the syntax of types.

use proc_macro2::{Span, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Path, PathArguments, ReturnType, Type, TypePath};

/// Returns the value and the error of a `Result<T, E>`, `Err` with the path of a `Result` without both, and `None` for
/// another type.
pub(crate) fn result(ty: &Type) -> Option<Result<(&Type, &Type), &Path>> {
    let Type::Path(TypePath { qself: None, path, .. }) = bare(ty) else { return None };
    let last = path.segments.last().filter(|last| last.ident == "Result")?;
    let types: Vec<_> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    };
    match types.as_slice() {
        [GenericArgument::Type(value), GenericArgument::Type(error)] => Some(Ok((value, error))),
        _ => Some(Err(path)),
    }
}

/// Whether a type is written `str`.
pub(crate) fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

/// Whether a type is `()`.
pub(crate) fn is_unit(ty: &Type) -> bool {
    matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Returns a type without parentheses around it.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// Returns the type that a function returns, if it is written.
pub(crate) fn of_output(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

/// Returns the spans of the first and the last token, between which the compiler underlines everything.
pub(crate) fn ends(syntax: &impl ToTokens) -> (Span, Span) {
    let tokens: Vec<TokenTree> = syntax.to_token_stream().into_iter().collect();
    let first = tokens.first().map_or_else(Span::call_site, TokenTree::span);
    let last = tokens.last().map_or_else(Span::call_site, |last| match last {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    });
    (first, last)
}
