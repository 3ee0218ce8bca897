//! The abilities of a board that file transfers depend on.

use serialtalk::link::Link;
use serialtalk::repl::Script;

use super::{Board, BoardError};

/// The abilities of a board.
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
    /// How many bytes a block may have.
    pub(super) block: usize,
}

/// In smaller blocks the overhead dominates.
const SMALLEST_BLOCK: usize = 64;

/// Larger blocks are not faster.
const LARGEST_BLOCK: usize = 8192;

/// The share of the free memory for a block; the board holds it and two decoded copies.
const SHARE: usize = 16;

/// Queries the abilities; an expression, because a function would occupy memory and is needed once.
const ABOUT: &str = "(sys.platform,hasattr(os,'mkdir'),hasattr(os,'rename'),\
                     hasattr(getattr(sys,'stdin',0),'buffer'),(gc.collect(),gc.mem_free())[1])";

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Its `sys.platform`, and whether it had less than so many bytes of memory free when it was asked.
    pub(super) fn platform(&mut self, limit: u32) -> Result<(String, bool), BoardError<L::Error>> {
        self.define(&["imports"])?;
        let (platform, _, _, _, free) = self.about()?;
        Ok((platform, free < limit))
    }

    fn about(&mut self) -> Result<(String, bool, bool, bool, u32), BoardError<L::Error>> {
        Ok(self.repl.eval(Script::new(ABOUT).prints_text())?)
    }

    /// Returns the abilities; queries the board the first time.
    pub(super) fn means(&mut self) -> Result<Means, BoardError<L::Error>> {
        if let Some(means) = self.means {
            return Ok(means);
        }
        self.define(&["imports"])?;
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
