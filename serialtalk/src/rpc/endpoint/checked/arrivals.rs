//! What has arrived, on a line that carries plain and checked frames.

use super::super::buffers::Buffers;
use super::session::next;
use super::state::{Arrived, Checked, Policy};
use crate::wire::checked::{Control, Greeting, Hello, Kind, is_damage, restore, unseal};
use crate::wire::frame::{FrameHandle, Suffix};

/// How long a line must be silent before what arrived last is taken for a hello in a session, so that data which contains one
/// opens no session, and before a session is taken for over, in milliseconds.
pub(super) const SILENCE_MS: u16 = 20;

/// Something that has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A frame to be served, or a plain reply.
    Frame(FrameHandle),
    /// The reply to the call with this number.
    Reply { number: u8, suffix: Suffix, frame: FrameHandle },
    /// The call with this number ran, and its reply was not kept.
    Gone(u8),
    /// Bytes between two zeros that are no good frame.
    Damage,
    /// The peer says that a frame of this end was damaged.
    Again,
    /// The peer has answered a hello: the session goes on, of which it has served the call with this number last.
    Resumed { last: u8 },
    /// Something after which there may be more.
    Nothing,
}

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// Takes the next frame that is to be served; `None` also if an answer is to be sent first.
    pub(super) fn next_command<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<FrameHandle> {
        loop {
            match self.next(buffers, now)? {
                Event::Frame(frame) => return Some(frame),
                Event::Damage if self.complain(buffers) => return None,
                Event::Resumed { last } => self.resume_without_call(last),
                Event::Damage | Event::Again | Event::Reply { .. } | Event::Gone(_) | Event::Nothing => {}
            }
        }
    }

    /// Goes on in a session of which the peer has served the call `last`, unless a call was dropped since.
    fn resume_without_call(&mut self, last: u8) {
        let calling = &mut self.session.calling;
        if !calling.is_awaited {
            calling.resume(last);
        }
    }

    /// Takes the next thing that has arrived; `None` also if an answer is to be sent first.
    // Inlined it takes 340 bytes more of firmware.
    #[inline(never)]
    pub(super) fn next<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        // A line that is never silent may carry plain frames, which are damage.
        let may_be_over = buffers.silent_ms(now) >= SILENCE_MS || self.session.has_complained;
        self.session.tell_time(now, may_be_over);
        self.session.see_next(buffers.decoder.pending().first());
        match self.session.is_live() {
            true => self.next_segment(buffers, now),
            false => self.next_plain(buffers, now),
        }
    }

    /// How long to wait for more bytes before there may be something to do.
    pub(super) fn wait_for_more<const N: usize, const STRAY: usize>(
        &self,
        buffers: &Buffers<N, STRAY>,
        now: u32,
    ) -> Option<u32> {
        let until_plain = match self.session.is_live() {
            true => self.session.lease_left(now).map(|left| left.max(1)),
            false => buffers.frame_wait(now),
        };
        if !buffers.decoder.is_partial() || self.policy == Policy::Decline {
            return until_plain;
        }
        let until_silent = SILENCE_MS.saturating_sub(buffers.silent_ms(now)).into();
        match until_silent {
            0 => until_plain,
            _ => Some(until_plain.map_or(until_silent, |left| left.min(until_silent))),
        }
    }

    /// Takes the next plain frame; see [`next`](Self::next).
    fn next_plain<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        self.arrived = Arrived::Plain;
        let Some(frame) = buffers.next_frame(now) else { return self.greeting_at_end(buffers, now) };
        if self.policy == Policy::Decline {
            return Some(Event::Frame(frame));
        }
        let heard = buffers.last_heard(now);
        let bytes = buffers.decoder.whole(frame);
        match Greeting::of_frame(bytes) {
            Some(Greeting::Hello) => match Hello::read(bytes) {
                // As a command that is not known.
                Some(hello) if self.declines(&hello) => Some(Event::Frame(frame)),
                Some(hello) => self.answer(hello, buffers, now),
                None => self.answer_damaged(buffers),
            },
            Some(Greeting::Answer) => self.take_answer(bytes, heard).or(Some(Event::Nothing)),
            Some(Greeting::Refusal) => {
                self.refused();
                Some(Event::Nothing)
            }
            None => {
                self.heard_plainly();
                Some(Event::Frame(frame))
            }
        }
    }

    /// Takes the next checked frame; see [`next`](Self::next).
    fn next_segment<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        let Some(segment) = buffers.decoder.segment(&mut self.searched) else {
            return self.without_segment(buffers, now);
        };
        let heard = buffers.last_heard(now);
        let bytes = buffers.decoder.bytes_mut(segment.clone());
        let Some((control, fields)) = unseal(bytes, self.session.seed_in()) else {
            // What precedes the first frame of the peer is its answer.
            let answered = self.take_answer(bytes, heard);
            if answered.is_some() {
                return answered;
            }
            bytes.iter().for_each(|byte| buffers.stray.push(*byte));
            return Some(if is_damage(bytes) { Event::Damage } else { Event::Nothing });
        };
        self.session.heard(heard);
        let Control { kind, number } = control;
        let unnamed = FrameHandle::of_segment(segment.clone(), 0);
        match kind {
            Kind::Call | Kind::Described => {
                let &[command, ..] = fields else { return Some(Event::Nothing) };
                self.call(number, Arrived::Numbered(control, command), unnamed, buffers)
            }
            Kind::Named | Kind::Note => {
                let &[name_len, ref rest @ ..] = fields else { return Some(Event::Nothing) };
                if rest.len() < name_len.into() {
                    return Some(Event::Nothing);
                }
                let named = FrameHandle::of_segment(segment, name_len);
                buffers.show(named);
                match kind {
                    Kind::Note => Some(self.note(number, named)),
                    _ => self.call(number, Arrived::Call(control), named, buffers),
                }
            }
            Kind::Reply => Some(Event::Reply { number, suffix: Suffix::Ack, frame: unnamed }),
            Kind::Error => Some(Event::Reply { number, suffix: Suffix::Err, frame: unnamed }),
            Kind::Gone => Some(Event::Gone(number)),
            Kind::Again => Some(Event::Again),
            Kind::Bye => {
                self.session.interrupt();
                Some(Event::Nothing)
            }
            Kind::Unknown => Some(Event::Nothing),
        }
    }

    /// What there is to do while no zero has arrived.
    fn without_segment<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        if buffers.decoder.is_full() {
            self.drop_pending(buffers);
            return Some(Event::Damage);
        }
        self.greeting_at_end(buffers, now)
    }

    /// Takes an answer that arrived last, or a hello that arrived last before a silence, whatever precedes it. An answer fits one
    /// hello only, so no data that contains one is taken for it.
    fn greeting_at_end<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        now: u32,
    ) -> Option<Event> {
        let pending = buffers.decoder.pending();
        let answered = self.take_answer(pending, buffers.last_heard(now));
        if answered.is_some() {
            self.drop_pending(buffers);
            return answered;
        }
        if self.policy == Policy::Decline || buffers.silent_ms(now) < SILENCE_MS {
            return None;
        }
        let hello = Hello::read(pending).filter(|hello| !self.declines(hello))?;
        self.drop_pending(buffers);
        self.answer(hello, buffers, now)
    }

    /// Drops what belongs to no frame.
    pub(super) fn drop_pending<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
    ) {
        buffers.decoder.clear(|byte| buffers.stray.push(byte));
        self.searched = 0;
    }

    /// A call of the peer: it is served if it is the next one, and its reply is sent again if it was served already.
    fn call<const N: usize, const STRAY: usize>(
        &mut self,
        number: u8,
        arrived: Arrived,
        frame: FrameHandle,
        buffers: &mut Buffers<N, STRAY>,
    ) -> Option<Event> {
        let serving = &self.session.serving;
        if number == next(serving.last) {
            self.arrived = arrived;
            return Some(Event::Frame(frame));
        }
        if number != serving.last {
            return Some(Event::Nothing);
        }
        self.send_kept_reply(buffers);
        None
    }

    /// A one-way command of the peer, unless it arrives again; those that are missing before it are counted.
    fn note(&mut self, number: u8, frame: FrameHandle) -> Event {
        let serving = &mut self.session.serving;
        if number == serving.last_note {
            return Event::Nothing;
        }
        let missing = number.wrapping_sub(next(serving.last_note)) & 15;
        self.lost = self.lost.saturating_add(missing.into());
        serving.last_note = number;
        self.arrived = Arrived::Note;
        Event::Frame(frame)
    }

    /// Makes [`next`](Self::next) return a frame again that it returned last.
    pub(super) fn unread<const N: usize, const STRAY: usize>(
        &mut self,
        frame: FrameHandle,
        buffers: &mut Buffers<N, STRAY>,
    ) {
        match self.arrived {
            Arrived::Plain => buffers.decoder.unread(frame),
            Arrived::Call(_) | Arrived::Numbered(..) | Arrived::Note | Arrived::Reply { .. } => {
                restore(buffers.decoder.bytes_mut(frame.segment()));
                buffers.decoder.unread_segment(frame, &mut self.searched);
                if self.arrived == Arrived::Note {
                    let last_note = &mut self.session.serving.last_note;
                    *last_note = last_note.wrapping_sub(1) & 15;
                }
            }
        }
    }
}
