//! `cargo xtask man`

use anyhow::Result;

use crate::cargo::{cargo, root};
use crate::step;

/// Writes the man pages of the command into `target/man`.
pub(crate) fn run() -> Result<()> {
    let folder = root().join("target").join("man");
    let mut write = cargo();
    write.args(["run", "--quiet", "--package", "serialtalk-cli", "--example", "man", "--"]).arg(&folder);
    step::run("man", &mut write)?;
    println!("the pages are in {}", folder.display());
    Ok(())
}
