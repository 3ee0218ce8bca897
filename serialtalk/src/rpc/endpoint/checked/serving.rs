//! Calls of the peer, none of which runs twice.

use core::ops::Range;

use super::super::buffers::Buffers;
use super::super::outgoing::Outgoing;
use super::super::outgoing_call::ReplyHandle;
use super::super::protocol::Calls;
use super::state::{Arrived, Checked, Policy};
use crate::wire::checked::{Control, Kind, MAX_PAYLOAD, seal};
use crate::wire::frame::{self, FrameDecoder, Suffix};
use crate::wire::moving::move_forward;
use crate::wire::payload::bare;

/// Where the payload of a reply begins in the outgoing buffer: after a zero, the first distance and control.
const PAYLOAD: usize = 3;

/// How many bytes a plain reply has besides its name and its payload: `<`, LEN, NC, the suffix and `>`.
const PLAIN_OVERHEAD: usize = 7;

/// How many bytes a checked reply has besides its payload: the first distance, control, CRC and zero.
const CHECKED_OVERHEAD: usize = 6;

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// How the frame that is served says which command it calls.
    pub(super) fn how_it_calls(&self) -> Calls {
        match self.arrived {
            Arrived::Plain if self.policy == Policy::Require => Calls::Refused,
            Arrived::Plain | Arrived::Reply { .. } => Calls::Name,
            Arrived::Call(_) | Arrived::Note => Calls::Certainly,
            Arrived::Numbered(_, number) => Calls::Number(number),
        }
    }

    /// Begins to serve what has arrived, and returns where the plain reply is written of which the one is made that is sent: in
    /// place of the last reply, unless it is not sent at all.
    pub(super) fn place_of_reply<'b, const N: usize>(
        &mut self,
        outgoing: &'b mut Outgoing<N>,
        name: &[u8],
    ) -> (&'b mut [u8], &'b mut Range<u16>) {
        let session = &mut self.session;
        let (start, limit) = match self.arrived {
            Arrived::Note => (session.kept_end(), usize::MAX),
            Arrived::Plain | Arrived::Reply { .. } => {
                session.serving.kept = 0;
                (0, usize::MAX)
            }
            Arrived::Call(control) | Arrived::Numbered(control, _) => {
                session.serving.last = control.number;
                session.serving.kept = 0;
                let payload = usize::from(session.limit).saturating_sub(CHECKED_OVERHEAD).min(MAX_PAYLOAD);
                (0, payload + name.len() + PLAIN_OVERHEAD)
            }
        };
        let (buffer, unsent) = outgoing.split_from(start);
        let limit = limit.min(buffer.len());
        (buffer.get_mut(..limit).unwrap_or_default(), unsent)
    }

    /// Makes a checked reply of a plain one that fills the first `size` bytes of the outgoing buffer, and keeps it; returns
    /// what is to be sent.
    pub(super) fn seal_written_reply(&mut self, buffer: &mut [u8], size: usize) -> Range<u16> {
        let (control, is_numbered, is_bare) = match self.arrived {
            Arrived::Plain | Arrived::Reply { .. } => return 0..size as u16,
            Arrived::Note => return 0..0,
            Arrived::Call(control) => (control, false, false),
            Arrived::Numbered(control, _) => (control, true, control.kind == Kind::Call),
        };
        let session = &mut self.session;
        let (kind, carried) = match buffer.get(..size).and_then(frame::split) {
            // A name so long that no plain reply fits: an error without words.
            None => (Kind::Error, 0),
            Some((name, payload)) => {
                let kind = if Suffix::of_name(name) == Suffix::Err { Kind::Error } else { Kind::Reply };
                (kind, bare(payload, is_numbered, is_bare && kind == Kind::Reply).len())
            }
        };
        let Some((zero, frame)) = buffer.split_first_mut() else { return 0..0 };
        *zero = 0;
        // One byte further to the front than in the buffer, and without the closing byte.
        let end = size.saturating_sub(2);
        let len = move_forward(frame, end.saturating_sub(carried)..end, PAYLOAD - 1);
        let control = Control::new(kind, control.number);
        let Some(size) = seal(frame, len, control, session.seed_out()) else { return 0..0 };
        let end = 1 + size as u16;
        session.serving.kept = end;
        session.replied();
        u16::from(!session.take_first())..end
    }

    /// Sends the reply to the last call again, or says that it was not kept.
    pub(super) fn send_kept_reply<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
    ) {
        self.session.replied();
        match self.session.kept_end() {
            0 => {
                let control = Control::new(Kind::Gone, self.session.serving.last);
                self.send_control(control, &mut buffers.outgoing);
            }
            end => buffers.outgoing.send(0..end),
        }
    }

    /// Tells the peer that something was damaged, once until a good frame arrives and if there is room beside the kept reply;
    /// returns whether it did.
    pub(super) fn complain<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
    ) -> bool {
        if self.session.has_complained {
            return false;
        }
        self.session.has_complained = true;
        self.send_control(Control::new(Kind::Again, 0), &mut buffers.outgoing)
    }

    /// The payload of a reply to a call of this end.
    pub(super) fn payload_of_reply<'d, const N: usize>(
        &self,
        decoder: &'d mut FrameDecoder<N>,
        reply: ReplyHandle,
    ) -> Option<&'d mut [u8]> {
        match self.arrived {
            Arrived::Reply { .. } => {
                let segment = reply.frame.segment();
                Some(decoder.bytes_mut(segment.start + 2..segment.end - 3))
            }
            _ => FrameDecoder::<N>::fits(reply.frame)
                .then(|| decoder.frame(reply.frame))
                .flatten()
                .map(|frame| frame.payload),
        }
    }
}
