//! The code and the paths in `docs` exist in the examples and in the tests.
//!
//! A block of Rust or Python is a quote, with `    // ...` for what is left out. A block that is marked `rust,no_run` is compiled
//! with the documentation of `examples/host` instead.

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// How many quotes there are at least, so that none gets lost by a change of this test.
const QUOTES: usize = 50;

#[test]
fn quoted_code_and_paths_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: PathBuf| read_to_string(path).unwrap();
    let is_source = |path: &PathBuf| has_extension(path, "rs") || has_extension(path, "py");
    let sources: Vec<_> = ["examples", "system-tests/tests"]
        .iter()
        .flat_map(|folder| files(&root.join(folder)))
        .filter(is_source)
        .map(read)
        .collect();
    let mut quotes = 0;
    for page in files(&root.join("docs")).into_iter().filter(|path| has_extension(path, "md")) {
        let text = read(page.clone());
        let name = page.display();
        for block in text.split("\n```").skip(1).step_by(2) {
            let (language, code) = block.split_once('\n').unwrap();
            assert!(
                ["", "text", "toml", "console", "rust", "rust,no_run", "python"].contains(&language),
                "{name}: {language}"
            );
            if language != "rust" && language != "python" {
                continue;
            }
            quotes += 1;
            for piece in format!("{code}\n").split("    // ...\n") {
                let is_there = INDENTS.iter().any(|indent| {
                    let piece = indented(piece, indent);
                    sources.iter().any(|source| source.contains(&piece))
                });
                assert!(is_there, "no example contains this piece of {name}:\n{piece}");
            }
        }
        let is_path = |cell: &&str| ["examples/", "system-tests/"].iter().any(|it| cell.starts_with(it));
        for cell in text.split('`').skip(1).step_by(2).filter(is_path) {
            assert!(root.join(cell).exists(), "{name} names {cell}, which does not exist");
        }
    }
    assert!(quotes >= QUOTES, "{quotes} quotes");
}

/// How far a quote may be indented in its source beyond the page.
const INDENTS: [&str; 3] = ["", "    ", "        "];

fn indented(piece: &str, indent: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { line.into() } else { format!("{indent}{line}") };
    piece.split_inclusive('\n').map(line).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|it| it == extension)
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
