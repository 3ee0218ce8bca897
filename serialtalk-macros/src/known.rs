//! What the syntax of a type tells of how it travels.
//!
//! For documentation and messages only: what is sent depends on what a type is, not on how it is called.

use syn::{Expr, ExprLit, Lit, Type};

use crate::types;

/// How values travel, as far as syntax shows it.
pub(crate) enum Known {
    /// In a struct format, with these items.
    Struct(Vec<Item>),
    /// As a literal.
    Literal,
    /// That is the type's to say.
    No,
}

/// A count and a code of a struct format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) count: usize,
    pub(crate) code: char,
}

/// How arguments travel: one alone as it is, several as a tuple of them.
pub(crate) fn of_arguments<'a>(types: impl IntoIterator<Item = &'a Type>) -> Known {
    let types: Vec<_> = types.into_iter().collect();
    match types.as_slice() {
        [ty] => of(ty),
        types => of_all(types.iter().copied()),
    }
}

/// How types travel one behind the other.
pub(crate) fn of_all<'a>(types: impl IntoIterator<Item = &'a Type>) -> Known {
    let mut items = Vec::new();
    let mut is_known = true;
    let mut is_literal = false;
    for ty in types {
        match of(ty) {
            // No byte of a struct could stand for it.
            Known::Struct(more) if more.is_empty() => is_literal = true,
            Known::Struct(more) => items.extend(more),
            Known::Literal => is_literal = true,
            Known::No => is_known = false,
        }
    }
    match (is_literal, is_known) {
        // One literal makes literals of all others.
        (true, _) => Known::Literal,
        (false, true) => Known::Struct(items),
        (false, false) => Known::No,
    }
}

/// How a type travels.
pub(crate) fn of(ty: &Type) -> Known {
    match types::bare(ty) {
        Type::Tuple(tuple) => of_all(&tuple.elems),
        Type::Array(array) => match (length(&array.len), of(&array.elem)) {
            (Some(count), Known::Struct(items))
                if items == [Item { count: 1, code: 'B' }] && is_u8(&array.elem) =>
            {
                Known::Struct(vec![Item { count, code: 's' }])
            }
            (Some(1..), Known::Struct(items)) if items.is_empty() => Known::Literal,
            (Some(length), Known::Struct(items)) if length <= MOST => {
                Known::Struct(core::iter::repeat_n(items, length).flatten().collect())
            }
            (_, Known::Literal) => Known::Literal,
            _ => Known::No,
        },
        Type::Reference(_) | Type::Slice(_) => Known::Literal,
        Type::Path(path) => match path.path.get_ident().map(ToString::to_string).as_deref() {
            Some("char" | "u128" | "i128") => Known::Literal,
            Some(word) => code(word).map_or(Known::No, |code| Known::Struct(vec![Item { count: 1, code }])),
            None => Known::No,
        },
        _ => Known::No,
    }
}

/// The struct format of items, as the core writes it down.
pub(crate) fn format(items: &[Item]) -> String {
    let mut offset = 0;
    let mut is_aligned = true;
    let mut format = String::new();
    for Item { count, code } in folded(items) {
        let size = size(code);
        is_aligned &= offset % size == 0;
        offset += size * count;
        if count != 1 {
            format += &count.to_string();
        }
        format.push(code);
    }
    if is_aligned { format } else { format!("<{format}") }
}

/// More elements than this fit no frame.
const MOST: usize = 255;

fn folded(items: &[Item]) -> Vec<Item> {
    let mut all: Vec<Item> = Vec::new();
    for item in items {
        match all.last_mut() {
            Some(last) if last.code == item.code && item.code != 's' => last.count += item.count,
            _ => all.push(*item),
        }
    }
    all
}

fn length(expression: &Expr) -> Option<usize> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

fn is_u8(ty: &Type) -> bool {
    matches!(types::bare(ty), Type::Path(path) if path.path.is_ident("u8"))
}

fn code(word: &str) -> Option<char> {
    Some(match word {
        "u8" | "bool" => 'B',
        "i8" => 'b',
        "u16" => 'H',
        "i16" => 'h',
        "u32" => 'I',
        "i32" => 'i',
        "u64" => 'Q',
        "i64" => 'q',
        "f32" => 'f',
        "f64" => 'd',
        _ => return None,
    })
}

fn size(code: char) -> usize {
    match code {
        'h' | 'H' => 2,
        'i' | 'I' | 'f' => 4,
        'q' | 'Q' | 'd' => 8,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use syn::Type;

    use super::Known;

    fn shown(text: &str) -> String {
        let ty: Type = syn::parse_str(text).unwrap();
        match super::of(&ty) {
            Known::Struct(items) => super::format(&items),
            Known::Literal => "repr".to_owned(),
            Known::No => "?".to_owned(),
        }
    }

    #[test]
    fn primitives_and_what_is_made_of_them_are_known() {
        for (ty, expected) in [
            ("f32", "f"),
            ("bool", "B"),
            ("(f32, f32, f32)", "3f"),
            ("[i16; 4]", "4h"),
            ("[u8; 16]", "16s"),
            ("[bool; 2]", "2B"),
            ("(u8, i32)", "<Bi"),
            ("(i32, u16, [u8; 2])", "iH2s"),
            ("([u8; 2], [u8; 2])", "2s2s"),
            ("()", ""),
            ("((), u8)", "repr"),
            ("[(); 2]", "repr"),
            ("((u8, u8), u8)", "3B"),
            ("&str", "repr"),
            ("(u8, &[u8])", "repr"),
            ("u128", "repr"),
            ("Imu", "?"),
            ("(u8, Imu)", "?"),
            ("[u8; N]", "?"),
            ("core::primitive::u8", "?"),
        ] {
            assert_eq!(shown(ty), expected, "{ty}");
        }
    }
}
