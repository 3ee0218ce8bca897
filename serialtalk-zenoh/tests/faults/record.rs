//! What ran on the board, and what its callers were told.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serialtalk::Ran;

use crate::LATE;

/// How long callers wait.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(300);

/// The board.
#[serialtalk::interface(describe)]
pub(crate) trait Counter {
    /// Notes that the call with this number ran.
    #[command(timeout_ms = 300)]
    fn count(&mut self, number: u32) -> u32;
}

#[derive(Debug, Clone, Default)]
struct Entry {
    began: Option<Instant>,
    told: Option<Ran>,
    runs: u32,
    latest: Duration,
}

/// A line for each call.
#[derive(Debug, Clone)]
pub(crate) struct Record(Arc<Mutex<Vec<Entry>>>);

impl Record {
    pub(crate) fn new(count: usize) -> Self {
        Self(Arc::new(Mutex::new(vec![Entry::default(); count])))
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().expect("nobody panicked")
    }

    /// Notes that a call begins.
    pub(crate) fn begin(&self, number: usize) {
        self.entries()[number].began = Some(Instant::now());
    }

    /// Notes what its caller was told.
    pub(crate) fn end(&self, number: usize, told: Ran) {
        self.entries()[number].told = Some(told);
    }

    /// Fails if a caller was told what is not so, or a command ran twice or late.
    pub(crate) fn check(&self) {
        for (number, entry) in self.entries().iter().enumerate() {
            assert!(entry.runs <= 1, "call {number} ran {} times: {entry:?}", entry.runs);
            match entry.told {
                Some(Ran::Yes) => assert_eq!(entry.runs, 1, "call {number} is said to be done"),
                Some(Ran::No) => assert_eq!(entry.runs, 0, "call {number} is said not to be done"),
                Some(Ran::Unknown) => {}
                None => panic!("call {number} has no outcome"),
            }
            assert!(entry.latest < TIMEOUT + LATE, "call {number} ran after {:?}", entry.latest);
        }
    }
}

impl Counter for Record {
    fn count(&mut self, number: u32) -> u32 {
        if let Some(entry) = self.entries().get_mut(number as usize) {
            entry.runs += 1;
            entry.latest = entry.began.map_or(Duration::MAX, |began| began.elapsed());
        }
        number
    }
}
