//! Numbers that name a call, and a run of a gateway.

use std::fmt;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

/// The number of a call, which its repetitions share: no other call has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CallId(pub(crate) u128);

impl CallId {
    /// A number that no call has had.
    pub(crate) fn next() -> Self {
        static FIRST: LazyLock<u128> = LazyLock::new(random);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(FIRST.wrapping_add(COUNT.fetch_add(1, Ordering::Relaxed).into()))
    }
}

/// The number of one run of a gateway: another run has another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Incarnation(pub(crate) u64);

impl Incarnation {
    /// A number that no run of a gateway has had.
    pub(crate) fn new() -> Self {
        Self(random() as u64)
    }
}

impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl From<Incarnation> for String {
    fn from(incarnation: Incarnation) -> Self {
        incarnation.to_string()
    }
}

impl TryFrom<String> for Incarnation {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&text, 16).map(Self)
    }
}

/// # Panics
///
/// If the operating system has no random numbers, as no one that this crate runs on.
fn random() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    u128::from_le_bytes(bytes)
}
