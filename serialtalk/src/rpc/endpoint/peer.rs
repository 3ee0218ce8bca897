//! What is known of the peer: the commands it was called with, and which of their replies may still arrive.

use core::mem;
use core::num::NonZeroU16;

use crate::wire::frame::strip_reply_suffix;

/// How many commands are remembered.
const REMEMBERED: usize = 3;

/// Remembers the last few commands that the peer was called with.
///
/// Forgetting a command costs an exchange too many, never a wrong value: its late reply is answered with an error, and
/// forgetting one whose reply may still arrive forces a resynchronisation.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    /// The last one first.
    recent: [Recent; REMEMBERED],
    /// How many times `echo` was called, modulo 256.
    echoes: u8,
    lockstep: Lockstep,
    /// Whether it has answered `echo`; only errors with details tell it.
    #[cfg(feature = "alloc")]
    answers_echo: bool,
    /// Whether the last call came back as it was sent; only errors with details tell it.
    #[cfg(feature = "alloc")]
    mirrors: bool,
}

/// A command that the peer was called with.
#[derive(Debug, Clone, Copy)]
struct Recent {
    /// The hash of its name; `None` in an unused entry.
    hash: Option<NonZeroU16>,
    reply: Reply,
}

/// Whether a reply may still arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reply {
    NotDue,
    Due,
    /// It arrives before the answer to the last `echo`, if at all.
    DueBeforeEcho,
}

/// Whether replies to earlier calls may arrive of which nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lockstep {
    /// Only commands that are due can be replied to.
    InStep,
    /// A reply to any command may arrive.
    Desynced,
    /// A reply to any command may arrive, though not after the answer to the last `echo`.
    DesyncedBeforeEcho,
    /// Nothing can be done about it: the peer has no `echo`.
    WithoutEcho,
}

impl Peer {
    /// Creates a peer that was never called.
    pub(super) const fn new() -> Self {
        Self {
            recent: [Recent { hash: None, reply: Reply::NotDue }; REMEMBERED],
            echoes: 0,
            lockstep: Lockstep::InStep,
            #[cfg(feature = "alloc")]
            answers_echo: false,
            #[cfg(feature = "alloc")]
            mirrors: false,
        }
    }

    /// Whether the peer has answered `echo`.
    #[cfg(feature = "alloc")]
    pub(super) fn answers_echo(&self) -> bool {
        self.answers_echo
    }

    /// Whether the last call came back as it was sent, as from a line whose TX is connected to its RX.
    #[cfg(feature = "alloc")]
    pub(super) fn mirrors(&self) -> bool {
        self.mirrors
    }

    /// Notes whether a call came back as it was sent.
    #[cfg(feature = "alloc")]
    pub(super) fn set_mirrors(&mut self, mirrors: bool) {
        self.mirrors = mirrors;
    }

    /// Declares that the peer has no `echo`.
    pub(super) fn set_without_echo(&mut self) {
        self.lockstep = Lockstep::WithoutEcho;
    }

    /// Whether the peer has no `echo`.
    pub(super) fn is_without_echo(&self) -> bool {
        matches!(self.lockstep, Lockstep::WithoutEcho)
    }

    /// Notes that a reply to any command may still arrive.
    pub(super) fn mark_desynced(&mut self) {
        if self.lockstep != Lockstep::WithoutEcho {
            self.lockstep = Lockstep::Desynced;
        }
    }

    /// Notes that the last `echo` was answered, so that no reply to an earlier call can arrive any more. Replies to commands
    /// that were sent after it still can.
    pub(super) fn mark_in_step(&mut self) {
        #[cfg(feature = "alloc")]
        {
            self.answers_echo = true;
        }
        if self.lockstep == Lockstep::DesyncedBeforeEcho {
            self.lockstep = Lockstep::InStep;
        }
        self.replace_replies(Reply::DueBeforeEcho, Reply::NotDue);
    }

    /// Whether the reply to an earlier call could be taken for the reply to a call of `name`.
    pub(super) fn needs_echo(&self, name: &[u8]) -> bool {
        match self.lockstep {
            Lockstep::InStep => self.find(name).is_some_and(|recent| recent.reply != Reply::NotDue),
            Lockstep::Desynced | Lockstep::DesyncedBeforeEcho => true,
            Lockstep::WithoutEcho => false,
        }
    }

    /// Notes a call of `echo` and returns its argument, which differs from those of earlier calls, and most likely from
    /// those of an earlier run of the program.
    pub(super) fn begin_echo(&mut self, now: u32) -> u32 {
        self.begin(b"echo");
        if self.lockstep == Lockstep::Desynced {
            self.lockstep = Lockstep::DesyncedBeforeEcho;
        }
        self.replace_replies(Reply::Due, Reply::DueBeforeEcho);
        self.echoes = self.echoes.wrapping_add(1);
        now << u8::BITS | u32::from(self.echoes)
    }

    /// Notes a call, so that a reply is due.
    pub(super) fn begin(&mut self, name: &[u8]) {
        let hash = Some(hash(name));
        let mut moved = Recent { hash, reply: Reply::Due };
        for recent in &mut self.recent {
            mem::swap(recent, &mut moved);
            if moved.hash == hash {
                return;
            }
        }
        if moved.reply != Reply::NotDue {
            self.mark_desynced();
        }
    }

    /// Notes that the reply to a call has arrived.
    pub(super) fn end(&mut self, name: &[u8]) {
        let hash = Some(hash(name));
        for recent in self.recent.iter_mut().filter(|recent| recent.hash == hash) {
            recent.reply = Reply::NotDue;
        }
    }

    fn replace_replies(&mut self, from: Reply, to: Reply) {
        for recent in self.recent.iter_mut().filter(|recent| recent.reply == from) {
            recent.reply = to;
        }
    }

    /// Whether `name` looks like a reply that nobody awaits, so that answering it could go on forever.
    pub(super) fn is_stray_reply(&self, name: &[u8]) -> bool {
        strip_reply_suffix(name)
            .is_some_and(|command| strip_reply_suffix(command).is_some() || self.find(command).is_some())
    }

    fn find(&self, name: &[u8]) -> Option<&Recent> {
        let hash = Some(hash(name));
        self.recent.iter().find(|recent| recent.hash == hash)
    }
}

/// A hash that differs for names that differ in one byte.
fn hash(name: &[u8]) -> NonZeroU16 {
    let hash = name.iter().fold(1u16, |hash, byte| hash.wrapping_mul(257).wrapping_add((*byte).into()));
    NonZeroU16::new(hash).unwrap_or(NonZeroU16::MIN)
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use super::*;

    #[test]
    fn the_last_commands_are_remembered() {
        let mut peer = Peer::new();
        for name in [b"a", b"b", b"c", b"a", b"d"] {
            peer.begin(name);
            assert!(peer.needs_echo(name) && peer.find(name).is_some());
            peer.end(name);
            assert!(!peer.needs_echo(name), "{name:?}");
        }
        assert!([b"a", b"c", b"d"].iter().all(|name| peer.find(*name).is_some()));
        assert!([&b"b"[..], b"echo"].iter().all(|name| peer.find(name).is_none()));
    }

    #[test]
    fn forgetting_a_command_whose_reply_is_due_forces_an_echo() {
        let mut peer = Peer::new();
        peer.begin(b"oneway");
        for name in [b"a", b"b", b"c"] {
            assert!(!peer.needs_echo(name));
            peer.begin(name);
            peer.end(name);
        }
        assert!(peer.needs_echo(b"a"));
        peer.begin_echo(0);
        peer.mark_in_step();
        assert!(!peer.needs_echo(b"a") && !peer.needs_echo(b"oneway"));
    }

    #[test]
    fn the_answer_to_an_echo_says_nothing_about_what_was_sent_after_it() {
        let mut peer = Peer::new();
        peer.mark_desynced();
        peer.begin(b"before");
        peer.begin_echo(0);
        peer.begin(b"after");
        peer.mark_in_step();
        assert!(!peer.needs_echo(b"before") && peer.needs_echo(b"after"));
        peer.mark_desynced();
        peer.begin_echo(0);
        for name in [b"a", b"b", b"c", b"d"] {
            peer.begin(name);
        }
        peer.mark_in_step();
        assert!(peer.needs_echo(b"before"), "`a` is forgotten, and was sent after `echo`");
    }

    #[test]
    fn a_peer_without_echo_never_needs_one() {
        let mut peer = Peer::new();
        peer.begin(b"a");
        peer.mark_desynced();
        peer.set_without_echo();
        peer.mark_desynced();
        assert!(!peer.needs_echo(b"a"));
        peer.mark_in_step();
        assert_eq!(peer.lockstep, Lockstep::WithoutEcho);
    }

    #[test]
    fn echo_arguments_differ() {
        let mut peer = Peer::new();
        let mut last = 0;
        for _ in 0..1000 {
            let argument = peer.begin_echo(7);
            assert_ne!(argument, last);
            assert!(peer.find(b"echo").is_some());
            last = argument;
        }
    }

    #[test]
    fn names_that_differ_in_one_byte_have_different_hashes() {
        for place in 0..4 {
            let mut hashes = alloc::collections::BTreeSet::new();
            for byte in 0..=255 {
                let mut name = *b"name";
                name[place] = byte;
                assert!(hashes.insert(hash(&name)), "{byte} at {place}");
            }
        }
    }
}
