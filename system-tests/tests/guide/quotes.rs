//! The code and the paths in `docs` exist in the examples and in the tests.
//!
//! A block of Rust or Python is a quote, with `    // ...` for what is left out. A block that is marked `rust,no_run` is compiled
//! with the documentation of `examples/host` instead.

use std::fs::read_to_string;
use std::path::PathBuf;

use super::{files, has_extension, pages, root};

/// How many quotes there are at least, so that none is missed by this test.
const QUOTES: usize = 50;

/// What blocks are marked with.
const LANGUAGES: [&str; 6] = ["text", "toml", "console", "rust", "rust,no_run", "python"];

/// How far a quote may be indented in its source beyond the page.
const INDENTS: [&str; 3] = ["", "    ", "        "];

#[test]
fn quoted_code_and_paths_exist() {
    let is_source = |path: &PathBuf| has_extension(path, "rs") || has_extension(path, "py");
    let sources: Vec<_> = ["examples", "serialtalk-zenoh/examples", "system-tests/tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .filter(is_source)
        .map(|path| read_to_string(path).unwrap())
        .collect();
    let is_quoted = |piece: &str| {
        let mut pieces = INDENTS.iter().map(|indent| indented(piece, indent));
        pieces.any(|piece| sources.iter().any(|source| source.contains(&piece)))
    };
    let mut quotes = 0;
    for (page, text) in pages("docs") {
        let name = page.display();
        for block in text.split("\n```").skip(1).step_by(2) {
            let (language, code) = block.split_once('\n').unwrap();
            assert!(LANGUAGES.contains(&language), "{name} has a block of {language:?}");
            if language == "rust" || language == "python" {
                quotes += 1;
                for piece in format!("{code}\n").split("    // ...\n") {
                    assert!(is_quoted(piece), "no example contains this piece of {name}:\n{piece}");
                }
            }
        }
        let is_path = |cell: &&str| ["examples/", "system-tests/"].iter().any(|it| cell.starts_with(it));
        for cell in text.split('`').skip(1).step_by(2).filter(is_path) {
            assert!(root().join(cell).exists(), "{name} names {cell}, which does not exist");
        }
    }
    assert!(quotes >= QUOTES, "{quotes} quotes");
}

/// A piece of code as it is in a source that is indented further.
fn indented(piece: &str, indent: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { line.into() } else { format!("{indent}{line}") };
    piece.split_inclusive('\n').map(line).collect()
}
