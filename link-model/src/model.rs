//! What is searched: who is on the line, how much may happen, and which rule is left out.

use crate::mutant::Mutant;
use crate::state::Side;

/// One configuration of the search.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// What the two sides are.
    pub peers: [Peer; 2],
    /// How many calls each side makes; at most 3.
    pub calls: [u8; 2],
    /// How often each side loses all it knows.
    pub restarts: [u8; 2],
    /// How many hellos and calls both sides send together, repeats included.
    pub sends: u8,
    /// How many one-way calls both sides make together.
    pub notes: u8,
    /// How often a server needs the room of a kept reply.
    pub forgets: u8,
    /// How often a frame comes back to the side that sent it.
    pub echoes: u8,
    /// Whether leases end, at any time.
    pub leases: bool,
    /// How many numbers there are for calls: 16 on the wire.
    pub numbers: u8,
    /// The rule that is left out.
    pub mutant: Option<Mutant>,
    /// Whether it is a broken promise if a caller is told of a restart that was none.
    pub restarts_are_true: bool,
    /// Whether it is a broken promise if calls do not end on an undisturbed line.
    pub heals: bool,
}

/// What a side is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Its nonces are random: none comes twice.
    Host,
    /// It has no source of chance: its nonces count, from the same one after each boot.
    Board,
}

impl Model {
    /// A host that calls a board, which only serves.
    pub const ONE_WAY: Self = Self {
        peers: [Peer::Host, Peer::Board],
        calls: [2, 0],
        restarts: [1, 1],
        sends: 5,
        notes: 0,
        forgets: 0,
        echoes: 0,
        leases: true,
        numbers: 4,
        mutant: None,
        restarts_are_true: true,
        heals: true,
    };

    /// A host and a board that call each other.
    pub const BOTH_WAYS: Self = Self { calls: [1, 1], ..Self::ONE_WAY };

    /// Two boards without a source of chance, which is not safe: after a reboot they take for new what is under way.
    pub const TWO_BOARDS: Self =
        Self { peers: [Peer::Board; 2], calls: [2, 2], leases: false, ..Self::ONE_WAY };

    /// A model that is searched without the rule that `mutant` leaves out.
    #[must_use]
    pub const fn without(self, mutant: Mutant) -> Self {
        Self { mutant: Some(mutant), ..self }
    }

    pub(crate) fn lacks(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    pub(crate) fn peer(&self, side: Side) -> Peer {
        self.peers[side.index()]
    }

    pub(crate) fn after(&self, number: u8) -> u8 {
        (number + 1) % self.numbers
    }

    /// Every other call may run again.
    pub(crate) const fn is_idempotent(call: u8) -> bool {
        call % 2 == 1
    }
}
