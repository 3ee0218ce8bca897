//! Ends the wait of a link from another thread.

#[cfg(all(any(not(unix), test), any(feature = "serial", feature = "tcp", feature = "stdio")))]
pub(crate) mod slices;
#[cfg(all(unix, any(feature = "serial", feature = "tcp", feature = "pty", feature = "stdio")))]
mod unix;

use alloc::sync::Arc;
use std::io;

use serialtalk::link::Link;

#[cfg(all(not(unix), any(feature = "serial", feature = "tcp")))]
pub(crate) use slices::Interruption;
#[cfg(all(unix, any(feature = "serial", feature = "tcp", feature = "pty", feature = "stdio")))]
pub(crate) use unix::Interruption;

/// A link whose wait for bytes can be ended by another thread, so that an endpoint over it can be [shared](crate::share).
pub trait Interruptible: Link {
    /// Makes what ends the waits of this link. It works as long as the link is there.
    ///
    /// # Errors
    ///
    /// Returns the error of the operating system if it has no descriptor left.
    fn interrupter(&mut self) -> io::Result<Interrupter>;
}

/// Ends a wait in [`Link::receive`], which then returns [`Received::Nothing`](serialtalk::link::Received::Nothing): the present
/// one or, if there is none, the next.
#[derive(Clone)]
pub struct Interrupter {
    interrupt: Arc<dyn Fn() + Send + Sync>,
}

impl Interrupter {
    /// Makes an interrupter of what ends the wait.
    pub fn new(interrupt: impl Fn() + Send + Sync + 'static) -> Self {
        Self { interrupt: Arc::new(interrupt) }
    }

    /// Ends no wait.
    pub(crate) fn none() -> Self {
        Self::new(|| {})
    }

    /// Ends the wait.
    pub fn interrupt(&self) {
        (self.interrupt)();
    }
}

impl core::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Interrupter").finish_non_exhaustive()
    }
}
