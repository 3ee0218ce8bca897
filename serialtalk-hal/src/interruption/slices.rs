//! Where no descriptor can be waited for beside others: waits are short, so that they need not be ended.

use std::io;

use super::Interrupter;

/// The longest wait once an interrupter is made, in milliseconds.
const LONGEST_WAIT_MS: u32 = 5;

/// Whether the waits of a link have to be short.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interruption {
    is_used: bool,
}

impl Interruption {
    #[cfg_attr(unix, allow(dead_code, reason = "the tests have no use for it"))]
    pub(crate) fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.is_used = true;
        Ok(Interrupter::new(|| {}))
    }

    /// How long to wait where `ms` was asked for.
    pub(crate) fn limit(&self, ms: u32) -> u32 {
        if self.is_used { ms.min(LONGEST_WAIT_MS) } else { ms }
    }
}
