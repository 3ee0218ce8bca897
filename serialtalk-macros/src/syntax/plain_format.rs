//! The encoding of types whose names tell it, for documentation. What crosses the wire is decided by functions of serialtalk,
//! which know every type; a test compares the two.

use syn::{Expr, ExprLit, GenericArgument, Lit, Path, PathArguments, Type};

use super::types::bare;

/// The largest number of values that an array is written out for.
const MOST: usize = 256;

/// The largest number of types that are added, elements of arrays counted by themselves: more values than a frame has bytes. Arrays of
/// arrays may have billions.
const MOST_TYPES: usize = 1024;

/// Returns the struct format of values of these types, or `repr` if one of them needs a literal. `None` if that depends on a
/// type that only the compiler knows.
pub(crate) fn of(types: &[&Type]) -> Option<String> {
    let mut format = Format::default();
    let mut is_known = true;
    for &ty in types {
        if needs_literal(ty) {
            return Some("repr".into());
        }
        is_known &= format.add(ty).is_some();
    }
    (is_known && !types.is_empty()).then(|| format.finish())
}

/// Whether values of this type are in no struct format.
fn needs_literal(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => needs_literal(&reference.elem),
        Type::Slice(slice) => !is_byte(&slice.elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(needs_literal),
        Type::Array(array) => needs_literal(&array.elem),
        Type::Path(path) if path.qself.is_none() => match (name(&path.path).as_str(), argument(&path.path)) {
            ("str" | "String" | "char" | "i128" | "u128" | "Option" | "BTreeMap", _) => true,
            ("Vec", element) => element.is_some_and(|element| !is_byte(element)),
            _ => false,
        },
        _ => false,
    }
}

/// A struct format that is being written.
#[derive(Default)]
struct Format {
    text: String,
    /// How many types were added, those in others counted by themselves.
    types: usize,
    /// Numbers that are not yet in the text, since more of the same code may follow.
    run: Option<(char, usize)>,
    /// Where the next value begins, if there are no bytes of run-time length before it.
    offset: usize,
    has_run_time_length: bool,
    is_unaligned: bool,
}

impl Format {
    /// Adds the values of a type. `None` if the type is not known, or there are too many.
    fn add(&mut self, ty: &Type) -> Option<()> {
        self.types += 1;
        if self.types > MOST_TYPES {
            return None;
        }
        match bare(ty) {
            Type::Reference(reference) => self.add(&reference.elem)?,
            Type::Slice(slice) if is_byte(&slice.elem) => self.add_bytes(None),
            Type::Tuple(tuple) => tuple.elems.iter().try_for_each(|ty| self.add(ty))?,
            Type::Array(array) => {
                let len = length(&array.len)?;
                if is_byte(&array.elem) {
                    self.add_bytes(Some(len));
                } else {
                    (0..len).try_for_each(|_| self.add(&array.elem))?;
                }
            }
            Type::Path(path) if path.qself.is_none() => {
                if let Some((code, size)) = number(&path.path) {
                    self.add_number(code, size);
                } else if name(&path.path) == "Vec" && argument(&path.path).is_some_and(is_byte) {
                    self.add_bytes(None);
                } else {
                    return None;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn add_number(&mut self, code: char, size: usize) {
        match &mut self.run {
            Some((last, count)) if *last == code => *count += 1,
            _ => {
                self.end_run();
                self.run = Some((code, 1));
            }
        }
        self.is_unaligned |= size > 1 && (self.has_run_time_length || !self.offset.is_multiple_of(size));
        self.offset += size;
    }

    /// Adds bytes, of a length that is known only at run time if it is `None`.
    fn add_bytes(&mut self, len: Option<usize>) {
        self.end_run();
        self.text += &match len {
            Some(1) => "s".into(),
            Some(len) => format!("{len}s"),
            None => "*s".into(),
        };
        self.offset += len.unwrap_or_default();
        self.has_run_time_length |= len.is_none();
    }

    fn end_run(&mut self) {
        match self.run.take() {
            None => {}
            Some((code, 1)) => self.text.push(code),
            Some((code, count)) => self.text += &format!("{count}{code}"),
        }
    }

    fn finish(mut self) -> String {
        self.end_run();
        if self.is_unaligned { format!("<{}", self.text) } else { self.text }
    }
}

/// The last word of a path.
fn name(path: &Path) -> String {
    path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// The first type in the angle brackets of a path.
fn argument(path: &Path) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn is_byte(ty: &Type) -> bool {
    matches!(bare(ty), Type::Path(path) if path.path.is_ident("u8"))
}

/// The code and the size of a number.
fn number(path: &Path) -> Option<(char, usize)> {
    Some(match path.get_ident()?.to_string().as_str() {
        "bool" | "u8" => ('B', 1),
        "i8" => ('b', 1),
        "u16" => ('H', 2),
        "i16" => ('h', 2),
        "u32" => ('I', 4),
        "i32" => ('i', 4),
        "u64" => ('Q', 8),
        "i64" => ('q', 8),
        "f32" => ('f', 4),
        "f64" => ('d', 8),
        _ => return None,
    })
}

/// The length of an array, if it is written as a number that a frame may hold.
fn length(len: &Expr) -> Option<usize> {
    let Expr::Lit(ExprLit { lit: Lit::Int(len), .. }) = len else { return None };
    len.base10_parse().ok().filter(|len| *len <= MOST)
}
