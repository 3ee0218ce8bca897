//! Types of the standard library that do not cross as values, and what does in their place.
//!
//! Only those are found whose path shows that they are of the standard library: a type of one's own may have any name.

use syn::{GenericArgument, Path, PathArguments, Type, TypePath};

use crate::errors::Errors;
use crate::syntax::text;
use crate::syntax::types::is_str;

/// The most elements of a tuple that crosses.
const LONGEST_TUPLE: usize = 12;

const TEXT: &str = "write `&str` in an argument, else `String` or `heapless::String<N>`";

/// Reports the parts of a type that do not cross, though types alike do.
pub(super) fn check(ty: &Type, errors: &mut Errors) {
    match ty {
        Type::Array(array) => check(&array.elem, errors),
        Type::Group(group) => check(&group.elem, errors),
        Type::Paren(paren) => check(&paren.elem, errors),
        Type::Reference(reference) => check(&reference.elem, errors),
        Type::Tuple(tuple) if tuple.elems.len() > LONGEST_TUPLE => errors.at(
            tuple,
            format_args!("a tuple of {} elements cannot cross the wire", tuple.elems.len()),
            format_args!(
                "write at most {LONGEST_TUPLE}, or a struct with `#[derive(serialtalk::Value)]`, which may have any number"
            ),
        ),
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|element| check(element, errors)),
        Type::Path(path) => check_path(path, errors),
        _ => {}
    }
}

fn check_path(ty: &TypePath, errors: &mut Errors) {
    let Some(last) = ty.path.segments.last().filter(|_| ty.qself.is_none()) else { return };
    let inner: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().filter_map(type_argument).collect(),
        _ => Vec::new(),
    };
    let remedy = match (last.ident.to_string().as_str(), inner.as_slice()) {
        ("Box", [text]) if is_str(text) => Some(TEXT.to_owned()),
        ("Box", [Type::Slice(slice)]) => Some(list_of(&slice.elem)),
        (name, inner) if is_standard(&ty.path) => instead(name, inner),
        _ => None,
    };
    match remedy {
        Some(remedy) => {
            errors.at(ty, format_args!("`{}` cannot cross the wire", text::of(ty)), remedy);
        }
        None => inner.into_iter().for_each(|ty| check(ty, errors)),
    }
}

fn type_argument(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Whether a path begins in the standard library.
fn is_standard(path: &Path) -> bool {
    let first = path.segments.first();
    first.is_some_and(|first| ["std", "core", "alloc"].iter().any(|krate| first.ident == krate))
}

/// Says what to write instead of a type of the standard library.
fn instead(name: &str, inner: &[&Type]) -> Option<String> {
    let remedy = match (name, inner) {
        ("Duration" | "Instant" | "SystemTime", _) => "write a number, as a `u32` of milliseconds".to_owned(),
        ("Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex", [only]) if is_str(only) => TEXT.to_owned(),
        ("Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex", [Type::Slice(slice)]) => list_of(&slice.elem),
        ("Rc" | "Arc" | "Cow" | "Cell" | "RefCell" | "Mutex", [only]) => {
            format!("write `{}`: the other end gets a copy anyway", text::of(only))
        }
        ("HashMap", [key, value, ..]) => {
            format!("write `BTreeMap<{}, {}>`", text::of(key), text::of(value))
        }
        ("HashSet" | "BTreeSet" | "VecDeque" | "BinaryHeap" | "LinkedList", [element, ..]) => {
            list_of(element)
        }
        ("Path" | "PathBuf" | "OsStr" | "OsString" | "CStr" | "CString", []) => TEXT.to_owned(),
        ("Range" | "RangeInclusive", [only]) => format!("write `({0}, {0})`", text::of(only)),
        ("IpAddr" | "Ipv4Addr", []) => "write `[u8; 4]`".to_owned(),
        _ => return None,
    };
    Some(remedy)
}

fn list_of(element: &Type) -> String {
    let element = text::of(element);
    format!("write `Vec<{element}>` or `heapless::Vec<{element}, N>`")
}
