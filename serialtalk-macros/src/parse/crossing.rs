//! Types that cannot cross the wire, as far as syntax shows.

use syn::{GenericArgument, Generics, Lifetime, Path, PathArguments, Type, TypePath, TypeReference};

use crate::errors::Errors;
use crate::syntax::text;
use crate::syntax::types::is_str;

/// What a type is used for.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// An argument of a method with these parameters, in a trait with those; it may borrow from the frame.
    Argument { method: &'a Generics, interface: &'a Generics },
    /// A value or an error; it outlives the frame.
    Value,
    /// A field of a type with these parameters; it may borrow for their lifetime.
    Field(&'a Generics),
}

const OWNED_TEXT: &str = "write `heapless::String<N>`, or `String` with alloc";

/// Reports the parts of a type that cannot cross.
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
            "a pointer has no meaning on the other end of the wire",
            format_args!("write `{}`, or an integer for an address", text::of(&pointer.elem)),
        ),
        Type::Never(never) => errors.at(
            never,
            "a command that never returns sends no reply",
            "remove the return type, and mark the command `#[command(oneway)]`",
        ),
        Type::Macro(invocation) => errors.at(
            invocation,
            "a macro in place of a type is expanded too late for `#[serialtalk::interface]`",
            "write the type itself, or an alias of it",
        ),
        // The compiler rejects `_`; other syntax is newer than this macro.
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
                Place::Argument { .. } => "write `&str`",
                Place::Value | Place::Field(_) => OWNED_TEXT,
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
        // `Box<str>` and `Box<[T]>` are types like any other.
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
        Place::Argument { .. } if lifetime.ident == "_" => {}
        // The parameters themselves are reported.
        Place::Argument { method, interface } if is_declared(method) || is_declared(interface) => {}
        Place::Field(own) if is_declared(own) => {}
        Place::Argument { .. } => errors.at(
            lifetime,
            "arguments can only borrow from the received frame, for the duration of the call",
            "write `'_`",
        ),
        Place::Value => errors.at(
            lifetime,
            "a value cannot borrow: it outlives the received frame",
            "write a type that owns its contents",
        ),
        Place::Field(own) => errors.at(
            lifetime,
            "a field can only borrow from the received frame",
            match own.lifetimes().next() {
                Some(own) => format!("write `{}`", own.lifetime),
                None => "give the type a lifetime parameter, and write that".to_owned(),
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
            (Place::Argument { .. }, _) if is_text => "write `&str`, and return the new text".to_owned(),
            (Place::Argument { .. }, None) => format!("write `{inner}`, and return the new value"),
            (Place::Argument { .. }, Some(slice)) => {
                remedy_for_slice(&slice.elem, place) + ", and return the new value"
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
        return errors.at(reference, "a value cannot be borrowed: it outlives the received frame", instead);
    }
    let is_bytes = slice.is_some_and(|slice| text::of(&slice.elem) == "u8");
    match (&*reference.elem, &reference.lifetime, place) {
        (_, Some(lifetime), _) if is_text || is_bytes => check_lifetime(lifetime, place, errors),
        // The compiler rejects a field without a lifetime.
        (_, None, Place::Field(_)) if is_text || is_bytes => errors.leave_to_compiler(),
        (_, None, _) if is_text || is_bytes => {}
        (Type::Slice(slice), ..) => errors.at(
            reference,
            format_args!(
                "`&{inner}` cannot be borrowed from a frame: its elements may arrive in any encoding"
            ),
            remedy_for_slice(&slice.elem, place),
        ),
        (inside, ..) => {
            // A mistake inside is one without the reference as well.
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

/// Says what to write instead of `[T]`.
fn remedy_for_slice(element: &Type, place: Place<'_>) -> String {
    let element = text::of(element);
    match place {
        Place::Argument { .. } if element == "u8" => "write `&[u8]`".to_owned(),
        _ => format!("write `heapless::Vec<{element}, N>`, or `Vec<{element}>` with alloc"),
    }
}

/// Whether a path is a single word, or leads into `core::primitive`.
fn plain(path: &Path) -> bool {
    let words: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    words.len() == 1 || words.iter().any(|word| word == "primitive")
}
