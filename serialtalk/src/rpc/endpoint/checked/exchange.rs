//! One exchange of a call: a frame that was sent under a number, and the reply that is awaited.

use super::session::MAX_PATIENCE_MS;

/// A frame that was sent and is repeated until its reply arrives.
#[derive(Debug, Clone, Copy)]
pub(in crate::rpc::endpoint) struct Exchange {
    pub(super) asks: Asks,
    /// Which of the sessions of this end it belongs to.
    pub(super) session: u8,
    /// The number of the call.
    pub(super) number: u8,
    /// When it was sent last; `None` until that is known.
    pub(super) sent: Option<u32>,
    /// How long the reply may take before the frame is sent again, in milliseconds.
    pub(super) patience_ms: u16,
    /// How often it was sent again since the peer was heard of.
    pub(super) repeats: u8,
    /// Whether it was sent more than once.
    pub(super) is_repeated: bool,
    /// Whether it is to be sent again at once.
    pub(super) is_due: bool,
    /// Whether damage had it sent again since its time was last over.
    pub(super) is_hurried: bool,
    /// Whether the peer has served it, as it said itself.
    pub(super) has_run: bool,
}

/// What a frame asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// The number of the command.
    Number,
    /// The value of the command.
    Value,
}

impl Exchange {
    /// An exchange that was not sent yet.
    pub(super) fn new(asks: Asks, session: u8, number: u8, patience_ms: u16) -> Self {
        Self {
            asks,
            session,
            number,
            sent: None,
            patience_ms,
            repeats: 0,
            is_repeated: false,
            is_due: false,
            is_hurried: false,
            has_run: false,
        }
    }

    /// Whether the frame calls the command.
    pub(in crate::rpc::endpoint) fn asks_for_value(&self) -> bool {
        self.asks == Asks::Value
    }

    /// How long the reply may still take before the frame is sent again.
    pub(super) fn time_left(&self, now: u32) -> u32 {
        match self.sent {
            _ if self.is_due => 0,
            Some(sent) => u32::from(self.patience_ms).saturating_sub(now.wrapping_sub(sent)),
            None => self.patience_ms.into(),
        }
    }

    /// Notes that the frame is sent again, after its time is over or because it is due.
    pub(super) fn repeat(&mut self) {
        if !self.is_due {
            self.repeats += 1;
            self.patience_ms = self.patience_ms.saturating_mul(2).min(MAX_PATIENCE_MS);
            self.is_hurried = false;
        }
        self.is_due = false;
        self.is_repeated = true;
        self.sent = None;
    }

    /// Makes the frame due at once because of damage, unless it was already since its time was last over.
    pub(super) fn hurry(&mut self) {
        self.is_due |= !self.is_hurried;
        self.is_hurried = true;
    }

    /// Makes the frame due at once because the peer has said that the session goes on.
    pub(super) fn resume(&mut self) {
        self.is_due = true;
        self.repeats = 0;
    }
}
