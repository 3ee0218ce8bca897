//! Finds frames and text in the bytes of both directions, as they arrive.

use std::collections::VecDeque;
use std::time::Duration;

use serialtalk::proto::checked::{MIN_SEGMENT, is_stuffed};
use serialtalk::proto::{FrameDecoder, MAX_FRAME};

use super::calls::Calls;
use super::sessions::Sessions;
use super::{Both, Content, Piece, Side};

/// After so long a silence nothing more is awaited: the rest of a frame, the end of a line.
const PAUSE: Duration = Duration::from_millis(500);

/// So many bytes that are neither a frame nor a line are a piece.
const MAX_PIECE: usize = 2 * MAX_FRAME;

/// Finds the pieces of both directions.
#[derive(Debug, Default)]
pub(crate) struct Splitter {
    pending: Both<Pending>,
    sessions: Sessions,
    calls: Calls,
}

/// Bytes of one direction that are no piece yet.
#[derive(Debug, Default)]
struct Pending {
    bytes: Vec<u8>,
    /// How many of them arrived together, and when.
    arrivals: VecDeque<(usize, Duration)>,
}

impl Pending {
    /// When the last byte arrived.
    fn last(&self) -> Option<Duration> {
        Some(self.arrivals.back()?.1)
    }

    /// Takes the first bytes, of which the last arrived at the time that is returned.
    fn take(&mut self, count: usize) -> (Vec<u8>, Duration) {
        let (mut left, mut last) = (count, Duration::ZERO);
        while left > 0
            && let Some((arrived, time)) = self.arrivals.front_mut()
        {
            last = *time;
            let taken = left.min(*arrived);
            (left, *arrived) = (left - taken, *arrived - taken);
            if *arrived == 0 {
                self.arrivals.pop_front();
            }
        }
        (self.bytes.drain(..count).collect(), last)
    }
}

/// What bytes that begin with `<` are.
enum Scanned {
    Frame { size: usize, name: Vec<u8>, payload: Vec<u8> },
    Partial,
    NoFrame,
}

/// How much of the pending bytes is a piece, and which.
type Found = (usize, Content);

impl Splitter {
    /// Takes bytes that have arrived; `found` gets the pieces that are complete.
    pub(crate) fn add(&mut self, side: Side, time: Duration, bytes: &[u8], mut found: impl FnMut(Piece)) {
        if self.pending.of(side).last().is_some_and(|last| time.saturating_sub(last) >= PAUSE) {
            self.take(side, true, &mut found);
        }
        let pending = self.pending.of_mut(side);
        pending.bytes.extend_from_slice(bytes);
        pending.arrivals.push_back((bytes.len(), time));
        self.take(side, false, &mut found);
    }

    /// Makes pieces of what arrived before a pause, if there has been one until `now`.
    pub(crate) fn tell_time(&mut self, now: Duration, mut found: impl FnMut(Piece)) {
        for side in [Side::Host, Side::Board] {
            if self.pending.of(side).last().is_some_and(|last| now.saturating_sub(last) >= PAUSE) {
                self.take(side, true, &mut found);
            }
        }
    }

    /// Makes pieces of everything that has arrived from one side.
    pub(crate) fn end(&mut self, side: Side, mut found: impl FnMut(Piece)) {
        self.take(side, true, &mut found);
    }

    fn take(&mut self, side: Side, is_silent: bool, found: &mut impl FnMut(Piece)) {
        while let Some((count, content)) = self.next(side, is_silent) {
            let (bytes, time) = self.pending.of_mut(side).take(count);
            found(Piece { side, time, bytes, content });
        }
    }

    /// The next piece. After a silence nothing stays.
    fn next(&mut self, side: Side, is_silent: bool) -> Option<Found> {
        let pending = self.pending.of(side);
        let (all, time) = (&pending.bytes, pending.last()?);
        let zeros = all.iter().take_while(|byte| **byte == 0).count();
        let bytes = all.get(zeros..).filter(|bytes| !bytes.is_empty());
        let Some(bytes) = bytes else {
            return (is_silent || zeros >= MAX_PIECE).then_some((zeros, Content::Text));
        };
        let end = bytes.iter().position(|byte| *byte == 0);
        if let Some(end) = end
            && let Some((control, fields)) = self.sessions.open(side, &bytes[..end], time)
        {
            let checked = self.calls.read(side, control, &fields);
            return Some((zeros + end + 1, Content::Checked(checked)));
        }
        let is_live = self.sessions.is_live(time);
        match scan(bytes) {
            // The zeros are no part of it.
            Scanned::Frame { .. } if zeros > 0 => return Some((zeros, Content::Text)),
            // A checked frame, of which the end is missing, may look like a plain one.
            Scanned::Frame { name, .. } if end.is_none() && !is_silent && is_live && !is_name(&name) => {
                return None;
            }
            Scanned::Frame { size, name, payload } => {
                let content = self.sessions.greeted(side, &bytes[..size], time);
                if matches!(content, Some(Content::Answer(answer, _)) if !answer.is_same) {
                    self.calls.forget();
                }
                self.calls.hear(side, &name, &payload);
                return Some((size, content.unwrap_or(Content::Plain { name, payload })));
            }
            Scanned::Partial if !is_silent => return None,
            Scanned::Partial | Scanned::NoFrame => {}
        }
        // A zero ends whatever it is; without one, a checked frame may still come.
        if is_live && end.is_none() && !is_silent && bytes.len() < MAX_PIECE {
            return None;
        }
        let whole = end.unwrap_or(bytes.len());
        if let Some(cut) = cut(&bytes[..whole], bytes) {
            return Some((zeros + cut, self.outside(&bytes[..cut], is_live)));
        }
        match end {
            Some(end) => Some((zeros + end + 1, self.segment(&bytes[..end], is_live))),
            None if is_silent || bytes.len() >= MAX_PIECE => {
                Some((zeros + bytes.len(), self.outside(bytes, is_live)))
            }
            None => None,
        }
    }

    /// What bytes are that end with a zero, and are no intact frame.
    fn segment(&self, bytes: &[u8], is_live: bool) -> Content {
        if bytes.len() >= MIN_SEGMENT && is_stuffed(bytes) {
            return match self.sessions.is_known() {
                true => Content::Damaged,
                false => Content::OfUnknownSession,
            };
        }
        self.outside(bytes, is_live)
    }

    /// What bytes outside of frames are.
    fn outside(&self, bytes: &[u8], is_live: bool) -> Content {
        match is_live && bytes.len() >= MIN_SEGMENT && !is_text(bytes) {
            true => Content::Damaged,
            false => Content::Text,
        }
    }
}

/// Where what is outside of frames ends: before the first plain frame that begins in `bytes` and is complete in `arrived`, or
/// after the first line of text.
fn cut(bytes: &[u8], arrived: &[u8]) -> Option<usize> {
    let line = bytes.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
    let line = line.filter(|end| is_text(&bytes[..*end]));
    let until = line.unwrap_or(bytes.len());
    let frame = (1..until).find(|at| matches!(scan(&arrived[*at..]), Scanned::Frame { .. }));
    frame.or(line)
}

/// Looks for a plain frame at the start of `bytes`.
fn scan(bytes: &[u8]) -> Scanned {
    if bytes.first() != Some(&b'<') {
        return Scanned::NoFrame;
    }
    let mut decoder = FrameDecoder::<MAX_FRAME>::new();
    let count = bytes.len().min(MAX_FRAME);
    decoder.recv_buf()[..count].copy_from_slice(&bytes[..count]);
    decoder.commit(count);
    let mut strays = 0;
    let handle = decoder.next(false, |_| strays += 1);
    match handle.and_then(|handle| Some((handle.size(), decoder.frame(handle)?))) {
        _ if strays > 0 => Scanned::NoFrame,
        Some((size, frame)) => {
            Scanned::Frame { size, name: frame.name.to_vec(), payload: frame.payload.to_vec() }
        }
        None => Scanned::Partial,
    }
}

/// Whether bytes can be the name of a command.
fn is_name(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| (b' '..=b'~').contains(byte))
}

/// Whether bytes are text as boards print it.
fn is_text(bytes: &[u8]) -> bool {
    let is_print =
        |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t' | '\x1b' | '\x08');
    str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_print))
}
