//! The code and the paths in `docs` exist in the examples and in the tests.

use std::fs::{read_dir, read_to_string};
use std::path::Path;

/// Pages with code, and how many blocks each has at least.
const PAGES: [(&str, usize); 3] = [("your-board.md", 3), ("slow-jobs.md", 12), ("several-things.md", 11)];

#[test]
fn quoted_code_and_paths_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut sources = vec![];
    collect(&root.join("examples"), &mut sources);
    collect(&root.join("system-tests/tests"), &mut sources);
    for (page, least) in PAGES {
        let text = read_to_string(root.join("docs").join(page)).unwrap();
        let blocks: Vec<_> = text.split("```").skip(1).step_by(2).filter_map(code).collect();
        assert!(blocks.len() >= least, "{} blocks in {page}", blocks.len());
        for piece in blocks.iter().flat_map(|block| block.split("    // ...\n")) {
            let is_there = sources.iter().any(|source| source.contains(piece));
            assert!(is_there, "no example contains this piece of {page}:\n{piece}");
        }
        let is_path = |cell: &&str| ["examples/", "system-tests/"].iter().any(|it| cell.starts_with(it));
        for cell in text.split('`').skip(1).step_by(2).filter(is_path) {
            assert!(root.join(cell).exists(), "{page} names {cell}, which does not exist");
        }
    }
}

/// The code of a block, without its language; `None` if it is neither Rust nor Python.
fn code(block: &str) -> Option<&str> {
    block.strip_prefix("rust\n").or_else(|| block.strip_prefix("python\n"))
}

/// Every source file under a folder.
fn collect(folder: &Path, sources: &mut Vec<String>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "py") {
            sources.push(read_to_string(path).unwrap());
        }
    }
}
