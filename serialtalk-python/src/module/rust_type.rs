//! What the text of a type in Rust says: its name, the types that it is made of, and a hint where nothing else is known.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::hint::Hint;

/// A type as it is written, without references and boxes around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RustType<'a> {
    /// A path, by its last name, and its parameters.
    Path(&'a str, Vec<&'a str>),
    /// A tuple of these.
    Tuple(Vec<&'a str>),
    /// An array or a slice.
    Many(&'a str),
    /// Anything else.
    Other,
}

impl<'a> RustType<'a> {
    /// What a text says.
    pub(super) fn new(ty: &'a str) -> Self {
        let ty = ty.trim();
        if let Some(referent) = ty.strip_prefix('&') {
            let referent = referent.trim_start();
            let is_named = referent.starts_with('\'');
            let referent =
                if is_named { referent.split_once(' ').map_or("", |(_, rest)| rest) } else { referent };
            return Self::new(referent.strip_prefix("mut ").unwrap_or(referent));
        }
        if let Some(elements) = inside(ty, '(', ')') {
            return Self::Tuple(split(elements, ','));
        }
        if let Some(array) = inside(ty, '[', ']') {
            return Self::Many(split(array, ';').first().copied().unwrap_or_default());
        }
        let (path, parameters) = match ty.split_once('<') {
            Some((path, rest)) => match rest.strip_suffix('>') {
                Some(parameters) => (path, split(parameters, ',')),
                None => return Self::Other,
            },
            None => (ty, Vec::new()),
        };
        let name = path.rsplit("::").next().unwrap_or(path).trim();
        let name = name.strip_prefix("r#").unwrap_or(name);
        let types: Vec<&str> = parameters.into_iter().filter(|it| !it.starts_with('\'')).collect();
        match (name, &types[..]) {
            (name, _) if !is_identifier(name) => Self::Other,
            ("Box", [value]) => Self::new(value),
            _ => Self::Path(name, types),
        }
    }

    /// The name of a struct or an enum.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Path(name, _) => Some(name),
            _ => None,
        }
    }

    /// The text of one of the types that it is made of; empty if it is not known.
    pub(super) fn part(&self, at: usize) -> &'a str {
        match self {
            Self::Path(_, parts) | Self::Tuple(parts) => parts.get(at).copied().unwrap_or_default(),
            Self::Many(element) => element,
            Self::Other => "",
        }
    }
}

/// The hint for a type of which only the text is known.
pub(super) fn hint(ty: &str) -> Hint {
    match RustType::new(ty) {
        RustType::Tuple(elements) => Hint::tuple(elements.into_iter().map(hint).collect()),
        RustType::Many("u8") => Hint::Bytes,
        RustType::Many(element) => Hint::List(Box::new(hint(element))),
        RustType::Path(name, types) => match (name, &types[..]) {
            ("bool", []) => Hint::Bool,
            ("f32" | "f64", []) => Hint::Float,
            ("u8" | "u16" | "u32" | "u64" | "u128" | "i8" | "i16" | "i32" | "i64" | "i128", []) => Hint::Int,
            ("str" | "char", []) | ("String", _) => Hint::Str,
            ("Vec" | "VecDeque", ["u8", ..]) => Hint::Bytes,
            ("Vec" | "VecDeque", [element, ..]) => Hint::List(Box::new(hint(element))),
            ("Option", [value]) => Hint::Optional(Box::new(hint(value))),
            ("BTreeMap" | "HashMap" | "LinearMap" | "FnvIndexMap", [key, value, ..]) => {
                Hint::Dict(Box::new(hint(key)), Box::new(hint(value)))
            }
            _ => Hint::Any,
        },
        RustType::Other => Hint::Any,
    }
}

/// Whether a text is one name. A macro, or what a peer that means harm tells of its types, is none.
fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && characters.all(unicode_ident::is_xid_continue)
}

/// What is in the brackets that begin and end a type.
fn inside(ty: &str, open: char, close: char) -> Option<&str> {
    ty.strip_prefix(open)?.strip_suffix(close)
}

/// The parts between separators that are in no bracket.
fn split(list: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '>' | '}' => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn types_have_their_hints() {
        for (ty, expected) in [
            ("&str", "str"),
            ("&'a str", "str"),
            ("heapless::String<16>", "str"),
            ("&[u8]", "bytes"),
            ("heapless::Vec<u8, 3>", "bytes"),
            ("[u8; N]", "bytes"),
            ("Vec<Vec<i32>>", "List[List[int]]"),
            ("(i16, f32)", "Tuple[int, float]"),
            ("(u8,)", "Tuple[int]"),
            ("()", "Tuple[()]"),
            ("::core::option::Option<Foo<'_>>", "Optional[Any]"),
            ("BTreeMap<String, Vec<(u8, u8)>>", "Dict[str, List[Tuple[int, int]]]"),
            ("Box<[f32]>", "List[float]"),
            ("Pose", "Any"),
            ("<Foo as Bar>::Baz", "Any"),
            ("r#String", "str"),
            ("a\"b", "Any"),
            ("", "Any"),
        ] {
            assert_eq!(hint(ty).to_string(), expected, "{ty}");
        }
    }

    #[test]
    fn types_have_names_and_parts() {
        assert_eq!(RustType::new("&'a mut a::Foo<'_>").name(), Some("Foo"));
        assert_eq!(RustType::new("Vec<(Foo, u8), 3>").part(0), "(Foo, u8)");
        assert_eq!(RustType::new("[Foo; 3]").part(2), "Foo");
        assert_eq!(RustType::new("(A, B)").part(1), "B");
        assert_eq!(RustType::new("<Foo as Bar>::Baz").name(), None);
    }
}
