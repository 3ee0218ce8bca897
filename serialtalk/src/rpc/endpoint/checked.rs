//! The checked link at one end of a line: what it remembers, and its steps in the order of a call.
//!
//! Two ends that speak it find a damaged frame by its CRC, repeat a call until its reply arrives, and never run one twice.
//! Source: spec/checked-link.md.

mod arrivals;
mod calling;
mod exchange;
mod greeting;
mod numbers;
mod serving;
mod session;
#[cfg(all(test, feature = "repr"))]
mod tests;
mod writing;

use core::ops::Range;

use super::action::Action;
use super::buffers::Buffers;
use super::outgoing::Outgoing;
use super::outgoing_call::{OutgoingCall, ReplyHandle};
use super::peer::Peer;
use super::protocol::{Calls, Steps};
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::call::Call;
use crate::wire::frame::{FrameDecoder, FrameHandle};

use arrivals::Arrived;
pub(super) use exchange::Exchange;
use greeting::Greeted;
use numbers::Numbers;
use session::Session;

/// The checked link with a peer that speaks it, and plain SerialTalk with every other.
///
/// `NUMBERS` is how many commands are called by a number of one byte rather than by name; those called last are remembered,
/// five bytes each.
#[derive(Debug)]
pub struct Checked<const NUMBERS: usize = 16> {
    policy: Policy,
    peer: Speaks,
    session: Option<Session>,
    /// The hello whose answer is awaited.
    greeted: Option<Greeted>,
    /// Makes the nonces of this end differ from those of earlier runs and of others, if there is such a number.
    entropy: Option<u32>,
    /// How many hellos were not answered in a row.
    silent_hellos: u8,
    /// How many hellos were made, modulo 256.
    hellos: u8,
    /// How many sessions were opened, modulo 256.
    opened: u8,
    /// How many one-way commands of the peer were lost.
    lost: u32,
    /// Up to where what has arrived was searched for the end of a frame.
    searched: u16,
    /// What the last frame was.
    arrived: Arrived,
    numbers: Numbers<NUMBERS>,
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
enum Speaks {
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
    /// The same settings, with room for the numbers of other than `NUMBERS` commands.
    pub(super) fn remembering<const COUNT: usize>(&self) -> Checked<COUNT> {
        Checked { policy: self.policy, entropy: self.entropy, ..Checked::NEW }
    }

    /// Chooses between the two protocols.
    pub(super) fn set_policy(&mut self, policy: Policy) {
        self.policy = policy;
    }

    /// Makes the nonces of this end differ from those of an earlier run, and of other programs.
    pub(super) fn set_entropy(&mut self, entropy: u32) {
        self.entropy = Some(entropy);
    }

    /// Whether there is a session with the peer.
    pub(super) fn is_open(&self) -> bool {
        self.session.is_some()
    }

    /// How many one-way commands of the peer did not arrive.
    pub(super) fn lost_oneway(&self) -> u32 {
        self.lost
    }
}

impl<const NUMBERS: usize> Steps for Checked<NUMBERS> {
    const NEW: Self = Self {
        policy: Policy::Offer,
        peer: Speaks::Unknown,
        session: None,
        greeted: None,
        entropy: None,
        silent_hellos: 0,
        hellos: 0,
        opened: 0,
        lost: 0,
        searched: 0,
        arrived: Arrived::Plain,
        numbers: Numbers::NONE,
    };

    const ANSWERS: bool = true;

    fn renewed(&self) -> Self {
        self.remembering()
    }

    fn next_frame<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<FrameHandle> {
        self.next_command(buffers, now)
    }

    fn wait<const N: usize, const STRAY: usize>(&self, buffers: &Buffers<N, STRAY>, now: u32) -> Option<u32> {
        self.wait_for_more(buffers, now)
    }

    fn poll_call<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        peer: &Peer,
        call: &mut OutgoingCall<impl AsRef<str>>,
        now: u32,
    ) -> Option<Action> {
        self.step(buffers, peer, call, now)
    }

    fn write_call<const N: usize, const STRAY: usize, A>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        arguments: A,
    ) -> Result<Result<(), EncodeError>, A>
    where
        A: Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    {
        self.write_frame_of_call(buffers, call, arguments)
    }

    fn begin_greeting(&mut self, peer: &Peer, now: u32) -> Option<OutgoingCall<&'static str>> {
        self.greeting_before_oneway(peer, now)
    }

    fn prepare_oneway<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) {
        self.greet_before_note(buffers, now);
    }

    fn write_oneway<const N: usize, const STRAY: usize, A>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        name: &str,
        arguments: A,
    ) -> Result<Result<(), EncodeError>, A>
    where
        A: Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    {
        self.write_note(buffers, name, arguments)
    }

    fn learn(&mut self, hash: u32, number: u8) {
        if self.session.is_some() {
            self.numbers.learn(hash, number);
        }
    }

    fn is_idle(&self) -> bool {
        !self.session.as_ref().is_some_and(|session| session.calling.is_awaited)
    }

    fn begin_serving<'b, const N: usize>(
        &mut self,
        outgoing: &'b mut Outgoing<N>,
        name: &[u8],
    ) -> (&'b mut [u8], &'b mut Range<u16>) {
        self.place_of_reply(outgoing, name)
    }

    fn calls(&self) -> Calls {
        self.how_it_calls()
    }

    fn call<'a>(&self, name: &'a [u8], payload: &'a mut [u8]) -> Call<'a> {
        match self.arrived {
            Arrived::Numbered(..) => Call::bare(payload),
            _ => Call::new(name, payload),
        }
    }

    fn seal_reply(&mut self, buffer: &mut [u8], size: usize) -> Range<u16> {
        self.seal_written_reply(buffer, size)
    }

    fn reply<'d, const N: usize>(
        &self,
        decoder: &'d mut FrameDecoder<N>,
        reply: ReplyHandle,
    ) -> Option<&'d mut [u8]> {
        self.payload_of_reply(decoder, reply)
    }

    fn reply_is_checked(&self) -> bool {
        matches!(self.arrived, Arrived::Reply { .. })
    }

    fn reply_is_bare(&self) -> bool {
        self.arrived == Arrived::Reply { is_bare: true }
    }

    fn has_no_stray_replies(&self) -> bool {
        self.session.as_ref().is_some_and(Session::is_spoken)
    }

    fn answered_echo(&mut self) {
        if self.peer == Speaks::Silent {
            self.peer = Speaks::Awake;
        }
    }

    fn fell_silent(&mut self) {
        self.peer = Speaks::Unknown;
    }

    fn cleared(&mut self) {
        self.searched = 0;
    }

    fn mark_desynced(&mut self) {
        if let Some(session) = &mut self.session {
            session.calling.is_stale = true;
        }
    }

    fn forget_connection(&mut self) {
        self.peer = Speaks::Unknown;
        self.greeted = None;
        self.silent_hellos = 0;
        if let Some(session) = &mut self.session {
            session.interrupt();
        }
    }
}
