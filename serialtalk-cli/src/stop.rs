//! Ctrl-C, and the other signals that end a program.

use std::process;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::failure::{Failure, Result};

/// The exit code of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Whether work is to end. Its clones are one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop {
    shared: Arc<(Mutex<bool>, Condvar)>,
}

/// Ends the program by Ctrl-C and the signals to end and to hang up, after it has done `at_exit`.
#[cfg(unix)]
pub(crate) fn exit_on_signal(at_exit: impl Fn() + Send + 'static) -> Result<()> {
    handle(move || {
        at_exit();
        process::exit(INTERRUPTED);
    })
}

fn handle(on_signal: impl FnMut() + Send + 'static) -> Result<()> {
    ctrlc::set_handler(on_signal)
        .map_err(|error| Failure::usage(format!("signals cannot be handled: {error}")))
}

impl Stop {
    /// One that Ctrl-C and the signals to end and to hang up set. The second of them ends the program at once.
    pub(crate) fn on_signal() -> Result<Self> {
        Self::on_signal_or(|| ())
    }

    /// One that Ctrl-C and the signals to end and to hang up set. The second of them does `at_exit` and ends the program at once.
    pub(crate) fn on_signal_or(at_exit: fn()) -> Result<Self> {
        let stop = Self::default();
        let of_signals = stop.clone();
        handle(move || {
            if of_signals.is_set() {
                at_exit();
                process::exit(INTERRUPTED);
            }
            of_signals.set();
        })?;
        Ok(stop)
    }

    /// Ends the work.
    pub(crate) fn set(&self) {
        *self.lock() = true;
        self.shared.1.notify_all();
    }

    /// Whether the work is to end.
    pub(crate) fn is_set(&self) -> bool {
        *self.lock()
    }

    /// Waits until a time has come, and returns true, or until the work is to end.
    pub(crate) fn is_unset_until(&self, time: Instant) -> bool {
        let mut is_set = self.lock();
        loop {
            let rest = time.saturating_duration_since(Instant::now());
            if *is_set || rest.is_zero() {
                return !*is_set;
            }
            let waited = self.shared.1.wait_timeout(is_set, rest);
            is_set = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
