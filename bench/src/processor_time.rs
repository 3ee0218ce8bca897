//! Processor time.

use std::time::Duration;

use anyhow::{Context, Result};

/// The total processor time of child processes that have been waited for.
pub(crate) fn of_children() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("can't read /proc/self/stat")?;
    children_in(&stat).context("/proc/self/stat has no times")
}

/// The fields `cutime` and `cstime`, in hundredths of a second: see proc(5).
fn children_in(stat: &str) -> Option<Duration> {
    // The second field is the name of the program, which may hold spaces and parentheses.
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(13);
    let [user, system]: [u64; 2] = [fields.next()?.parse().ok()?, fields.next()?.parse().ok()?];
    Some(Duration::from_millis(10 * (user + system)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_children_are_found_after_any_name() {
        let stat = "42 (a) b c) R 1 2 3 4 5 6 7 8 9 10 11 12 130 7 20 0 1 0";
        assert_eq!(children_in(stat), Some(Duration::from_millis(1370)));
        assert_eq!(children_in("42 (a) R 1 2"), None);
    }
}
