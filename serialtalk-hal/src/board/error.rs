//! What can go wrong with files and programs on a board.

use serialtalk::repl::{Exception, ReplError};

use super::tree::LocalError;

/// Why something was not done on a board. `L` is the error of the link.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BoardError<L: core::fmt::Display> {
    /// The code that does it did not run to its end.
    #[error("{0}")]
    Repl(ReplError<L>),
    /// There is no room for it on the board. What was there under this path before is there still, except on boards that
    /// cannot rename files: there, nothing is.
    #[error("no space left on the board for {path}")]
    NoSpace {
        /// The path on the board.
        path: String,
    },
    /// There is no such file or folder on the board.
    #[error("there is no {path} on the board")]
    NotFound {
        /// The path on the board.
        path: String,
    },
    /// What the board has is not what was sent, or what was received is not what the board has. Nothing of it was kept.
    #[error("{path} was damaged on its way; try again, at a lower speed if this happens often")]
    Damaged {
        /// The path on the board.
        path: String,
    },
    /// The file system of this board has no folders.
    #[error("there can be no {path}: the file system of this board has no folders")]
    NoFolders {
        /// The path on the board.
        path: String,
    },
    /// A file or folder of this machine cannot be read.
    #[error("{0}")]
    Local(#[from] LocalError),
}

impl<L: core::fmt::Display> BoardError<L> {
    /// The Python exception, if it was one.
    pub fn exception(&self) -> Option<&Exception> {
        match self {
            Self::Repl(error) => error.exception(),
            _ => None,
        }
    }

    /// Whether the board's file system raised it.
    pub(super) fn is_of_system(&self) -> bool {
        matches!(self, Self::NotFound { .. }) || self.exception().is_some_and(|it| it.kind() == "OSError")
    }

    /// Converts an error that occurred at `path`.
    pub(super) fn at(path: &str) -> impl FnOnce(ReplError<L>) -> Self + '_ {
        move |error| {
            let path = path.to_owned();
            match error.exception() {
                // ENOSPC, also from a FAT file system.
                Some(exception) if exception.errno() == Some(28) => Self::NoSpace { path },
                Some(exception)
                    if exception.errno() == Some(2) || exception.message() == "file not found" =>
                {
                    Self::NotFound { path }
                }
                _ => Self::Repl(error),
            }
        }
    }
}

impl<L: core::fmt::Display> From<ReplError<L>> for BoardError<L> {
    fn from(error: ReplError<L>) -> Self {
        Self::Repl(error)
    }
}
