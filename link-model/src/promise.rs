//! What the link promises.

use std::fmt;

/// A promise that was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A call has got another call's value.
    WrongValue,
    /// A call has run twice.
    RanTwice,
    /// A call has run after its caller was told that it does not.
    RanAfterNo,
    /// A caller was told that its call ran, and it did not.
    NeverRan,
    /// A caller was told that the peer has restarted, and it has not.
    FalseRestart,
    /// A side has run a call of its own.
    RanOwnCall,
    /// A receiver counts more lost one-way calls than were lost.
    MissedTooMany,
    /// On an undisturbed line the calls do not end.
    Stuck,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongValue => "a call got another call's value",
            Self::RanTwice => "a call ran twice",
            Self::RanAfterNo => "a call ran after `ran: No`",
            Self::NeverRan => "a call that is said to have run did not",
            Self::FalseRestart => "`Restarted`, but the peer did not restart",
            Self::RanOwnCall => "a side ran its own call",
            Self::MissedTooMany => "more one-way calls count as lost than were lost",
            Self::Stuck => "calls do not end on an undisturbed line",
        })
    }
}
