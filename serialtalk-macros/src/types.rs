//! Types that cannot cross the wire, as far as their syntax shows it.

use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, Generics, Lifetime, Path, PathArguments, ReturnType, Token, Type, TypeParamBound,
    TypePath, TypeReference,
};

use crate::errors::Errors;
use crate::text;

/// Where a type stands.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// Arguments may borrow from the frame. A method has no lifetimes of its own; if it has, that is reported there.
    Argument(&'a Generics),
    /// Values and errors outlive the frame.
    Value,
    /// Fields may borrow for the lifetime that their type has as a parameter. If it has more, that is reported there.
    Field(&'a Generics),
}

const OWNED_TEXT: &str = "write `heapless::String<N>`, or `String` where there is alloc";

/// Reports what of a type cannot cross.
pub(crate) fn check(ty: &Type, place: Place<'_>, errors: &mut Errors) {
    match ty {
        Type::Array(array) => check(&array.elem, place, errors),
        Type::Group(group) => check(&group.elem, place, errors),
        Type::Paren(paren) => check(&paren.elem, place, errors),
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|element| check(element, place, errors)),
        Type::Path(path) => check_path(path, place, errors),
        Type::Reference(reference) => check_reference(reference, place, errors),
        Type::Slice(slice) => {
            errors.at(
                slice,
                format_args!("`{}` has no size of its own", text::of(slice)),
                remedy_for_slice(&slice.elem, place),
            );
        }
        Type::ImplTrait(bounds) => errors.at(
            bounds.impl_token,
            "`impl Trait` cannot cross the wire: both ends must know the type",
            "write the type itself",
        ),
        Type::TraitObject(object) => errors.at(
            object,
            "a trait object cannot cross the wire: both ends must know the type",
            "write the type itself",
        ),
        Type::FnPtr(pointer) => errors.at(
            pointer,
            "a function cannot cross the wire",
            "make it a command of the interface that the other end serves",
        ),
        Type::Ptr(pointer) => errors.at(
            pointer,
            "a pointer means nothing on the other end of the wire",
            format_args!("write `{}`, or an integer for an address", text::of(&pointer.elem)),
        ),
        Type::Never(never) => errors.at(
            never,
            "a command that never returns sends no reply",
            "leave the return type out, and mark the command `#[command(oneway)]`",
        ),
        Type::Macro(invocation) => errors.at(
            invocation,
            "a macro in place of a type is expanded too late to be read here",
            "write the type itself, or a type alias that stands for the macro",
        ),
        // `_` is the compiler's to refuse, and other syntax is newer than this macro.
        _ => errors.leave_to_compiler(),
    }
}

fn check_path(ty: &TypePath, place: Place<'_>, errors: &mut Errors) {
    if let Some(qself) = &ty.qself {
        check(&qself.ty, place, errors);
    }
    let Some(last) = ty.path.segments.last() else { return };
    if ty.path.segments.first().is_some_and(|first| first.ident == "Self") {
        return errors.at(
            &ty.path,
            "`Self` is a different type on each end of the wire",
            "write the type itself",
        );
    }
    match (plain(&ty.path), last.ident.to_string().as_str()) {
        (true, width @ ("usize" | "isize")) => {
            let (first, others) =
                if width == "usize" { ("u32", "`u16`, `u8`") } else { ("i32", "`i16`, `i8`") };
            return errors.at(
                ty,
                format_args!("`{width}` has a different width on every machine and cannot cross the wire"),
                format_args!("write `{first}` (or {others})"),
            );
        }
        (true, "str") => {
            let remedy = match place {
                Place::Argument(_) => "write `&str`",
                Place::Value | Place::Field(_) => {
                    "write `heapless::String<N>`, or `String` where there is alloc"
                }
            };
            return errors.at(ty, "`str` has no size of its own", remedy);
        }
        _ => {}
    }
    for segment in &ty.path.segments {
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) => {
                arguments.args.iter().for_each(|argument| check_generic(argument, place, errors));
            }
            PathArguments::Parenthesized(_) => errors.leave_to_compiler(),
        }
    }
}

fn check_generic(argument: &GenericArgument, place: Place<'_>, errors: &mut Errors) {
    match argument {
        // `Box<str>` is as good as any other type.
        GenericArgument::Type(Type::Slice(slice)) => check(&slice.elem, place, errors),
        GenericArgument::Type(ty) if is_str(ty) => {}
        GenericArgument::Type(ty) => check(ty, place, errors),
        GenericArgument::Lifetime(lifetime) => check_lifetime(lifetime, place, errors),
        GenericArgument::AssocType(ty) => check(&ty.ty, place, errors),
        _ => {}
    }
}

fn check_lifetime(lifetime: &Lifetime, place: Place<'_>, errors: &mut Errors) {
    let is_declared = |generics: &Generics| {
        generics.lifetimes().any(|parameter| parameter.lifetime.ident == lifetime.ident)
    };
    match place {
        Place::Argument(_) if lifetime.ident == "_" => {}
        Place::Argument(own) | Place::Field(own) if is_declared(own) => {}
        Place::Argument(_) => errors.at(
            lifetime,
            "arguments borrow from the frame that brought them, for as long as the call takes",
            "write `'_`",
        ),
        Place::Value => errors.at(
            lifetime,
            "a value cannot borrow: it outlives the frame that brings it",
            "write a type that owns what it holds",
        ),
        Place::Field(own) => errors.at(
            lifetime,
            "a field can borrow only from the frame that brings it",
            match own.lifetimes().next() {
                Some(own) => format!("write `{}`", own.lifetime),
                None => "give the type a lifetime as its parameter, and write that".to_owned(),
            },
        ),
    }
}

fn check_reference(reference: &TypeReference, place: Place<'_>, errors: &mut Errors) {
    let inner = text::of(&reference.elem);
    let is_text = is_str(&reference.elem);
    let slice = match &*reference.elem {
        Type::Slice(slice) => Some(slice),
        _ => None,
    };
    if let Some(mutability) = reference.mutability {
        let instead = match (place, slice) {
            (Place::Argument(_), _) if is_text => "write `&str`, and return what changes".to_owned(),
            (Place::Argument(_), None) => format!("write `{inner}`, and return what changes"),
            (Place::Argument(_), Some(slice)) => {
                remedy_for_slice(&slice.elem, place) + ", and return what changes"
            }
            _ if is_text => OWNED_TEXT.to_owned(),
            (_, Some(slice)) => remedy_for_slice(&slice.elem, place),
            (_, None) => format!("write `{inner}`"),
        };
        return errors.at(mutability, "nothing can be written back over the wire", instead);
    }
    if let Place::Value = place {
        let instead = match slice {
            _ if is_text => OWNED_TEXT.to_owned(),
            Some(slice) => remedy_for_slice(&slice.elem, place),
            None => format!("write `{inner}`"),
        };
        return errors.at(
            reference,
            "a value cannot be borrowed: it outlives the frame that brings it",
            instead,
        );
    }
    let is_bytes = slice.is_some_and(|slice| text::of(&slice.elem) == "u8");
    match (&*reference.elem, &reference.lifetime, place) {
        (_, Some(lifetime), _) if is_text || is_bytes => check_lifetime(lifetime, place, errors),
        // A field without a lifetime is the compiler's to refuse.
        (_, None, Place::Field(_)) if is_text || is_bytes => errors.leave_to_compiler(),
        (_, None, _) if is_text || is_bytes => {}
        (Type::Slice(slice), ..) => errors.at(
            reference,
            format_args!("`&{inner}` cannot be borrowed from a frame: its elements may come in any encoding"),
            remedy_for_slice(&slice.elem, place),
        ),
        (inside, ..) => {
            // What is wrong inside is wrong without the reference, too.
            let before = errors.count();
            check(inside, place, errors);
            if errors.count() == before {
                errors.at(
                    reference,
                    format_args!("`&{inner}` cannot be borrowed from a frame"),
                    format_args!("write `{inner}`"),
                );
            }
        }
    }
}

/// What can be written for `[T]`.
fn remedy_for_slice(element: &Type, place: Place<'_>) -> String {
    let element = text::of(element);
    match place {
        Place::Argument(_) if element == "u8" => "write `&[u8]`".to_owned(),
        _ => format!("write `heapless::Vec<{element}, N>`, or `Vec<{element}>` where there is alloc"),
    }
}

/// The value and the error of a `Result<T, E>`; none of another type.
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

fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("str"))
}

/// Whether a type is `()`.
pub(crate) fn is_unit(ty: &Type) -> bool {
    matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// A type without parentheses around it.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// What a function returns, if that is written.
pub(crate) fn of_output(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ty),
    }
}

/// The bounds of a trait that an interface cannot have.
pub(crate) fn foreign_bounds(
    bounds: &Punctuated<TypeParamBound, Token![+]>,
) -> impl Iterator<Item = &TypeParamBound> {
    bounds.iter().filter(|bound| match bound {
        TypeParamBound::Trait(bound) => !bound
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Send" || last.ident == "Sync" || last.ident == "Unpin"),
        TypeParamBound::Lifetime(lifetime) => lifetime.ident != "static",
        _ => true,
    })
}

/// Whether a path is one plain word, or one of `core::primitive`.
fn plain(path: &Path) -> bool {
    let words: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    words.len() == 1 || words.iter().any(|word| word == "primitive")
}
