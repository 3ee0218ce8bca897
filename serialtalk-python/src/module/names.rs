//! Names of Rust that may mean something else in Python.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Names in one scope, no two of them the same.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: Vec<String>,
    /// Whether names begin with no underscore, as the fields of named tuples.
    of_fields: bool,
}

impl Names {
    /// Names of fields.
    pub(super) fn of_fields() -> Self {
        Self { of_fields: true, ..Self::default() }
    }

    /// Names in a scope where these cannot be used.
    pub(super) fn without<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        Self { taken: taken.into_iter().map(ToOwned::to_owned).collect(), ..Self::default() }
    }

    /// A name close to this one that is free in Python and in this scope.
    pub(super) fn add(&mut self, name: &str) -> String {
        // Two underscores in front would make it another name in each class.
        let mut free = match name.strip_prefix(if self.of_fields { "_" } else { "__" }) {
            Some(rest) => rest.trim_start_matches('_').to_owned() + "_",
            None => name.to_owned(),
        };
        if self.of_fields && free.starts_with(|c: char| c == '_' || c.is_numeric()) {
            free.insert_str(0, "field");
        }
        while free == "_"
            || is_reserved(&free)
            || self.of_fields && is_one_of(OF_TUPLES, &free)
            || self.taken.contains(&free)
        {
            free.push('_');
        }
        self.taken.push(free.clone());
        free
    }
}

/// The keywords of Python, and what generated code has to find under its own name.
const RESERVED: [&str; 3] = [KEYWORDS, TYPES, PARTS];

const KEYWORDS: &str = "False None True and as assert async await break class continue def del elif else except finally \
    for from global if import in is lambda nonlocal not or pass raise return try while with yield";

const TYPES: &str =
    "Any Dict List NamedTuple Optional Tuple bool bytes float int str tuple NotImplementedError";

/// The methods of tuples.
const OF_TUPLES: &str = "count index";

const PARTS: &str = "_add _all _answer _bytes _call _commands _compare _each _find _payload _send _st _text _theirs _whole compare \
    register self st timeout";

fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|words| is_one_of(words, name))
}

fn is_one_of(words: &str, name: &str) -> bool {
    words.split(' ').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_something_get_another() {
        let mut names = Names::default();
        for (name, expected) in [
            ("mult", "mult"),
            ("lambda", "lambda_"),
            ("lambda", "lambda__"),
            ("lambda_", "lambda___"),
            ("_", "__"),
            ("_call", "_call_"),
            ("_x", "_x"),
            ("__init__", "init___"),
            ("bytes", "bytes_"),
            ("größe", "größe"),
        ] {
            assert_eq!(names.add(name), expected);
        }
        let mut names = Names::of_fields();
        for (name, expected) in
            [("x", "x"), ("count", "count_"), ("_x", "x_"), ("None", "None_"), ("__", "field_")]
        {
            assert_eq!(names.add(name), expected);
        }
        assert_eq!(Names::without(["Imu"]).add("Imu"), "Imu_");
    }
}
