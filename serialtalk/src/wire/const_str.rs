//! Comparison of strings at compile time.

use core::cmp::Ordering;

/// Compares two strings by their bytes.
///
/// With indices, because every function call and slice pattern takes the compiler time, thousands of times for an interface.
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) const fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() {
        if a[at] != b[at] {
            return if a[at] < b[at] { Ordering::Less } else { Ordering::Greater };
        }
        at += 1;
    }
    if a.len() == b.len() {
        Ordering::Equal
    } else if a.len() < b.len() {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// Whether two strings are equal.
pub(crate) const fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && matches!(compare(a, b), Ordering::Equal)
}
