//! The codecs compared with those of Python, on generated formats, values and literals.

mod literals;
mod numbers;
mod payloads;
mod structs;
mod values;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

/// Runs `check` on `count` generated values, and shrinks the first for which it fails.
///
/// Unlike `proptest!`, it lets the check use a running oracle, which is neither `Sync` nor cheap to create.
#[track_caller]
fn for_all<S: Strategy>(count: u32, strategy: S, mut check: impl FnMut(&S::Value) -> Result<(), String>)
where
    S::Value: core::fmt::Debug,
{
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..count {
        let mut tree = strategy.new_tree(&mut runner).expect("a value is generated");
        let Err(mut error) = check(&tree.current()) else { continue };
        let mut smallest = format!("{:?}", tree.current());
        let mut failed = true;
        while if failed { tree.simplify() } else { tree.complicate() } {
            let result = check(&tree.current());
            failed = result.is_err();
            if let Err(now) = result {
                error = now;
                smallest = format!("{:?}", tree.current());
            }
        }
        panic!("{error}\n  with {smallest}");
    }
}

/// Returns an error unless both are equal.
fn same<T: PartialEq + core::fmt::Debug>(what: &str, ours: &T, theirs: &T) -> Result<(), String> {
    if ours == theirs { Ok(()) } else { Err(format!("{what}: ours {ours:?}\n  Python's {theirs:?}")) }
}
