//! What was left out. Tests write it to a file (`peers::left_out`), a line each: `left out: TEST: REASON`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

/// What was left out so far, with the reasons.
#[derive(Debug)]
pub(crate) struct LeftOut {
    reasons: Vec<String>,
    file: PathBuf,
}

impl LeftOut {
    /// Nothing yet.
    pub(crate) fn new() -> Result<Self> {
        let file = crate::cargo::root().join("target").join("left-out.txt");
        std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
        std::fs::write(&file, "")?;
        Ok(Self { reasons: Vec::new(), file })
    }

    /// Where tests write to, by way of the variable `SERIALTALK_LEFT_OUT`.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Notes something, unless this is continuous integration, where it is an error.
    pub(crate) fn add(&mut self, reason: String) -> Result<()> {
        ensure!(!is_ci(), "nothing may be left out with CI=true, but {reason}");
        println!("left out: {reason}");
        self.reasons.push(reason);
        Ok(())
    }

    /// Says at the end what was left out.
    pub(crate) fn report(mut self) -> Result<()> {
        let mut tests = BTreeMap::<_, BTreeSet<_>>::new();
        let list = std::fs::read_to_string(&self.file)?;
        for (test, reason) in
            list.lines().filter_map(|line| line.strip_prefix("left out: ")?.split_once(": "))
        {
            tests.entry(reason).or_default().insert(test);
        }
        self.reasons.extend(tests.iter().map(|(reason, tests)| format!("{} tests: {reason}", tests.len())));
        for reason in &self.reasons {
            println!("left out: {reason}");
        }
        if self.reasons.is_empty() {
            println!("nothing was left out");
        }
        ensure!(self.reasons.is_empty() || !is_ci(), "nothing may be left out with CI=true");
        Ok(())
    }
}

fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}
