//! What an end of a checked link remembers.

use core::num::NonZeroU32;

use super::numbers::Numbers;
use super::session::Session;
use crate::wire::checked::Control;

/// The checked link with a peer that speaks it, and plain SerialTalk with every other.
///
/// `NUMBERS` is how many commands are called by a number of one byte rather than by name; the numbers that were learned last
/// are remembered, five bytes each.
#[derive(Debug)]
pub struct Checked<const NUMBERS: usize = 16> {
    pub(super) policy: Policy,
    pub(super) peer: Speaks,
    /// [`Session::NONE`] if there is none.
    pub(super) session: Session,
    pub(super) greeted: Greeted,
    /// Makes the nonces of this end differ from those of earlier runs and of others, if there is such a number.
    pub(super) entropy: Option<NonZeroU32>,
    /// How many hellos were not answered in a row.
    pub(super) silent_hellos: u8,
    /// How many hellos were made, modulo 256.
    pub(super) hellos: u8,
    /// How many sessions were opened, modulo 256.
    pub(super) opened: u8,
    /// How many one-way commands of the peer were lost.
    pub(super) lost: u32,
    /// Up to where what has arrived was searched for the end of a frame.
    pub(super) searched: u16,
    /// What the last frame was.
    pub(super) arrived: Arrived,
    pub(super) numbers: Numbers<NUMBERS>,
}

/// Which of the two protocols an endpoint speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Policy {
    /// The checked link with a peer that speaks it, and plain SerialTalk with every other.
    Offer,
    /// The checked link. Calls to a peer that does not speak it fail, and its own are refused.
    Require,
    /// Plain SerialTalk.
    Decline,
}

/// What is known of the peer while no session is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    /// Nothing.
    Unknown,
    /// It did not answer a hello; it may not have booted yet.
    Silent,
    /// It was silent, and has answered `echo` since.
    Awake,
    /// Plain SerialTalk.
    Plain,
}

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// What an end remembers that has heard nothing of its peer.
    pub(super) const NEW: Self = Self {
        policy: Policy::Offer,
        peer: Speaks::Unknown,
        session: Session::NONE,
        greeted: Greeted::NOBODY,
        entropy: None,
        silent_hellos: 0,
        hellos: 0,
        opened: 0,
        lost: 0,
        searched: 0,
        arrived: Arrived::Plain,
        numbers: Numbers::NONE,
    };

    /// An end with these settings that has heard nothing of its peer, with room for the numbers of `COUNT` commands.
    pub(in crate::rpc::endpoint) fn remembering<const COUNT: usize>(&self) -> Checked<COUNT> {
        Checked { policy: self.policy, entropy: self.entropy, ..Checked::NEW }
    }

    /// Chooses between the two protocols.
    pub(in crate::rpc::endpoint) fn set_policy(&mut self, policy: Policy) {
        self.policy = policy;
    }

    /// Makes the nonces of this end differ from those of an earlier run, and of other programs.
    pub(in crate::rpc::endpoint) fn set_entropy(&mut self, entropy: u32) {
        self.entropy = NonZeroU32::new(entropy.max(1));
    }

    /// Whether there is a session with the peer.
    pub(in crate::rpc::endpoint) fn is_open(&self) -> bool {
        self.session.is_open()
    }

    /// How many one-way commands of the peer did not arrive.
    pub(in crate::rpc::endpoint) fn lost_oneway(&self) -> u32 {
        self.lost
    }
}

/// What the last frame was that [`Checked::next`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// With a tag of its own, which is 0 at first: an endpoint that has heard nothing takes no flash in a `static`.
#[repr(u8)]
pub(super) enum Arrived {
    /// A plain frame.
    Plain,
    /// A call.
    Call(Control),
    /// A call by the number of a command.
    Numbered(Control, u8),
    /// A one-way command.
    Note,
    /// The reply to a call; `is_bare` if it is packed values without their header.
    Reply { is_bare: bool },
}

/// The last hello of this end.
#[derive(Debug)]
pub(super) struct Greeted {
    /// What it said.
    pub(super) token: u32,
    pub(super) nonce: u32,
    /// When it was sent last.
    pub(super) sent: u32,
    /// Whether its answer is awaited.
    pub(super) is_awaited: bool,
    /// Whether it was sent more than once.
    pub(super) is_repeated: bool,
    /// Whether a plain frame has arrived since it was sent last.
    pub(super) has_plain: bool,
}

impl Greeted {
    /// No hello was sent.
    const NOBODY: Self =
        Self { token: 0, nonce: 0, sent: 0, is_awaited: false, is_repeated: false, has_plain: false };
}
