//! What a protocol adds to plain SerialTalk at one end of a line.

use core::fmt;
use core::ops::Range;

use super::action::Action;
use super::buffers::Buffers;
use super::outgoing::Outgoing;
use super::outgoing_call::{OutgoingCall, ReplyHandle};
use super::peer::Peer;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::wire::frame::{Frame, FrameDecoder, FrameHandle};

/// The protocol of an endpoint: [`Plain`], or [`Checked`](super::Checked) with those peers that speak it.
#[allow(private_bounds, reason = "there are no other protocols")]
pub trait Protocol: Steps + Send + 'static {}

impl<P: Steps + Send + 'static> Protocol for P {}

/// Writes the arguments of a call. It is one type for all commands, so what a protocol does with it is in a program only once.
pub(super) type Arguments<'a> = dyn Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> + 'a;

/// The steps at which a protocol can do otherwise than plain SerialTalk, as it does unless it says so.
pub(super) trait Steps: fmt::Debug + Sized {
    /// The protocol of an endpoint that has heard nothing of its peer.
    const NEW: Self;

    /// Whether [`next_frame`](Self::next_frame) may answer frames by itself, so that there is something to be sent.
    const ANSWERS: bool = false;

    /// The protocol with the same settings, of an endpoint that has heard nothing of its peer.
    fn renewed(&self) -> Self {
        Self::NEW
    }

    /// Takes the next frame that is to be served, or that may be the plain reply to a call.
    fn next_frame<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<FrameHandle> {
        buffers.next_frame(now)
    }

    /// How long to wait for more bytes before the next step is due; `None` until something arrives.
    fn wait<const N: usize, const STRAY: usize>(&self, buffers: &Buffers<N, STRAY>, now: u32) -> Option<u32> {
        buffers.frame_wait(now)
    }

    /// The next step of a call; `None` if it is made as on a plain line.
    fn poll_call<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        peer: &Peer,
        call: &mut OutgoingCall<impl AsRef<str>>,
        now: u32,
    ) -> Option<Action> {
        let _ = (buffers, peer, call, now);
        None
    }

    /// Writes the frame of a call; `None` if it is made as on a plain line.
    fn write_call<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
        let _ = (buffers, call, arguments);
        None
    }

    /// Begins to find out what the peer speaks before a one-way command is sent, if that is not known.
    fn begin_greeting(&mut self, peer: &Peer, now: u32) -> Option<OutgoingCall<&'static str>> {
        let _ = (peer, now);
        None
    }

    /// Writes what has to precede a one-way command that is sent now.
    fn prepare_oneway<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) {
        let _ = (buffers, now);
    }

    /// Writes the frame of a one-way command; `None` if it is sent as on a plain line.
    fn write_oneway<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
        let _ = (buffers, name, arguments);
        None
    }

    /// Remembers the number of the command with this hash.
    fn learn(&mut self, hash: u32, number: u8) {
        let _ = (hash, number);
    }

    /// Whether a call can be sent at once, without the answer to anything else.
    fn is_idle(&self) -> bool {
        true
    }

    /// Begins to serve the frame that [`next_frame`](Self::next_frame) returned last, which calls `name` unless it calls a
    /// number, and returns where its reply is written.
    fn begin_serving<'b, const N: usize>(
        &mut self,
        outgoing: &'b mut Outgoing<N>,
        name: &[u8],
    ) -> (&'b mut [u8], &'b mut Range<u16>) {
        let _ = name;
        outgoing.split()
    }

    /// How the frame that is served says which command it calls.
    fn calls(&self) -> Calls {
        Calls::Name
    }

    /// Makes of a plain reply, the first `size` bytes of `buffer`, what is sent; returns where in the outgoing buffer that lies.
    fn seal_reply(&mut self, buffer: &mut [u8], size: usize) -> Range<u16> {
        let _ = buffer;
        0..size as u16
    }

    /// The payload of a reply.
    fn reply<'d, const N: usize>(
        &self,
        decoder: &'d mut FrameDecoder<N>,
        reply: ReplyHandle,
    ) -> Option<&'d mut [u8]> {
        let Frame { payload, .. } = decoder.frame(reply.frame)?;
        FrameDecoder::<N>::fits(reply.frame).then_some(payload)
    }

    /// Whether the reply that has arrived was no plain frame.
    fn reply_is_checked(&self) -> bool {
        false
    }

    /// Whether the reply that has arrived is packed values without their header.
    fn reply_is_bare(&self) -> bool {
        false
    }

    /// Whether nothing that has arrived can be the reply to an earlier one-way command.
    fn has_no_stray_replies(&self) -> bool {
        false
    }

    /// Is told that the peer has answered `echo`.
    fn answered_echo(&mut self) {}

    /// Is told that the peer has not answered a plain call in time.
    fn fell_silent(&mut self) {}

    /// Is told that everything that has arrived was dropped.
    fn cleared(&mut self) {}

    /// Is told that what arrives may belong to an earlier call.
    fn mark_desynced(&mut self) {}

    /// Is told that the link was opened again.
    fn forget_connection(&mut self) {}
}

/// How a frame says which command it calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    /// By its name.
    Name,
    /// By its name, in a frame that is not to be answered as something unknown.
    Certainly,
    /// By its number; its arguments have no header if their format is fixed.
    Number(u8),
    /// It may not: this end serves no plain commands.
    Refused,
}

/// The protocol of SerialTalk, and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl Steps for Plain {
    const NEW: Self = Self;
}
