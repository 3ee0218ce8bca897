//! Names of generated items: none is there twice, and none hides what generated code uses.

use std::collections::{BTreeMap, BTreeSet};

/// Names of one scope.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The next number for each name that was not free.
    numbers: BTreeMap<String, usize>,
}

impl Names {
    /// Names of types, of which those are taken that mean something in generated code.
    pub(super) fn of_types() -> Self {
        Self { taken: RESERVED.split(' ').map(str::to_owned).collect(), ..Self::default() }
    }

    /// Takes a name that is free.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Whether a name is free.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Takes a name, with a number after it if it is not free.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        while !self.is_free(&free) {
            let number = self.numbers.entry(name.to_owned()).or_insert(1);
            *number += 1;
            free = format!("{name}{number}");
        }
        self.take(&free);
        free
    }
}

/// Words that mean something in generated code where a type is expected.
const RESERVED: &str = "u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char str String Vec Option Some None \
    Result Ok Err Self Box BTreeMap Copy Clone Debug Eq PartialEq Ord PartialOrd Send Sync Sized Drop Fn FnMut FnOnce From Into \
    Value serialtalk serde std core alloc";

/// Whether a type of this name would hide another.
pub(super) fn is_reserved(name: &str) -> bool {
    RESERVED.split(' ').any(|word| word == name)
}

/// Returns `SetColor` for `set color` and `set_color`.
pub(super) fn camel(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect()
}

/// Returns `far_mult` for `far mult`; empty if no letter is left.
pub(super) fn snake(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_").to_lowercase();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Returns what the names of the constants of an interface begin with: `HTTP_SERVER2` for `HttpServer2` and for `HTTPServer2`, as
/// `#[serialtalk::interface]` makes them.
pub fn constant_prefix(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut all = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let follows_word = before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
        let ends_capitals = before.is_some_and(|before| before.is_uppercase())
            && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (follows_word || ends_capitals) {
            all.push('_');
        }
        all.extend(letter.to_uppercase());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_form_of_what_they_name() {
        assert_eq!((camel("set color").as_str(), camel("r#type").as_str()), ("SetColor", "RType"));
        assert_eq!((camel("größe_9").as_str(), camel("--").as_str()), ("Größe9", ""));
        assert_eq!((snake("far mult").as_str(), snake("9 \"ÄB").as_str()), ("far_mult", "_9_b"));
        assert_eq!(constant_prefix("HTTPServer2a"), "HTTP_SERVER2A");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut names = Names::default();
        names.take("Imu2");
        assert_eq!(["Imu"; 3].map(|name| names.unique(name)), ["Imu", "Imu3", "Imu4"]);
    }
}
