//! What the text of a type in Rust says about its literal in Python.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::hint::Hint;

/// The hint for the literal of a type; `Any` for those of which only the name is known.
pub(super) fn hint(ty: &str) -> Hint {
    let ty = ty.trim();
    if let Some(referent) = ty.strip_prefix('&') {
        let referent = referent.trim_start();
        let is_named = referent.starts_with('\'');
        let referent =
            if is_named { referent.split_once(' ').map_or("", |(_, rest)| rest) } else { referent };
        return hint(referent.strip_prefix("mut ").unwrap_or(referent));
    }
    if let Some(elements) = inside(ty, '(', ')') {
        return Hint::tuple(split(elements, ',').into_iter().map(hint).collect());
    }
    if let Some(array) = inside(ty, '[', ']') {
        return match split(array, ';')[..] {
            [element, length] => array_of(element, length),
            _ => list_of(array),
        };
    }
    path(ty)
}

fn path(ty: &str) -> Hint {
    let (path, parameters) = match ty.split_once('<') {
        Some((path, rest)) => match rest.strip_suffix('>') {
            Some(parameters) => (path, split(parameters, ',')),
            None => return Hint::Any,
        },
        None => (ty, Vec::new()),
    };
    let name = path.rsplit("::").next().unwrap_or(path).trim();
    let types: Vec<&str> = parameters.into_iter().filter(|parameter| !parameter.starts_with('\'')).collect();
    match (name, &types[..]) {
        ("bool", []) => Hint::Bool,
        ("f32" | "f64", []) => Hint::Float,
        ("u8" | "u16" | "u32" | "u64" | "u128" | "i8" | "i16" | "i32" | "i64" | "i128", []) => Hint::Int,
        ("str" | "char", []) | ("String", _) => Hint::Str,
        ("Vec" | "VecDeque", [element, ..]) => list_of(element),
        ("Option", [value]) => Hint::Optional(Box::new(hint(value))),
        ("Box", [value]) => hint(value),
        ("BTreeMap" | "HashMap" | "LinearMap" | "FnvIndexMap", [key, value, ..]) => {
            Hint::Dict(Box::new(hint(key)), Box::new(hint(value)))
        }
        _ => Hint::Any,
    }
}

fn list_of(element: &str) -> Hint {
    if element.trim() == "u8" { Hint::Bytes } else { Hint::List(Box::new(hint(element))) }
}

fn array_of(element: &str, length: &str) -> Hint {
    if element == "u8" {
        return Hint::Bytes;
    }
    match length.parse() {
        Ok(length) if length <= 255 => Hint::tuple((0..length).map(|_: usize| hint(element)).collect()),
        _ => Hint::Many(Box::new(hint(element))),
    }
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
            ("[(i16, bool); 2]", "Tuple[Tuple[int, bool], Tuple[int, bool]]"),
            ("[f64; 40]", "Tuple[float, ...]"),
            ("[f64; N + 1]", "Tuple[float, ...]"),
            ("::core::option::Option<Foo<'_>>", "Optional[Any]"),
            ("BTreeMap<String, Vec<(u8, u8)>>", "Dict[str, List[Tuple[int, int]]]"),
            ("Box<[f32]>", "List[float]"),
            ("Pose", "Any"),
            ("<Foo as Bar>::Baz", "Any"),
            ("", "Any"),
        ] {
            assert_eq!(hint(ty).to_string(), expected, "{ty}");
        }
    }
}
