//! A lock whose data is whole whatever panics.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex. Nothing panics half way through a change of what this crate locks.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
