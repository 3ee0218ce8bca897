//! What a board has of what the transfer of files needs.

use serialtalk::link::Link;
use serialtalk::repl::Script;

use super::{Board, BoardError};

/// What a board can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Means {
    /// Whether its file system has folders.
    pub(super) folders: bool,
    /// Whether files can be renamed.
    pub(super) renames: bool,
    /// Whether its programs can read bytes.
    pub(super) reads: bool,
    /// Whether it knows SHA-256.
    pub(super) sha256: bool,
    /// How many bytes it can well take at once.
    pub(super) block: usize,
}

/// Smaller blocks are hardly more than what goes with each.
const SMALLEST_BLOCK: usize = 64;

/// Larger blocks do not make anything faster.
const LARGEST_BLOCK: usize = 8192;

/// A block, and what it is decoded to, twice, may take this part of the free memory.
const SHARE: usize = 16;

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Its `sys.platform`, and whether it had less than so many bytes of memory free when it was asked.
    pub(super) fn platform(&mut self, limit: u32) -> Result<(String, bool), BoardError<L::Error>> {
        self.define(&["about"])?;
        let (platform, _, _, _, free) = self.about()?;
        Ok((platform, free < limit))
    }

    fn about(&mut self) -> Result<(String, bool, bool, bool, u32), BoardError<L::Error>> {
        Ok(self.repl.eval(Script::new("_st_about()").prints_text())?)
    }

    /// Asks the board, the first time.
    pub(super) fn means(&mut self) -> Result<Means, BoardError<L::Error>> {
        if let Some(means) = self.means {
            return Ok(means);
        }
        self.define(&["about"])?;
        let (_, folders, renames, reads, free) = self.about()?;
        let sha256 = match self.define(&["sha256"]) {
            Ok(()) => true,
            Err(error) if error.exception().is_some_and(|it| it.kind() == "ImportError") => false,
            Err(error) => return Err(error),
        };
        let block = (free as usize / SHARE).clamp(SMALLEST_BLOCK, LARGEST_BLOCK);
        let means = Means { folders, renames, reads, sha256, block };
        self.means = Some(means);
        Ok(means)
    }
}
