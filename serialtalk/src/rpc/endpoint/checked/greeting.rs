//! How a session is opened and resumed: hellos, and their answers.

use core::mem;

use super::super::action::Action;
use super::super::buffers::Buffers;
use super::super::outgoing_call::OutgoingCall;
use super::super::peer::Peer;
use super::arrivals::Event;
use super::session::Session;
use super::state::{Checked, Greeted, Policy, Speaks};
use crate::rpc::log;
use crate::wire::checked::{
    Answer, Control, Hello, Kind, MIN_SEGMENT, UNREADABLE, answer_seed, counted_nonce, is_random,
    random_nonce,
};

/// How long the answer to a hello may take before the hello is sent again, in milliseconds.
pub(super) const HELLO_MS: u32 = 150;

/// How many hellos stay unanswered before a peer of which nothing is known is taken for a plain one.
pub(super) const HELLOS: u8 = 3;

/// Multiplied by it, what is counted is as good as random beside what the peer counts: the sum of both, the token, does not come
/// back because as much time has passed for one as for the other. Knuth's multiplicative hash, 2^32 over the golden ratio.
const SCATTER: u32 = 0x9e37_79b1;

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// Whether the peer is called over the checked link, or asked whether it speaks it.
    pub(super) fn is_offered(&self, peer: &Peer) -> bool {
        match self.policy {
            Policy::Decline => false,
            Policy::Require => true,
            Policy::Offer if self.session.is_open() => true,
            Policy::Offer => !peer.is_without_echo() && matches!(self.peer, Speaks::Unknown | Speaks::Awake),
        }
    }

    /// Whether a call can be sent at once.
    pub(super) fn is_ready(&self, now: u32) -> bool {
        self.session.is_ready(now)
    }

    /// Says hello, again if that was not answered in time. Returns what to do next: transmit it, or wait for its answer; `None`
    /// if the peer was silent for so long that it is called plainly.
    pub(super) fn greet<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Action> {
        if self.greeted.is_awaited {
            let waited = now.wrapping_sub(self.greeted.sent);
            if waited < HELLO_MS {
                return Some(Action::Receive { wait_ms: Some(HELLO_MS - waited) });
            }
            self.count_silence(buffers, now);
            if self.silent_hellos >= HELLOS && !self.session.is_open() && self.policy == Policy::Offer {
                self.greeted.is_awaited = false;
                self.silent_hellos = 0;
                self.peer = if self.peer == Speaks::Awake { Speaks::Plain } else { Speaks::Silent };
                return None;
            }
        }
        self.say_hello(buffers, now);
        Some(Action::Transmit)
    }

    /// Writes a hello: the one whose answer is awaited, as it was, or a new one.
    fn say_hello<const N: usize, const STRAY: usize>(&mut self, buffers: &mut Buffers<N, STRAY>, now: u32) {
        let is_repeated = self.greeted.is_awaited;
        if !is_repeated {
            self.greeted.token = self.session.token;
            self.greeted.nonce = self.next_nonce(now);
        }
        let Greeted { token, nonce, .. } = self.greeted;
        self.greeted = Greeted { token, nonce, sent: now, is_awaited: true, is_repeated, has_plain: false };
        self.send_plain(&Hello { token, nonce, limit: N as u16 }.bytes(), buffers);
    }

    /// Sends one of the plain frames of a greeting. The next checked frame has to end it.
    fn send_plain<const N: usize, const STRAY: usize>(
        &mut self,
        frame: &[u8],
        buffers: &mut Buffers<N, STRAY>,
    ) {
        let start = self.free_for::<N>(frame.len());
        buffers.outgoing.part(start).iter_mut().zip(frame).for_each(|(place, byte)| *place = *byte);
        buffers.outgoing.send(start..start + frame.len());
        log::outgoing(frame);
        self.session.is_first = true;
    }

    /// Counts a hello whose answer is not awaited any longer, if nothing arrived that may have been one.
    pub(super) fn count_silence<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &Buffers<N, STRAY>,
        now: u32,
    ) {
        let Greeted { sent, is_awaited, has_plain, .. } = self.greeted;
        // Bytes that are no frame may be a damaged answer: noise must not make a link plain.
        let has_silence = has_plain || u32::from(buffers.silent_ms(now)) >= now.wrapping_sub(sent);
        if is_awaited && has_silence {
            self.silent_hellos = self.silent_hellos.saturating_add(1);
        }
    }

    /// Notes that a plain frame has arrived.
    pub(super) fn heard_plainly(&mut self) {
        self.greeted.has_plain = true;
    }

    /// Answers a damaged hello with a frame that says nothing, so that the peer does not take this end for silent.
    pub(super) fn answer_damaged<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
    ) -> Option<Event> {
        self.send_plain(UNREADABLE, buffers);
        None
    }

    /// A number that differs from those of earlier hellos, and most likely from those of other programs.
    fn next_nonce(&mut self, now: u32) -> u32 {
        self.hellos = self.hellos.wrapping_add(1);
        let counted = now << u8::BITS | u32::from(self.hellos);
        match self.entropy {
            Some(entropy) => random_nonce(entropy.get().wrapping_add(counted.wrapping_mul(SCATTER))),
            None => counted_nonce(counted),
        }
    }

    /// Whether no session is opened with the sender of a hello: if neither end has random numbers, a frame of an earlier session
    /// could be taken for one of a later session.
    pub(super) fn declines(&self, hello: &Hello) -> bool {
        self.entropy.is_none() && !is_random(hello.nonce)
    }

    /// Answers a hello of the peer, unless it is one of this end that comes back.
    pub(super) fn answer<const N: usize, const STRAY: usize>(
        &mut self,
        hello: Hello,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        let is_open = self.session.is_open();
        let is_own = self.greeted.is_awaited && self.greeted.nonce == hello.nonce
            || is_open && self.session.ours == hello.nonce;
        if is_own {
            // The line sends everything back. Somebody may answer all the same, or be found to speak plainly.
            self.heard_plainly();
            return Some(Event::Nothing);
        }
        let is_same = is_open && self.session.token == hello.token;
        let is_again = is_open && self.session.theirs == hello.nonce && !self.session.is_confirmed;
        if is_same {
            self.session.heard(now);
        } else if !is_again {
            if self.entropy.is_some() && !is_random(hello.nonce) {
                // A board that counts its nonces makes the same ones after each start, so it is not the one who opens a session.
                self.say_hello(buffers, now);
                return None;
            }
            let ours = match mem::take(&mut self.greeted.is_awaited) {
                true => self.greeted.nonce,
                false => self.next_nonce(now),
            };
            self.open(ours, hello.nonce, hello.limit);
        }
        self.session.answer(now);
        self.searched = 0;
        let Session { ours, ref serving, .. } = self.session;
        let answer = Answer { is_same, nonce: ours, last: serving.last, limit: N as u16 };
        self.send_plain(&answer.bytes(answer_seed(hello.token, hello.nonce)), buffers);
        None
    }

    /// Takes the answer to the hello of this end, if that is at the end of `bytes`.
    pub(super) fn take_answer(&mut self, bytes: &[u8], now: u32) -> Option<Event> {
        let Greeted { token, nonce, sent, is_awaited, is_repeated, .. } = self.greeted;
        if !is_awaited {
            return None;
        }
        // Of two ends with the same nonce none could tell the frames of the other from its own.
        let answer = Answer::read(bytes, answer_seed(token, nonce)).filter(|answer| answer.nonce != nonce)?;
        self.greeted.is_awaited = false;
        self.silent_hellos = 0;
        if answer.is_same {
            if !self.session.is_open() {
                return None;
            }
        } else if !self.session.is_of(nonce, answer.nonce) {
            self.open(nonce, answer.nonce, answer.limit);
        }
        let session = &mut self.session;
        session.heard(now);
        session.go_live(now);
        if !is_repeated {
            session.calling.took(now.wrapping_sub(sent));
        }
        self.searched = 0;
        Some(if answer.is_same { Event::Resumed { last: answer.last } } else { Event::Nothing })
    }

    /// Tells the peer that this end leaves the session for a while.
    pub(in crate::rpc::endpoint) fn leave<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
    ) {
        if self.session.is_live() {
            self.free_for::<N>(MIN_SEGMENT + 2);
            self.send_control(Control::new(Kind::Bye, 0), &mut buffers.outgoing);
        }
        self.greeted.is_awaited = false;
        self.session.interrupt();
    }

    /// Begins a new session.
    fn open(&mut self, ours: u32, theirs: u32, limit: u16) {
        self.session = Session::new(ours, theirs, limit);
        self.opened = self.opened.wrapping_add(1);
        self.peer = Speaks::Unknown;
        self.silent_hellos = 0;
        self.numbers.forget();
    }

    /// Notes that the peer has no such command as a hello, if that was just asked.
    pub(super) fn refused(&mut self) {
        if mem::take(&mut self.greeted.is_awaited) {
            self.session.end();
            self.peer = Speaks::Plain;
        }
    }

    /// Begins to find out what the peer speaks before a one-way command is sent, if that is not known.
    pub(super) fn greeting_before_oneway(&self, peer: &Peer, now: u32) -> Option<OutgoingCall<&'static str>> {
        let is_unknown = self.is_offered(peer) && !self.session.is_confirmed;
        is_unknown.then(|| OutgoingCall::ready(HELLO_MS * u32::from(HELLOS) + HELLO_MS, now))
    }

    /// Says hello before a one-way command if the peer may expect plain frames by now. Its answer is not awaited: a peer that
    /// does expect them takes the hello, and one that does not takes the command that follows.
    pub(super) fn greet_before_note<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) {
        let is_due = !self.greeted.is_awaited || now.wrapping_sub(self.greeted.sent) >= HELLO_MS;
        let is_quiet = self.session.is_open() && !self.session.is_fresh(now);
        if is_quiet && is_due {
            self.say_hello(buffers, now);
        }
    }
}
