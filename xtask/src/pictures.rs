//! `cargo xtask pictures`

use anyhow::Result;

use crate::cargo::{cargo, root, target};
use crate::step;

/// Builds the command and draws what a terminal shows of it, for the documentation.
pub(crate) fn run() -> Result<()> {
    step::run("pictures", cargo().args(["build", "--release", "--package", "serialtalk-cli"]))?;
    let program = target().join("release").join("serialtalk");
    let mut draw = cargo();
    draw.args(["run", "--quiet", "--package", "serialtalk-cli", "--example", "pictures", "--"]);
    draw.arg(program).arg(root().join("docs").join("pictures"));
    step::run("pictures", &mut draw)
}
