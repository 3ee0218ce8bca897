//! The sources of the commit that figures are compared with, built and measured beside the working tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{cargo, root};

/// The last commit before the core was rebuilt.
pub(crate) const COMMIT: &str = "964fae8";

/// The sources of [`COMMIT`], under `target/`.
#[derive(Debug, Clone)]
pub(crate) struct Baseline {
    sources: PathBuf,
}

impl Baseline {
    /// Exports the sources from git, unless an earlier run did. Fails where the history lacks the commit, as in a shallow
    /// clone.
    pub(crate) fn export() -> Result<Self> {
        let name = format!("baseline-{COMMIT}");
        let sources = root().join("target").join(&name);
        if sources.exists() {
            return Ok(Self { sources });
        }
        let is_known = git(&["cat-file", "-e", &format!("{COMMIT}^{{commit}}")]).is_ok();
        ensure!(is_known, "git does not have this commit here");
        // Renamed once it is complete, so that an export that is interrupted is not taken for a whole one.
        let partial = format!("target/{name}.partial");
        git(&["read-tree", COMMIT])?;
        git(&["checkout-index", "--all", "--force", "--quiet", &format!("--prefix={partial}/")])?;
        std::fs::rename(root().join(partial), &sources)
            .with_context(|| format!("can't make {}", sources.display()))?;
        Ok(Self { sources })
    }

    /// The folder of its workspace.
    pub(crate) fn sources(&self) -> &Path {
        &self.sources
    }

    /// The folder for its build output: not that of the working tree, whose programs have the same names.
    pub(crate) fn target(&self) -> PathBuf {
        self.sources.join("target")
    }

    /// A cargo command in its workspace.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.sources).env("CARGO_TARGET_DIR", self.target());
        command
    }

    /// Copies a crate of the working tree into it and makes it a member of its workspace.
    pub(crate) fn add_member(&self, path: &str, files: &[&str]) -> Result<()> {
        for file in files {
            let to = self.sources.join(path).join(file);
            std::fs::create_dir_all(to.parent().unwrap_or(&self.sources))?;
            self.put(&root().join(path).join(file), &format!("{path}/{file}"))?;
        }
        let manifest = self.sources.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest)?;
        if !text.contains(&format!("\"{path}\"")) {
            std::fs::write(&manifest, text.replace("members = [", &format!("members = [\"{path}\",")))?;
        }
        Ok(())
    }

    /// Copies a file of the working tree into it, unless the content is equal, so that cargo does not rebuild it. Leaves out
    /// `contract = false`, an option that the baseline does not know and whose effect it has.
    pub(crate) fn put(&self, from: &Path, to: &str) -> Result<()> {
        let to = self.sources.join(to);
        let content =
            std::fs::read_to_string(from).with_context(|| format!("can't read {}", from.display()))?;
        let content = content.replace("interface(contract = false)", "interface");
        if std::fs::read_to_string(&to).is_ok_and(|there| there == content) {
            return Ok(());
        }
        std::fs::write(&to, content).with_context(|| format!("can't write {}", to.display()))
    }
}

/// Runs git with a separate index, so that the index of the working tree is unchanged.
fn git(arguments: &[&str]) -> Result<()> {
    let index = root().join("target").join(format!("baseline-{COMMIT}.index"));
    std::fs::create_dir_all(root().join("target"))?;
    let output =
        Command::new("git").args(arguments).current_dir(root()).env("GIT_INDEX_FILE", index).output();
    let output = output.context("can't run git")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git {} failed: {}", arguments.join(" "), complaint.trim());
    Ok(())
}
