//! What the author of a trait called the types in it.

use crate::contract::identifier::is_identifier;
use crate::contract::types::Type;

/// The last name in a path: `Power` of `robot::Power` and of `Power<f32>`; `None` for other types.
pub(super) fn name(text: &str) -> Option<&str> {
    let path = text.split_once('<').map_or(text, |(path, _)| path);
    let name = path.rsplit("::").next()?.trim_start_matches("r#");
    is_identifier(name).then_some(name)
}

/// The texts of the types of which `ty` is made, as far as they can be found in its own, in the order of [`Type::parts`].
pub(super) fn parts<'a>(ty: &Type, text: &'a str) -> Vec<&'a str> {
    let mut text = text;
    while let (Some("Box"), [inner]) = (name(text), &*parameters(text)) {
        text = inner;
    }
    let parts = match ty {
        Type::Option(_) | Type::Map(..) => parameters(text),
        Type::List(_) => match inside(text.trim_start_matches('&'), '[', ']') {
            Some(element) => vec![element],
            None => parameters(text),
        },
        Type::Array(_, len) => match inside(text, '[', ']').and_then(|array| array.rsplit_once(';')) {
            Some((element, _)) => vec![element],
            None => tuple(text, *len),
        },
        Type::Tuple(elements) => tuple(text, elements.len()),
        _ => Vec::new(),
    };
    parts.into_iter().take(ty.parts().len()).collect()
}

/// Whether a text is that of a tuple of `len` equal elements.
pub(super) fn is_tuple_of_equals(text: &str, len: usize) -> bool {
    let elements = tuple(text, len);
    !elements.is_empty() && elements.windows(2).all(|two| two[0] == two[1])
}

/// The texts of the elements of a tuple of `len` elements; nothing for other types.
fn tuple(text: &str, len: usize) -> Vec<&str> {
    inside(text, '(', ')').map(split).filter(|elements| elements.len() == len).unwrap_or_default()
}

/// The parameters of a path.
fn parameters(text: &str) -> Vec<&str> {
    text.split_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).map(split).unwrap_or_default()
}

fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

/// The parts between commas that are in no brackets.
fn split(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0usize, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '>' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
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
    use super::*;
    use crate::contract::Signature;

    #[test]
    fn a_path_has_a_name() {
        for (text, expected) in [
            ("Power", Some("Power")),
            ("::robot::Power", Some("Power")),
            ("r#type", Some("type")),
            ("Metres<f32>", Some("Metres")),
            ("<Foo as Bar>::Baz", None),
            ("[Power; 3]", None),
            ("(Power,)", None),
            ("", None),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn the_texts_of_parts_are_found() {
        fn of<'a>(ty: &str, text: &'a str) -> Vec<&'a str> {
            let signature: Signature = format!("f() -> {ty}").parse().unwrap();
            parts(signature.value().unwrap(), text)
        }
        assert_eq!(of("{x: u8}?", "Option<robot::Point>"), ["robot::Point"]);
        assert_eq!(of("[{x: u8}]", "heapless::Vec<Point, 4>"), ["Point"]);
        assert_eq!(of("[{x: u8}]", "Box<[Point]>"), ["Point"]);
        assert_eq!(of("({x: u8}; 2)", "[Point; 2]"), ["Point"]);
        assert_eq!(of("({x: u8}; 2)", "(Point, Place)"), ["Point"]);
        assert_eq!(of("({x: u8}, u8)", "(Point, u8)"), ["Point", "u8"]);
        assert_eq!(of("{str => {x: u8}}", "BTreeMap<String, Point>"), ["String", "Point"]);
        let boxes = format!("{}Vec<Point>{}", "Box<".repeat(3000), ">".repeat(3000));
        assert_eq!(of("[{x: u8}]", &boxes), ["Point"]);
        assert!(of("[{x: u8}]", "Points").is_empty());
        assert!(of("({x: u8}, u8)", "(Point, u8, u8)").is_empty());
    }
}
