//! Types that contain themselves, as far as their own fields show it.

use syn::{DeriveInput, GenericArgument, Ident, Path, PathArguments, Type};

use crate::errors::Errors;

/// The generic types that contain their parameters. Any other may only use their names.
const CONTAINERS: &[&str] = &["Box", "Option", "Vec", "BTreeMap"];

/// Reports a field that contains its own type, and returns whether it does.
pub(super) fn check(field: &Type, input: &DeriveInput, errors: &mut Errors) -> bool {
    let name = &input.ident;
    if input.generics.type_params().any(|parameter| parameter.ident == *name) {
        return false;
    }
    let Some(path) = mention(field, name) else { return false };
    errors.at(
        path,
        format_args!("`{name}` contains itself, so no form on the wire is known for it beforehand"),
        "send its parts in a list, where they refer to each other by number; or derive serde's `Serialize` and \
         `Deserialize` in place of `Value`, and mark the command `#[command(repr)]`",
    );
    true
}

/// Returns where a type contains the one called `name`.
fn mention<'a>(ty: &'a Type, name: &Ident) -> Option<&'a Path> {
    match ty {
        Type::Array(array) => mention(&array.elem, name),
        Type::Group(group) => mention(&group.elem, name),
        Type::Paren(paren) => mention(&paren.elem, name),
        Type::Reference(reference) => mention(&reference.elem, name),
        Type::Slice(slice) => mention(&slice.elem, name),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(|element| mention(element, name)),
        Type::Path(ty) if ty.qself.is_none() => {
            if is_called(&ty.path, name) {
                return Some(&ty.path);
            }
            let last = ty.path.segments.last()?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            if CONTAINERS.iter().all(|container| last.ident != container) {
                return None;
            }
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => mention(ty, name),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Whether a path is `Name`, `self::Name` or `Self`.
fn is_called(path: &Path, name: &Ident) -> bool {
    let words: Vec<_> = path.segments.iter().map(|segment| &segment.ident).collect();
    match words.as_slice() {
        [only] => *only == name || *only == "Self",
        [first, last] => *first == "self" && *last == name,
        _ => false,
    }
}
