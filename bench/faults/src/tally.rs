//! What became of the calls of one direction.

use std::ops::AddAssign;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts what became of calls, at both ends: what the caller got, and what ran. Clones of it are the same tally.
#[derive(Clone)]
pub(crate) struct Tally(Arc<Mutex<Inner>>);

struct Inner {
    /// How often the command of each call ran.
    runs: Vec<u8>,
    counts: Counts,
}

/// What became of calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The caller got the right value.
    pub(crate) right: u64,
    /// The caller got another value, and no error.
    pub(crate) wrong: u64,
    /// The caller got an error.
    pub(crate) error: u64,
    /// The caller had nothing after 10 s.
    pub(crate) hung: u64,
    /// The command ran more than once.
    pub(crate) twice: u64,
    /// Runs with an argument that nobody sent.
    pub(crate) stray_runs: u64,
}

/// How a call ended.
pub(crate) enum Ended {
    Value(u32),
    Error,
    Hung,
}

impl Tally {
    /// A tally for so many calls.
    pub(crate) fn new(calls: u32) -> Self {
        Self(Arc::new(Mutex::new(Inner { runs: vec![0; calls as usize], counts: Counts::default() })))
    }

    /// How many calls are to be made.
    pub(crate) fn calls(&self) -> u32 {
        self.inner().runs.len() as u32
    }

    /// Is told how a call ended.
    pub(crate) fn ended(&self, number: u32, ended: Ended) {
        let counts = &mut self.inner().counts;
        match ended {
            Ended::Value(value) if value == value_of(argument_of(number)) => counts.right += 1,
            Ended::Value(_) => counts.wrong += 1,
            Ended::Error => counts.error += 1,
            Ended::Hung => counts.hung += 1,
        }
    }

    /// The command: runs with an argument, and returns a value.
    pub(crate) fn run(&self, argument: u32) -> u32 {
        let mut inner = self.inner();
        match inner.runs.get_mut(number_of(argument) as usize) {
            Some(runs) => *runs = runs.saturating_add(1),
            None => inner.counts.stray_runs += 1,
        }
        value_of(argument)
    }

    /// Whether all calls have ended.
    pub(crate) fn is_complete(&self) -> bool {
        let inner = self.inner();
        inner.counts.calls() == inner.runs.len() as u64
    }

    pub(crate) fn counts(&self) -> Counts {
        let inner = self.inner();
        let twice = inner.runs.iter().filter(|runs| **runs > 1).count() as u64;
        Counts { twice, ..inner.counts }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    pub(crate) fn calls(&self) -> u64 {
        self.right + self.wrong + self.error + self.hung
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.error += other.error;
        self.hung += other.hung;
        self.twice += other.twice;
        self.stray_runs += other.stray_runs;
    }
}

/// An odd factor and its inverse modulo 2^32. They spread the numbers of calls over all arguments, so that a damaged argument is
/// hardly ever that of another call.
const SPREAD: u32 = 0x9e37_79b1;
const GATHER: u32 = inverse(SPREAD);

/// The argument of a call.
pub(crate) fn argument_of(number: u32) -> u32 {
    number.wrapping_mul(SPREAD)
}

fn number_of(argument: u32) -> u32 {
    argument.wrapping_mul(GATHER)
}

fn value_of(argument: u32) -> u32 {
    argument.rotate_left(13) ^ 0x5bd1_e995
}

/// The inverse of an odd number modulo 2^32, by Newton's method: each step doubles the number of right bits.
const fn inverse(odd: u32) -> u32 {
    let mut inverse = odd;
    let mut step = 0;
    while step < 5 {
        inverse = inverse.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_has_an_argument_and_a_value_of_its_own() {
        assert_eq!(SPREAD.wrapping_mul(GATHER), 1);
        for number in (0..u32::MAX).step_by(99_991) {
            assert_eq!(number_of(argument_of(number)), number);
            assert_ne!(value_of(argument_of(number)), argument_of(number));
        }
    }

    #[test]
    fn what_became_of_calls_is_counted() {
        let tally = Tally::new(4);
        let value = tally.run(argument_of(0));
        tally.ended(0, Ended::Value(value));
        tally.run(argument_of(1));
        tally.run(argument_of(1));
        tally.ended(1, Ended::Error);
        tally.run(argument_of(4));
        tally.ended(2, Ended::Value(value));
        assert!(!tally.is_complete());
        tally.ended(3, Ended::Hung);
        assert!(tally.is_complete());
        let expected = Counts { right: 1, wrong: 1, error: 1, hung: 1, twice: 1, stray_runs: 1 };
        assert_eq!(tally.counts(), expected);
    }
}
