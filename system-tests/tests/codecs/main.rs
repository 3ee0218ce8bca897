//! Our codecs against Python's own on generated formats, values and literals.

mod literals;
mod numbers;
mod payloads;
mod structs;
mod values;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

/// Runs `check` on `count` generated values; the first for which it says no is made as small as it can be.
///
/// As `proptest!` does it, but with something that is not `Sync` or cheap to make: a running oracle.
#[track_caller]
fn for_all<S: Strategy>(count: u32, strategy: S, mut check: impl FnMut(&S::Value) -> Result<(), String>)
where
    S::Value: core::fmt::Debug,
{
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..count {
        let mut tree = strategy.new_tree(&mut runner).expect("a value is generated");
        let Err(mut complaint) = check(&tree.current()) else { continue };
        let mut smallest = format!("{:?}", tree.current());
        let mut failed = true;
        while if failed { tree.simplify() } else { tree.complicate() } {
            let result = check(&tree.current());
            failed = result.is_err();
            if let Err(now) = result {
                complaint = now;
                smallest = format!("{:?}", tree.current());
            }
        }
        panic!("{complaint}\n  with {smallest}");
    }
}

/// Complains if two things that should be equal are not.
fn same<T: PartialEq + core::fmt::Debug>(what: &str, ours: &T, theirs: &T) -> Result<(), String> {
    if ours == theirs { Ok(()) } else { Err(format!("{what}: ours {ours:?}\n  Python's {theirs:?}")) }
}
