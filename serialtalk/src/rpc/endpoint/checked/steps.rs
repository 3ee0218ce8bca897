//! The steps at which a checked link does otherwise than a plain one.

use core::ops::Range;

use super::super::action::Action;
use super::super::buffers::Buffers;
use super::super::outgoing::Outgoing;
use super::super::outgoing_call::{OutgoingCall, ReplyHandle};
use super::super::peer::Peer;
use super::super::protocol::{Arguments, Calls, Steps};
use super::state::{Arrived, Checked, Speaks};
use crate::codec::error::EncodeError;
use crate::wire::frame::{FrameDecoder, FrameHandle};

impl<const NUMBERS: usize> Steps for Checked<NUMBERS> {
    const NEW: Self = Self::NEW;

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

    fn write_call<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
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

    fn write_oneway<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
        self.write_note(buffers, name, arguments)
    }

    fn learn(&mut self, hash: u32, number: u8) {
        if self.session.is_open() {
            self.numbers.learn(hash, number);
        }
    }

    fn is_idle(&self) -> bool {
        !self.session.calling.is_awaited
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
        self.session.may_be_live()
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
        self.session.calling.is_stale = true;
    }

    fn forget_connection(&mut self) {
        self.peer = Speaks::Unknown;
        self.greeted.is_awaited = false;
        self.silent_hellos = 0;
        self.session.interrupt();
    }
}
