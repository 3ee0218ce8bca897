//! Paths of this machine and of a board: a board's begin with `:`, as those of mpremote.

use std::convert::Infallible;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::str::FromStr;

use crate::failure::{Failure, Result};

/// A path of this machine or of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Of this machine.
    Here(PathBuf),
    /// Of the board; empty is the folder in which its programs start.
    There(BoardPath),
}

/// A path of a board; empty is the folder in which its programs start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BoardPath {
    pub(crate) path: String,
    /// Whether it was written with a `/` at its end, so that it can only be a folder.
    pub(crate) must_be_folder: bool,
}

impl Place {
    /// Reads a word of the command line.
    pub(crate) fn of(word: &OsStr) -> Result<Self> {
        match word.as_encoded_bytes().first() {
            Some(b':') => {
                let path = word.to_str().ok_or_else(|| {
                    Failure::usage(format!("{}: a path of a board has to be Unicode", word.display()))
                })?;
                Ok(Self::There(BoardPath::new(path)))
            }
            Some(_) => Ok(Self::Here(word.into())),
            None => Err(Failure::usage("a path is empty: `.` is this folder, and `:` is that of the board")),
        }
    }
}

impl BoardPath {
    /// Reads a path, with or without `:`.
    pub(crate) fn new(text: &str) -> Self {
        let text = text.strip_prefix(':').unwrap_or(text);
        let trimmed = text.trim_end_matches('/');
        let path = match (trimmed, text) {
            ("", "") | (".", _) => "",
            ("", _) => "/",
            (trimmed, _) => trimmed.strip_prefix("./").unwrap_or(trimmed),
        };
        Self { path: path.into(), must_be_folder: text.ends_with('/') }
    }

    /// The path of what is in this folder.
    pub(crate) fn join(&self, name: &str) -> Self {
        let path = match self.path.as_str() {
            "" => name.to_owned(),
            folder => format!("{}/{name}", folder.trim_end_matches('/')),
        };
        Self { path, must_be_folder: false }
    }

    /// The last part of the path; `None` of the folder in which programs start, and of the root.
    pub(crate) fn name(&self) -> Option<&str> {
        self.path.rsplit('/').next().filter(|name| !matches!(*name, "" | "." | ".."))
    }

    /// The folder that this is in.
    pub(crate) fn parent(&self) -> Self {
        let path = match self.path.rsplit_once('/') {
            None => "",
            Some(("", _)) => "/",
            Some((folder, _)) => folder,
        };
        Self { path: path.into(), must_be_folder: true }
    }

    /// Whether it is a whole drive, or all drives.
    pub(crate) fn is_all(&self) -> bool {
        self.name().is_none()
    }
}

impl FromStr for BoardPath {
    type Err = Infallible;

    fn from_str(text: &str) -> std::result::Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl std::fmt::Display for BoardPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, ":{}", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_board_have_one_form() {
        for (text, path, is_folder) in [
            (":", "", false),
            ("", "", false),
            (":/", "/", true),
            (":.", "", false),
            (":./a", "a", false),
            (":lib/", "lib", true),
            ("lib/a.py", "lib/a.py", false),
            (":/flash/a b", "/flash/a b", false),
            ("::a", ":a", false),
        ] {
            let expected = BoardPath { path: path.into(), must_be_folder: is_folder };
            assert_eq!(BoardPath::new(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_joined_and_taken_apart() {
        let path = |text| BoardPath::new(text);
        assert_eq!(path(":").join("a"), path("a"));
        assert_eq!(path(":/").join("a"), path("/a"));
        assert_eq!(path(":/a").parent().path, "/");
        assert_eq!(path("a").parent().path, "");
        assert_eq!(path("a/b").parent().path, "a");
        assert_eq!(path("/").name(), None);
        assert_eq!(path("a/b/").name(), Some("b"));
        assert!(path("..").is_all() && path("/").is_all() && !path("/sd").is_all());
    }
}
