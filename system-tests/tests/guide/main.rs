//! What the README and the pages of `docs` and `spec` say is so: their code, their paths, their links, their figures.

mod figures;
mod links;
mod quotes;

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
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

/// Every page under a folder, with its text.
fn pages(folder: &str) -> impl Iterator<Item = (PathBuf, String)> {
    let pages = files(&root().join(folder)).into_iter().filter(|path| has_extension(path, "md"));
    pages.map(|path| {
        let text = read_to_string(&path).unwrap();
        (path, text)
    })
}
