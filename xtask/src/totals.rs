//! How many tests passed, failed and were skipped.

use std::fmt;
use std::ops::AddAssign;

/// What the lines `test result: ok. 3 passed; 0 failed; 1 ignored; ..` count, of one program or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Totals {
    /// What such a line says; nothing if it is another line.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count = |what: &str| {
            let count = counts.split("; ").find_map(|count| count.strip_suffix(what)?.strip_suffix(' '))?;
            count.parse().ok()
        };
        Some(Self { passed: count("passed")?, failed: count("failed")?, skipped: count("ignored")? })
    }

    /// A line `test result: ..` with these numbers in place of its own.
    pub(crate) fn put_into(self, line: &str) -> String {
        let Self { passed, failed, skipped } = self;
        let head = line.split_once(". ").map_or(line, |(head, _)| head);
        let tail = line.split_once(" ignored").map_or("", |(_, tail)| tail);
        format!("{head}. {passed} passed; {failed} failed; {skipped} ignored{tail}")
    }

    /// Counts `count` tests as skipped that were counted as passed.
    pub(crate) fn skip(self, count: u64) -> Self {
        Self { passed: self.passed.saturating_sub(count), skipped: self.skipped + count, ..self }
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed_and_other_lines_are_none() {
        let mut totals = Totals::default();
        for line in [
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test a::b ... ok",
            "test result: ok",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.00s",
        ] {
            totals += Totals::parse(line).unwrap_or_default();
        }
        assert_eq!(totals, Totals { passed: 13, failed: 2, skipped: 1 });
        assert_eq!(totals.to_string(), "13 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn a_skipped_test_did_not_pass() {
        let line =
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s";
        let totals = Totals::parse(line).unwrap().skip(2);
        assert_eq!(totals.to_string(), "1 passed, 0 failed, 3 skipped");
        let put_right = totals.put_into(line);
        assert!(
            put_right.starts_with("test result: ok. 1 passed; 0 failed; 3 ignored; 0 measured; 7 filtered")
        );
    }
}
