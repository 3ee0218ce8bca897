//! The virtual environment with the Python peers, for the programs that need them.

use std::path::PathBuf;

use anyhow::Result;

/// Installs the peers, and returns their folder.
pub(crate) fn peers() -> Result<PathBuf> {
    let venv = peers::install()?;
    println!("==> Python peers: in {}", venv.folder().display());
    Ok(venv.folder().to_owned())
}
