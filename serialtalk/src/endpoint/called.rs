//! Which commands were called, and which of their replies may still be on their way.

use crate::command::stem;

/// How many commands are remembered.
const KEPT: usize = 4;

/// Remembers the last few commands that were called.
///
/// Names are kept as hashes. A command that is forgotten costs an exchange too many, never a wrong value: its late reply
/// is answered with an error, and whoever forgets a reply that is still due must resynchronise first.
#[derive(Debug, Clone)]
pub(super) struct Called {
    /// Zero where there is none.
    hashes: [u16; KEPT],
    /// A bit for each of them: a reply may still come.
    due: u8,
    /// Which of them is overwritten next.
    next: u8,
    /// A reply of which the command is not known any more may still come.
    unsynchronised: bool,
    without_echo: bool,
    /// The value of the last `echo`.
    token: u16,
}

impl Called {
    pub(super) const fn new() -> Self {
        Self { hashes: [0; KEPT], due: 0, next: 0, unsynchronised: false, without_echo: false, token: 0 }
    }

    pub(super) fn has_no_echo(&mut self) {
        self.without_echo = true;
    }

    /// Whether a reply to an earlier call could be taken for the reply to a call of `name`.
    pub(super) fn needs_echo(&self, name: &[u8]) -> bool {
        let is_due = self.place(name).is_some_and(|place| self.due & 1 << place != 0);
        !self.without_echo && (self.unsynchronised || is_due)
    }

    /// A value for `echo` that differs from those before, also from those of an earlier run of the program.
    pub(super) fn new_token(&mut self, now: u32) -> u16 {
        self.remember(b"echo");
        self.token = self.token.wrapping_add(1).wrapping_add(now as u16 | 1);
        self.token
    }

    /// Notes that `name` is being called, and a reply due.
    pub(super) fn begin(&mut self, name: &[u8]) {
        let place = self.remember(name);
        self.due |= 1 << place;
    }

    /// Notes that the reply to `name` has come.
    pub(super) fn end(&mut self, name: &[u8]) {
        if let Some(place) = self.place(name) {
            self.due &= !(1 << place);
        }
    }

    /// Notes that a reply has not come in time.
    pub(super) fn give_up(&mut self) {
        self.unsynchronised = true;
    }

    /// Notes that no reply to an earlier call can come any more.
    pub(super) fn synchronised(&mut self) {
        self.unsynchronised = false;
        self.due = 0;
    }

    /// Whether `name` looks like a reply that nobody waits for, and answering it could go on for ever.
    pub(super) fn is_stray(&self, name: &[u8]) -> bool {
        stem(name).is_some_and(|stem_of| stem(stem_of).is_some() || self.place(stem_of).is_some())
    }

    fn place(&self, name: &[u8]) -> Option<usize> {
        let hash = hash(name);
        self.hashes.iter().position(|known| *known == hash)
    }

    fn remember(&mut self, name: &[u8]) -> usize {
        if let Some(place) = self.place(name) {
            return place;
        }
        let place = usize::from(self.next) % KEPT;
        self.next = self.next.wrapping_add(1);
        if self.due & 1 << place != 0 {
            self.unsynchronised = true;
            self.due &= !(1 << place);
        }
        if let Some(slot) = self.hashes.get_mut(place) {
            *slot = hash(name);
        }
        place
    }
}

/// Never zero.
fn hash(name: &[u8]) -> u16 {
    name.iter().fold(0u16, |hash, byte| hash.wrapping_mul(31).wrapping_add((*byte).into())) | 1
}
