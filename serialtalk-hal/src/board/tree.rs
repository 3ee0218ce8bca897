//! Whole folders.

use std::fs;
use std::io;
use std::path::Path;

use serialtalk::link::Link;

use super::files::Written;
use super::{Board, BoardError};

/// The result of copying a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    /// How many files were sent.
    pub sent: usize,
    /// How many the board had already.
    pub unchanged: usize,
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
        if !to.is_empty() {
            self.make_folder(to)?;
        }
        let entries: Result<Vec<_>, _> = fs::read_dir(from).and_then(Iterator::collect);
        let mut entries = entries.map_err(|error| local(from, &error))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        let mut copied = Copied::default();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_str().ok_or_else(|| BoardError::Local {
                path: entry.path().display().to_string(),
                text: "the name is not Unicode, so the board cannot store it".into(),
            })?;
            let path =
                if to.is_empty() { name.to_owned() } else { format!("{}/{name}", to.trim_end_matches('/')) };
            if entry.path().is_dir() {
                let inner = self.copy_folder(&entry.path(), &path)?;
                copied.sent += inner.sent;
                copied.unchanged += inner.unchanged;
                continue;
            }
            let bytes = fs::read(entry.path()).map_err(|error| local(&entry.path(), &error))?;
            copied.count(self.write(&path, &bytes)?);
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

/// The error of a file or folder of this machine.
fn local<L: core::fmt::Display>(path: &Path, error: &io::Error) -> BoardError<L> {
    BoardError::Local { path: path.display().to_string(), text: error.to_string() }
}
