//! The code and the paths in `docs/your-board.md` exist in the examples.

use std::fs::{read_dir, read_to_string};
use std::path::Path;

#[test]
fn quoted_code_and_paths_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let guide = read_to_string(root.join("docs/your-board.md")).unwrap();
    let mut sources = vec![];
    collect(&root.join("examples"), &mut sources);
    let blocks: Vec<_> =
        guide.split("```").skip(1).step_by(2).filter_map(|it| it.strip_prefix("rust\n")).collect();
    assert!(blocks.len() >= 3, "{} blocks", blocks.len());
    for piece in blocks.iter().flat_map(|block| block.split("    // ...\n")) {
        assert!(sources.iter().any(|source| source.contains(piece)), "no example contains:\n{piece}");
    }
    for cell in guide.split('`').skip(1).step_by(2).filter(|cell| cell.starts_with("examples/")) {
        assert!(root.join(cell).exists(), "{cell} does not exist");
    }
}

/// Every source file under a folder.
fn collect(folder: &Path, sources: &mut Vec<String>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(read_to_string(path).unwrap());
        }
    }
}
