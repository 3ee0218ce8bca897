//! The source files of a crate.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

/// The text of each `.rs` file, by its path from the folder of the workspace.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// The folder in which `lib.rs` is.
    pub(super) folder: PathBuf,
    files: BTreeMap<PathBuf, String>,
}

impl Sources {
    /// Reads all of a folder.
    pub(super) fn read(root: &Path, folder: &str) -> Result<Self> {
        let mut sources = Self { folder: folder.into(), files: BTreeMap::new() };
        sources.read_folder(root, Path::new(folder))?;
        Ok(sources)
    }

    fn read_folder(&mut self, root: &Path, folder: &Path) -> Result<()> {
        let whole = root.join(folder);
        for entry in std::fs::read_dir(&whole).with_context(|| format!("can't read {}", whole.display()))? {
            let path = folder.join(entry?.file_name());
            if root.join(&path).is_dir() {
                self.read_folder(root, &path)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(root.join(&path))
                    .with_context(|| format!("can't read {}", path.display()))?;
                self.files.insert(path, text);
            }
        }
        Ok(())
    }

    /// Texts that are in no folder.
    #[cfg(test)]
    pub(super) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (Path::new("src").join(path), text.to_owned()));
        Self { folder: "src".into(), files: files.collect() }
    }

    /// The text of a file, if there is one.
    pub(super) fn text(&self, path: &Path) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The paths of all files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }
}

/// Resolves `..` and `.` in a path by its text alone.
pub(super) fn normalized(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = parts.pop(),
            Component::CurDir => {}
            part => parts.push(part),
        }
    }
    parts
}
