//! What this end sends by itself: calls, one-way commands, and frames without fields.

use core::mem;

use super::super::buffers::Buffers;
use super::super::outgoing::Outgoing;
use super::super::outgoing_call::{OutgoingCall, Stage};
use super::super::protocol::Arguments;
use super::calling::is_number;
use super::exchange::Exchange;
use super::session::{Session, next};
use super::state::Checked;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::command::Terms;
use crate::rpc::contract::FIND_COMMANDS;
use crate::rpc::log;
use crate::wire::checked::{Control, Kind, MAX_PAYLOAD, MIN_SEGMENT, SEALED_LARGER, seal};
use crate::wire::frame::{self, FrameWriter, Head};
use crate::wire::moving::move_forward;
use crate::wire::payload::bare;

/// How many bytes a plain command has besides its name and its payload: `<`, LEN, NC and `>`.
const PLAIN_OVERHEAD: usize = 4;

/// Where the payload of a call by number begins: after the first distance, control and the number of the command.
const PAYLOAD: usize = 3;

/// How a frame says which command it calls.
#[derive(Debug, Clone, Copy)]
enum By {
    /// By its name, with the payload of a plain frame.
    Name,
    /// By its number.
    Number {
        number: u8,
        /// Whether the arguments have no header.
        is_bare: bool,
    },
}

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// Writes the frame of a call, for the first time or again.
    pub(super) fn write_frame_of_call<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &OutgoingCall<impl AsRef<str>>,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
        let Stage::Checked(exchange) = &call.stage else { return None };
        let (kind, by) = self.form(call.terms);
        let control = Control::new(kind, exchange.number);
        let written = self.write_frame(
            &mut buffers.outgoing,
            call.name(),
            control,
            by,
            exchange.is_repeated,
            arguments,
        );
        if written.is_err() {
            let calling = &mut self.session.calling;
            if exchange.is_repeated { calling.give_up() } else { calling.undo() }
        }
        Some(written)
    }

    /// Writes the question for the number of a command.
    pub(super) fn write_question<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        exchange: &Exchange,
        hash: u32,
    ) {
        let control = Control::new(Kind::Named, exchange.number);
        let write = |payload: &mut PayloadWriter<'_, '_>| {
            payload.raw_bytes(&[0]);
            payload.copy(&hash.to_le_bytes());
            Ok(())
        };
        // It fits the smallest buffer.
        let _ = self.write_frame(
            &mut buffers.outgoing,
            FIND_COMMANDS,
            control,
            By::Name,
            exchange.is_repeated,
            &write,
        );
    }

    /// Writes a one-way command if there is a session.
    pub(super) fn write_note<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Option<Result<(), EncodeError>> {
        if !self.session.is_open() {
            return None;
        }
        let number = next(self.session.calling.last_note);
        let control = Control::new(Kind::Note, number);
        let written = self.write_frame(&mut buffers.outgoing, name, control, By::Name, false, arguments);
        if written.is_ok() {
            self.session.calling.last_note = number;
        }
        Some(written)
    }

    /// Writes a frame without fields, if there is room beside the kept reply; returns whether there is.
    pub(super) fn send_control<const N: usize>(
        &mut self,
        control: Control,
        outgoing: &mut Outgoing<N>,
    ) -> bool {
        let session = &mut self.session;
        let start = session.kept_end();
        let Some((zero, frame)) = outgoing.part(start).split_first_mut() else { return false };
        *zero = 0;
        let Some(size) = seal(frame, MIN_SEGMENT - 3, control, session.seed_out()) else { return false };
        let first = start + usize::from(!session.take_first());
        outgoing.send(first..start + 1 + size);
        true
    }

    /// Where `size` bytes can be written: beside the kept reply, or in place of it.
    pub(super) fn free_for<const N: usize>(&mut self, size: usize) -> usize {
        if self.session.kept_end() + size > N {
            self.session.serving.kept = 0;
        }
        self.session.kept_end()
    }

    /// The number by which a command is called, if it is.
    pub(super) fn number_of(&self, terms: Terms) -> Option<u8> {
        self.numbers.find(terms.hash).filter(|number| is_number(*number))
    }

    fn form(&self, terms: Option<Terms>) -> (Kind, By) {
        let Some((terms, number)) = terms.and_then(|terms| Some((terms, self.number_of(terms)?))) else {
            return (Kind::Named, By::Name);
        };
        let kind = if terms.packs_value { Kind::Call } else { Kind::Described };
        (kind, By::Number { number, is_bare: terms.packs_arguments })
    }

    /// Writes a frame beside the kept reply, or in place of it if there is no room.
    fn write_frame<const N: usize>(
        &mut self,
        outgoing: &mut Outgoing<N>,
        name: &str,
        control: Control,
        by: By,
        is_repeated: bool,
        arguments: &Arguments<'_>,
    ) -> Result<(), EncodeError> {
        let session = &mut self.session;
        if !session.is_open() {
            return Ok(());
        }
        // There is no room beside a reply that fills the buffer.
        if session.kept_end() >= N {
            session.serving.kept = 0;
        }
        let written = write_at(session.kept_end(), session, outgoing, name, control, by, arguments);
        let (start, size) = match written {
            Err(EncodeError::TooLong(_)) if mem::take(&mut session.serving.kept) > 0 => {
                write_at(0, session, outgoing, name, control, by, arguments)
            }
            written => written,
        }?;
        let has_zero = session.take_first() || is_repeated;
        outgoing.send(start + usize::from(!has_zero)..start + 1 + size);
        Ok(())
    }
}

/// Writes a frame after a zero, and returns where the zero is and how large the frame is.
fn write_at<const N: usize>(
    start: usize,
    session: &Session,
    outgoing: &mut Outgoing<N>,
    name: &str,
    control: Control,
    by: By,
    arguments: &Arguments<'_>,
) -> Result<(usize, usize), EncodeError> {
    let Some((zero, buffer)) = outgoing.part(start).split_first_mut() else { return Ok((start, 0)) };
    *zero = 0;
    let room = buffer.len().min(session.limit.into()).saturating_sub(SEALED_LARGER);
    let room = room.min(MAX_PAYLOAD + PLAIN_OVERHEAD);
    let mut frame =
        FrameWriter::new(buffer.get_mut(..room).unwrap_or_default(), Head::command(name.as_bytes()));
    arguments(&mut PayloadWriter::new(&mut frame))?;
    let size = frame.finish()?;
    log::outgoing(frame.bytes(size));
    let len = match by {
        By::Name => size - 1,
        By::Number { number, is_bare } => {
            let written = buffer.get(..size).and_then(frame::split);
            let carried = written.map_or(0, |(_name, payload)| bare(payload, true, is_bare).len());
            let end = move_forward(buffer, size - 1 - carried..size - 1, PAYLOAD);
            if let Some(place) = buffer.get_mut(PAYLOAD - 1) {
                *place = number;
            }
            end
        }
    };
    Ok((start, seal(buffer, len, control, session.seed_out()).unwrap_or(0)))
}
