//! Names of Rust that may mean something else in Python.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Names in one scope, no two of them the same.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: Vec<String>,
}

impl Names {
    /// A name close to this one that is free in Python and in this scope.
    pub(super) fn add(&mut self, name: &str) -> String {
        // Two underscores in front would make it another name in each class.
        let mut free = match name.strip_prefix("__") {
            Some(rest) => rest.trim_start_matches('_').to_owned() + "_",
            None => name.to_owned(),
        };
        while free == "_" || is_reserved(&free) || self.taken.contains(&free) {
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

const TYPES: &str = "Any Dict List Optional Tuple bool bytes float int str tuple NotImplementedError";

const PARTS: &str = "_POST _add _answer _bytes _call _commands _compare _find _send _st _text _theirs compare register self st";

fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|words| words.split(' ').any(|word| word == name))
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
    }
}
