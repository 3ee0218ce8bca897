//! What was skipped. Tests report it in a file (`peers::skip`), a line each: `skipped: TEST: REASON`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use peers::is_ci;

/// What was skipped so far, with the reasons.
#[derive(Debug)]
pub(crate) struct Skipped {
    reasons: Vec<String>,
    file: PathBuf,
}

impl Skipped {
    /// Creates an empty list, and the file to which tests append.
    pub(crate) fn new() -> Result<Self> {
        let file = crate::cargo::root().join("target").join("skipped.txt");
        std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
        std::fs::write(&file, "")?;
        Ok(Self { reasons: Vec::new(), file })
    }

    /// The file to which tests append, passed to them in the variable `SERIALTALK_SKIPPED`.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Adds an entry; fails in continuous integration.
    pub(crate) fn add(&mut self, reason: String) -> Result<()> {
        ensure!(!is_ci(), "nothing may be skipped with CI=true, but {reason}");
        println!("skipped: {reason}");
        self.reasons.push(reason);
        Ok(())
    }

    /// Prints every entry; fails in continuous integration if there is one.
    pub(crate) fn report(mut self) -> Result<()> {
        self.reasons.extend(by_reason(&std::fs::read_to_string(&self.file)?));
        for reason in &self.reasons {
            println!("skipped: {reason}");
        }
        if self.reasons.is_empty() {
            println!("nothing was skipped");
        }
        ensure!(self.reasons.is_empty() || !is_ci(), "nothing may be skipped with CI=true");
        Ok(())
    }
}

/// Counts the tests of each reason in the text of the file.
fn by_reason(text: &str) -> Vec<String> {
    let mut tests = BTreeMap::<_, BTreeSet<_>>::new();
    let entries = text.lines().filter_map(|line| line.strip_prefix("skipped: ")?.split_once(": "));
    for (test, reason) in entries {
        tests.entry(reason).or_default().insert(test);
    }
    tests.iter().map(|(reason, tests)| format!("{} tests: {reason}", tests.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::by_reason;

    #[test]
    fn each_test_counts_once_under_its_reason() {
        let text = "skipped: a::b: no qemu: install it\nskipped: c: no python: make it\n\
                    skipped: a::b: no qemu: install it\nskipped: d: no qemu: install it\n";
        assert_eq!(by_reason(text), ["1 tests: no python: make it", "2 tests: no qemu: install it"]);
    }
}
