//! Names of Rust that may mean something else in Python.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use unicode_normalization::UnicodeNormalization;

/// Names in one scope, no two of them the same.
#[derive(Debug)]
pub(super) struct Names {
    taken: Vec<String>,
    /// Words that cannot be names here.
    reserved: &'static [&'static str],
    /// Whether no name begins with an underscore.
    is_public: bool,
}

impl Names {
    /// Names of methods or of arguments, in the code of which these are used.
    pub(super) fn in_code<'n>(used: impl IntoIterator<Item = &'n str>) -> Self {
        let taken = used.into_iter().map(ToOwned::to_owned).collect();
        Self { taken, reserved: &[KEYWORDS, TYPES, PARTS], is_public: false }
    }

    /// Names of classes beside these. They are used in classes, where names with two underscores in front are others.
    pub(super) fn of_classes<'n>(beside: impl IntoIterator<Item = &'n str>) -> Self {
        Self { reserved: &[KEYWORDS, TYPES, PARTS, BUILTINS], is_public: true, ..Self::in_code(beside) }
    }

    /// Names of the fields of a named tuple, or of constants.
    pub(super) fn of_fields() -> Self {
        Self { taken: Vec::new(), reserved: &[KEYWORDS, OF_TUPLES], is_public: true }
    }

    /// A name close to this one that is free in Python and in this scope.
    pub(super) fn add(&mut self, name: &str) -> String {
        // What Python makes of a name before it compares it: a micro sign is the Greek letter mu, `ﬁ` is `fi`.
        let name = name.nfkc().collect::<String>();
        // Two underscores in front would make it another name in each class.
        let mut free = match name.strip_prefix(if self.is_public { "_" } else { "__" }) {
            Some(rest) => rest.trim_start_matches('_').to_owned() + "_",
            None => name.clone(),
        };
        if self.is_public && free.starts_with('_') || free.starts_with(|c: char| c.is_numeric()) {
            free.insert_str(0, if self.is_public { "x" } else { "_" });
        }
        while free == "_" || self.is_reserved(&free) || self.taken.contains(&free) {
            free.push('_');
        }
        self.taken.push(free.clone());
        free
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.iter().any(|words| words.split(' ').any(|word| word == name))
    }
}

const KEYWORDS: &str = "False None True and as assert async await break class continue def del elif else except finally \
    for from global if import in is lambda nonlocal not or pass raise return try while with yield";

/// What hints and layouts are made of.
const TYPES: &str =
    "Any Dict List NamedTuple Optional Tuple bool bytes float int str tuple NotImplementedError";

/// The methods of tuples.
const OF_TUPLES: &str = "count index";

/// What generated code finds under its own name.
const PARTS: &str = "_add _all _answer _bytes _call _commands _compare _each _find _payload _send _st _text _theirs _whole compare \
    register self st";

/// What the code that all modules share finds under its own name.
const BUILTINS: &str = "Exception ImportError TypeError ValueError any bytearray dict enumerate getattr hasattr isinstance iter len list min \
    next range repr staticmethod sum super zip";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_something_get_another() {
        let mut names = Names::in_code([]);
        for (name, expected) in [
            ("mult", "mult"),
            ("lambda", "lambda_"),
            ("lambda", "lambda__"),
            ("lambda_", "lambda___"),
            ("_", "__"),
            ("_call", "_call_"),
            ("_x", "_x"),
            ("__1", "_1_"),
            ("__init__", "init___"),
            ("bytes", "bytes_"),
            ("größe", "größe"),
        ] {
            assert_eq!(names.add(name), expected);
        }
        let mut names = Names::of_fields();
        for (name, expected) in
            [("x", "x"), ("count", "count_"), ("_x", "x_"), ("None", "None_"), ("__", "x__")]
        {
            assert_eq!(names.add(name), expected);
        }
        assert_eq!(Names::in_code(["Imu"]).add("Imu"), "Imu_");
    }

    #[test]
    fn names_that_are_the_same_to_python_get_different_ones() {
        let mut names = Names::in_code([]);
        for (name, expected) in [
            ("\u{b5}", "\u{3bc}"),
            ("\u{3bc}", "\u{3bc}_"),
            ("\u{fb01}t", "fit"),
            ("fit", "fit_"),
            ("e\u{301}", "\u{e9}"),
            ("\u{e9}", "\u{e9}_"),
            ("\u{ff49}\u{ff46}", "if_"),
        ] {
            assert_eq!(names.add(name), expected);
        }
    }
}
