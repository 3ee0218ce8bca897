//! What is known of the peer: which commands it was called with, which of their replies may still be on their way, what it
//! wants, and how much it has still to be sent.

use crate::command::stem;

/// How many commands are remembered.
const KEPT: usize = 3;

/// Marks a command to which a reply may still come.
const DUE: u8 = 0x80;

/// Remembers the last few commands with which the peer was called.
///
/// Names are kept as hashes. A command that is forgotten costs an exchange too many, never a wrong value: its late reply
/// is answered with an error, and whoever forgets a reply that is still due must resynchronise first.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    /// Hashes of their names, that of the last one first; zero where there is none.
    commands: [u8; KEPT],
    /// How many times `echo` was called; goes on at zero behind the largest.
    echoes: u8,
    trust: Trust,
    /// Whether it has asked for our command line, and not taken that back.
    pub(super) wants_repl: bool,
    /// How many bytes of the frame on its way it has still to be sent.
    pub(super) unsent: u16,
}

/// Whether a reply could be one to an earlier call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Only one to a command that is marked.
    Synchronised,
    /// A reply of which the command is not known any more may still come.
    Unsynchronised,
    /// Nothing can be done about it: the peer has no `echo`.
    WithoutEcho,
}

impl Peer {
    pub(super) const fn new() -> Self {
        Self { commands: [0; KEPT], echoes: 0, trust: Trust::Synchronised, wants_repl: false, unsent: 0 }
    }

    pub(super) fn has_no_echo(&mut self) {
        self.trust = Trust::WithoutEcho;
    }

    /// Whether a reply to an earlier call could be taken for the reply to a call of `name`.
    pub(super) fn needs_echo(&self, name: &[u8]) -> bool {
        match self.trust {
            Trust::Synchronised => self.commands.contains(&(hash(name) | DUE)),
            Trust::Unsynchronised => true,
            Trust::WithoutEcho => false,
        }
    }

    /// Notes that `echo` is being called, with a value that differs from those before, also from those of an earlier run of
    /// the program.
    pub(super) fn new_token(&mut self, now: u32) -> u32 {
        self.begin(b"echo");
        self.echoes = self.echoes.wrapping_add(1);
        now << u8::BITS | u32::from(self.echoes)
    }

    /// Notes that `name` is being called, and a reply due.
    pub(super) fn begin(&mut self, name: &[u8]) {
        let hash = hash(name);
        let mut moved = hash | DUE;
        for command in &mut self.commands {
            core::mem::swap(command, &mut moved);
            if moved & !DUE == hash {
                return;
            }
        }
        if moved & DUE != 0 {
            self.give_up();
        }
    }

    /// Notes that the reply to `name` has come.
    pub(super) fn end(&mut self, name: &[u8]) {
        let hash = hash(name);
        for command in &mut self.commands {
            if *command & !DUE == hash {
                *command = hash;
            }
        }
    }

    /// Notes that a reply has not come in time.
    pub(super) fn give_up(&mut self) {
        self.trust = self.trust.max(Trust::Unsynchronised);
    }

    /// Notes that no reply to an earlier call can come any more.
    pub(super) fn synchronised(&mut self) {
        if self.trust == Trust::Unsynchronised {
            self.trust = Trust::Synchronised;
        }
        self.commands.iter_mut().for_each(|command| *command &= !DUE);
    }

    /// Whether `name` looks like a reply that nobody waits for, and answering it could go on for ever.
    pub(super) fn is_stray(&self, name: &[u8]) -> bool {
        stem(name).is_some_and(|called| stem(called).is_some() || self.was_called(called))
    }

    fn was_called(&self, name: &[u8]) -> bool {
        let hash = hash(name);
        self.commands.iter().any(|command| command & !DUE == hash)
    }
}

/// A hash of seven bits, the last of them set: it is never zero.
const fn hash(mut name: &[u8]) -> u8 {
    let mut hash = 0u8;
    while let [byte, rest @ ..] = name {
        hash = hash.wrapping_mul(37).wrapping_add(*byte);
        name = rest;
    }
    (hash << 1 | 1) & !DUE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_commands_are_remembered() {
        let mut peer = Peer::new();
        let names = [b"a", b"b", b"c", b"a", b"d"];
        for (index, name) in names.into_iter().enumerate() {
            peer.begin(name);
            assert!(peer.needs_echo(name) && peer.was_called(name));
            peer.end(name);
            assert!(!peer.needs_echo(name), "{index}");
        }
        assert!(peer.was_called(b"a") && peer.was_called(b"c") && peer.was_called(b"d"));
        assert!(!peer.was_called(b"b") && !peer.was_called(b"echo"));
    }

    #[test]
    fn whoever_forgets_a_reply_that_is_due_resynchronises() {
        let mut peer = Peer::new();
        peer.begin(b"oneway");
        for name in [b"a", b"b", b"c"] {
            assert!(!peer.needs_echo(name));
            peer.begin(name);
            peer.end(name);
        }
        assert!(peer.needs_echo(b"a"));
        peer.synchronised();
        assert!(!peer.needs_echo(b"a") && !peer.needs_echo(b"oneway"));
    }

    #[test]
    fn tokens_differ() {
        let mut peer = Peer::new();
        let mut last = 0;
        for _ in 0..1000 {
            let token = peer.new_token(7);
            assert_ne!(token, last);
            assert!(peer.was_called(b"echo"));
            last = token;
        }
    }

    #[test]
    fn names_that_differ_in_one_letter_are_told_apart() {
        for place in 0..4 {
            let mut known = [false; DUE as usize];
            for letter in b'a'..=b'z' {
                let mut name = *b"name";
                name[place] = letter;
                assert!(!core::mem::replace(&mut known[usize::from(hash(&name))], true));
            }
        }
    }
}
