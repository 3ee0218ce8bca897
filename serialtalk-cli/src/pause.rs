//! A port that is lent to another program for a while.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
#[cfg(unix)]
use std::time::Duration;

/// Whether programs ask for the port, and whether it was closed for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pause(Arc<(Mutex<Asked>, Condvar)>);

#[derive(Debug, Default)]
struct Asked {
    /// How many programs ask for the port.
    programs: usize,
    /// Whether the port is open here.
    is_open: bool,
}

/// The port, as long as it is open here.
#[derive(Debug)]
pub(crate) struct Opened(Pause);

/// A program's claim to the port, which ends when this is dropped.
#[cfg(unix)]
#[derive(Debug)]
pub(crate) struct Claim(Pause);

impl Pause {
    /// Asks for the port, and waits at most for `limit` until it is closed. Returns `None` if it is not.
    #[cfg(unix)]
    pub(crate) fn ask(&self, limit: Duration) -> Option<Claim> {
        self.asked().programs += 1;
        let claim = Claim(self.clone());
        let waited = self.0.1.wait_timeout_while(self.asked(), limit, |asked| asked.is_open);
        let is_open = waited.unwrap_or_else(PoisonError::into_inner).0.is_open;
        (!is_open).then_some(claim)
    }

    /// Whether a program asks for the port.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.asked().programs > 0
    }

    /// Notes that the port is open, until what this returns is dropped.
    pub(crate) fn opened(&self) -> Opened {
        self.asked().is_open = true;
        Opened(self.clone())
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
impl Drop for Claim {
    fn drop(&mut self) {
        self.0.asked().programs -= 1;
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.asked().is_open = false;
        self.0.0.1.notify_all();
    }
}
