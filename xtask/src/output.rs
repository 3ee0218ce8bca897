//! What `cargo test` prints, put right: a test that was skipped is not `ok`, for it returned before it tested anything.

use std::collections::BTreeMap;

use peers::SkippedTest;

use crate::totals::Totals;

/// The output, read so far.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// What was read, before it was put right.
    pub(crate) totals: Totals,
    /// The tests that have the attribute `#[ignore]`, and examples in documentation that are marked so.
    pub(crate) ignored: Vec<String>,
    /// How many tests of each name were shown as skipped, since programs may have tests of the same name.
    shown: BTreeMap<String, usize>,
    /// How many of the running program.
    skipped: u64,
}

impl Output {
    /// Takes the next line, and returns it as it should be. `skipped` reads which tests were skipped up to now.
    pub(crate) fn put_right(&mut self, line: &str, skipped: impl FnOnce() -> Vec<SkippedTest>) -> String {
        if let Some(counts) = Totals::parse(line) {
            self.totals += counts;
            return counts.skip(std::mem::take(&mut self.skipped)).put_into(line);
        }
        let Some((name, outcome)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... "))
        else {
            return line.to_owned();
        };
        if outcome.starts_with("ignored") {
            self.ignored.push(name.to_owned());
        }
        if outcome != "ok" {
            return line.to_owned();
        }
        let test = name.trim_end_matches(" - should panic");
        let shown = self.shown.entry(test.to_owned()).or_default();
        if skipped().iter().filter(|it| it.test == test).count() <= *shown {
            return line.to_owned();
        }
        *shown += 1;
        self.skipped += 1;
        format!("test {name} ... skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_did_not_run_are_shown_as_skipped() {
        let mut output = Output::default();
        let list = || {
            vec![SkippedTest {
                program: "boards".into(),
                test: "load::lm3s6965".into(),
                missing: "no qemu".into(),
            }]
        };
        let result = |passed, ignored| {
            format!(
                "test result: ok. {passed} passed; 0 failed; {ignored} ignored; 0 measured; \
                 0 filtered out; finished in 0.01s"
            )
        };
        for (line, shown) in [
            ("running 3 tests", "running 3 tests"),
            ("test load::lm3s6965 ... ok", "test load::lm3s6965 ... skipped"),
            ("test load::riscv ... ok", "test load::riscv ... ok"),
            ("test load::slow ... ignored, it takes hours", "test load::slow ... ignored, it takes hours"),
            (&result(2, 1), &result(1, 2)),
            // The test of another program.
            ("test load::lm3s6965 ... ok", "test load::lm3s6965 ... ok"),
            (&result(1, 0), &result(1, 0)),
        ] {
            assert_eq!(output.put_right(line, list), shown);
        }
        assert_eq!(output.totals, Totals { passed: 3, failed: 0, skipped: 1 });
        assert_eq!(output.ignored, ["load::slow"]);
    }

    #[test]
    fn tests_that_should_panic_can_be_skipped() {
        let mut output = Output::default();
        let list = || {
            vec![SkippedTest { program: "peers".into(), test: "listens".into(), missing: "no Python".into() }]
        };
        let shown = output.put_right("test listens - should panic ... ok", list);
        assert_eq!(shown, "test listens - should panic ... skipped");
    }
}
