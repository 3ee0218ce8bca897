//! The table of limits names tests that there are.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The sources of Rust in a folder, without what is built.
fn sources(folder: &Path, all: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            sources(&path, all)?;
        } else if name.ends_with(".rs") {
            all.push(path);
        }
    }
    Ok(())
}

#[test]
fn the_tests_that_reach_the_limits_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    sources(root, &mut files).unwrap();
    let text = |path: &PathBuf| fs::read_to_string(path).unwrap();
    let table = fs::read_to_string(root.join("docs/limits.md")).unwrap();
    let mut count = 0;
    for row in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| **")).skip(1) {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let (paths, names): (Vec<_>, Vec<_>) =
            tests.split('`').skip(1).step_by(2).partition(|word| word.contains(['.', '/']));
        let of_row: Vec<_> =
            files.iter().filter(|file| paths.iter().any(|path| file.ends_with(path))).collect();
        for path in &paths {
            assert!(
                root.join(path).exists() || of_row.iter().any(|file| file.ends_with(path)),
                "no {path}: {row}"
            );
        }
        for name in names {
            let function = format!("fn {name}(");
            assert!(of_row.iter().any(|file| text(file).contains(&function)), "no {name} in {paths:?}");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}
