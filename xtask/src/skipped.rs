//! Which tests were skipped, and why.

mod compiled_out;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use compiled_out::CompiledOut;
use peers::SkippedTest;

use crate::totals::Totals;

/// The reason of tests with the attribute `#[ignore]`.
const IGNORED: &str = "marked `ignore`";

/// The tests that were skipped, in a file that they write themselves, and the reasons behind what was missing for them.
#[derive(Debug)]
pub(crate) struct Skipped {
    file: PathBuf,
    reasons: BTreeMap<String, String>,
    compiled_out: Vec<CompiledOut>,
}

impl Skipped {
    /// None yet.
    pub(crate) fn new() -> Result<Self> {
        let file = crate::cargo::root().join("target").join("skipped.txt");
        std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
        std::fs::write(&file, "").with_context(|| format!("can't write {}", file.display()))?;
        Ok(Self { file, reasons: BTreeMap::new(), compiled_out: Vec::new() })
    }

    /// Where tests write to, by way of the variable `SERIALTALK_SKIPPED`.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Notes why tests will find something missing.
    pub(crate) fn explain(&mut self, missing: String, reason: String) {
        self.reasons.insert(missing, reason);
    }

    /// Counts the tests that this operating system compiles out, of which test programs know nothing.
    pub(crate) fn add_compiled_out(&mut self) -> Result<()> {
        self.compiled_out = compiled_out::tests(&crate::cargo::root(), &compiled_out::RESTRICTIONS)?;
        Ok(())
    }

    /// What the test programs counted, put right: they take a test that was skipped for passed.
    pub(crate) fn put_right(&self, totals: Totals) -> Totals {
        let totals = totals.skip(self.tests().len() as u64);
        Totals { skipped: totals.skipped + self.compiled_out.len() as u64, ..totals }
    }

    /// Each test that was skipped up to now, once.
    pub(crate) fn tests(&self) -> Vec<SkippedTest> {
        let list = std::fs::read_to_string(&self.file).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let tests = list.lines().filter_map(SkippedTest::parse);
        tests.filter(|it| seen.insert((it.program.clone(), it.test.clone()))).collect()
    }

    /// Every test that was skipped, by reason; `ignored` are those that the test programs skipped themselves.
    pub(crate) fn by_reason(&self, ignored: &[String]) -> ByReason {
        let mut by_reason = ByReason::default();
        for SkippedTest { program, test, missing } in self.tests() {
            let reason = self.reasons.get(&missing).unwrap_or(&missing);
            by_reason.0.entry(reason.clone()).or_default().insert((program, test));
        }
        for CompiledOut { reason, program, test } in &self.compiled_out {
            by_reason.0.entry((*reason).into()).or_default().insert((program.clone(), test.clone()));
        }
        for test in ignored {
            by_reason.0.entry(IGNORED.into()).or_default().insert((String::new(), test.clone()));
        }
        by_reason
    }
}

/// Tests that were skipped: their programs and names, by reason.
#[derive(Debug, Default)]
pub(crate) struct ByReason(BTreeMap<String, BTreeSet<(String, String)>>);

impl fmt::Display for ByReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (reason, tests) in &self.0 {
            writeln!(f, "skipped, {reason}: {}", tests.len())?;
            for line in names::fold(tests) {
                writeln!(f, "    {line}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(lines: &str) -> Skipped {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("serialtalk-skipped-{}-{number}", std::process::id());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, lines).unwrap();
        Skipped { file, reasons: BTreeMap::new(), compiled_out: Vec::new() }
    }

    #[test]
    fn a_test_counts_once_whatever_else_it_misses() {
        let skipped =
            skipped("boards\ta\tno qemu\nboards\ta\tno firmware\nother\ta\tno qemu\nno line of ours\n");
        let tests = skipped.tests();
        assert_eq!(tests.len(), 2);
        assert!(tests.iter().all(|test| test.missing == "no qemu"));
        std::fs::remove_file(skipped.file()).unwrap();
    }

    #[test]
    fn totals_tell_tests_that_ran_from_those_that_did_not() {
        let mut skipped = skipped("boards\ta\tno qemu\nboards\tb\tno qemu\n");
        skipped.compiled_out.push(CompiledOut {
            reason: "only on Unix",
            program: "uart".into(),
            test: "c".into(),
        });
        let totals = skipped.put_right(Totals { passed: 10, failed: 1, skipped: 1 });
        assert_eq!(totals.to_string(), "8 passed, 1 failed, 4 skipped");
        std::fs::remove_file(skipped.file()).unwrap();
    }

    #[test]
    fn names_are_grouped_under_their_reason() {
        let mut skipped = skipped(
            "boards\tcalls::a\tno x\nboards\tcalls::b\tno y\nboards\tcalls::c\tno z\nuart\td\tno z\n",
        );
        skipped.explain("no x".into(), "no Rust for AVR".into());
        skipped.explain("no y".into(), "no Rust for AVR".into());
        let ignored = ["slow".to_owned()];
        assert_eq!(
            skipped.by_reason(&ignored).to_string(),
            "skipped, marked `ignore`: 1\n    slow\n\
             skipped, no Rust for AVR: 2\n    boards: calls::{a, b}\n\
             skipped, no z: 2\n    boards: calls::c\n    uart: d\n"
        );
        std::fs::remove_file(skipped.file()).unwrap();
    }
}
