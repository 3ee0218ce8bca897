//! Whole folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serialtalk::link::Link;

use super::files::Written;
use super::{Board, BoardError};

/// What is in a folder of this machine, to be copied to a board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    folders: Vec<String>,
    files: Vec<File>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    source: PathBuf,
    /// Its path in the folder.
    path: String,
    size: u64,
}

/// A file or folder of this machine cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {text}")]
pub struct LocalError {
    /// The path on this machine.
    pub path: String,
    /// The error of the operating system.
    pub text: String,
}

/// The result of copying a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// How many files were sent.
    pub sent: usize,
    /// How many the board had already.
    pub unchanged: usize,
}

impl Tree {
    /// Lists what is in a folder, and in the folders in it, but for what `is_meant` is false of.
    ///
    /// # Errors
    ///
    /// What cannot be read, and names that are not Unicode, which a board cannot store.
    pub fn read(folder: &Path, is_meant: impl Fn(&Path) -> bool) -> Result<Self, LocalError> {
        let mut tree = Self::default();
        tree.add(folder, "", &is_meant)?;
        Ok(tree)
    }

    fn add(&mut self, from: &Path, to: &str, is_meant: &impl Fn(&Path) -> bool) -> Result<(), LocalError> {
        let entries: Result<Vec<_>, _> = fs::read_dir(from).and_then(Iterator::collect);
        let mut entries = entries.map_err(|error| LocalError::of(from, &error))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let source = entry.path();
            if !is_meant(&source) {
                continue;
            }
            let name = entry.file_name();
            let name = name.to_str().ok_or_else(|| LocalError {
                path: source.display().to_string(),
                text: "the name is not Unicode, so the board cannot store it".into(),
            })?;
            let path = joined(to, name);
            let about = fs::metadata(&source).map_err(|error| LocalError::of(&source, &error))?;
            if about.is_dir() {
                self.folders.push(path.clone());
                self.add(&source, &path, is_meant)?;
            } else {
                self.files.push(File { source, path, size: about.len() });
            }
        }
        Ok(())
    }

    /// How many bytes its files have.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// Its files: their paths on this machine, and in the folder, with `/` between the names.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files.iter().map(|file| (file.source.as_path(), file.path.as_str()))
    }
}

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Copies the contents of a folder of this machine into a folder of the board, with the folders in it. Files that the board
    /// has already are not sent; other files of the board stay. `""` is the folder in which the board's programs start.
    ///
    /// # Errors
    ///
    /// [`BoardError::Local`], and those of [`write`](Self::write) and [`make_folder`](Self::make_folder). What was
    /// copied before stays, and is not sent again the next time.
    pub fn copy_folder(&mut self, from: &Path, to: &str) -> Result<Copied, BoardError<L::Error>> {
        self.copy_tree(&Tree::read(from, |_| true)?, to)
    }

    /// Copies a tree into a folder of the board, as [`copy_folder`](Self::copy_folder) does.
    ///
    /// # Errors
    ///
    /// As [`copy_folder`](Self::copy_folder).
    pub fn copy_tree(&mut self, tree: &Tree, to: &str) -> Result<Copied, BoardError<L::Error>> {
        if !to.is_empty() {
            self.make_folder(to)?;
        }
        for folder in &tree.folders {
            self.make_folder(&joined(to, folder))?;
        }
        let mut copied = Copied::default();
        for file in &tree.files {
            let bytes = fs::read(&file.source).map_err(|error| LocalError::of(&file.source, &error))?;
            copied.count(self.write(&joined(to, &file.path), &bytes)?);
        }
        Ok(copied)
    }
}

impl Copied {
    /// Counts one file.
    pub(super) fn count(&mut self, written: Written) {
        match written {
            Written::Sent => self.sent += 1,
            Written::Unchanged => self.unchanged += 1,
        }
    }
}

impl LocalError {
    fn of(path: &Path, error: &io::Error) -> Self {
        Self { path: path.display().to_string(), text: error.to_string() }
    }
}

/// The path of what is in a folder; `""` is the folder in which the board's programs start.
fn joined(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        folder => format!("{}/{path}", folder.trim_end_matches('/')),
    }
}
