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
        if bytes.is_empty() {
            return;
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
            // The zero may be within a plain frame whose end is missing.
            Some(end)
                if !is_silent
                    && !is_live
                    && !is_stuffed(&bytes[..end])
                    && may_begin(&bytes[..end], bytes) =>
            {
                None
            }
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

/// Whether a plain frame may begin in `bytes` whose end is not in `arrived`.
fn may_begin(bytes: &[u8], arrived: &[u8]) -> bool {
    (1..bytes.len()).any(|at| matches!(scan(&arrived[at..]), Scanned::Partial))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::traffic::shown;

    /// A session of the specification: who sends what, and how it is shown.
    const SESSION: &[(Side, &[u8], &[&str])] = &[
        (Side::Board, b"boot <ok>\r\n", &["< text: boot <ok>"]),
        (Side::Host, b"<\x10\x04mult\x022f\0\0\xc0\x3f\0\0\0\x40>", &["> mult('2f', 1.5, 2.0)"]),
        (Side::Board, b"busy<\x0e\x07multack\x01f\0\0\x40\x40>", &["< text: busy", "< multack('f', 3.0)"]),
        (Side::Board, b"\x05\x84\x01\x01\x01\0", &["< of an unknown session: 6 bytes: 05 84 01 01 01 00"]),
        (Side::Host, b"<\x1a\x08checked?1~@@@@dcQWDBAhAyP>", &["> hello: no session"]),
        (Side::Board, b"<\x1a\x0bchecked?ackN~@@DA@DBA}MSX>", &["< answer: new session 923558"]),
        (
            Side::Host,
            b"\0\x14\x11\x0dfind_commands\x03raw\x08\x43\xbe\x1e\xdc\x83\xab\x05\0",
            &[r"> call 1: find_commands('raw', b'\x00C\xbe\x1e\xdc')"],
        ),
        (
            Side::Board,
            b"\0\x06\x81\x03raw\x04\x6a\x59\x8f\0",
            &[r"< reply 1: find_commandsack('raw', b'\x00')"],
        ),
        (
            Side::Host,
            b"\x02\x02\x01\x01\x03\xc0\x3f\x01\x01\x05\x40\x0d\x70\xde\0",
            &[r"> call 2: #0(b'\x00\x00\xc0?\x00\x00\x00@')"],
        ),
        (
            Side::Board,
            b"log\n\x02\x82\x01\x06\x44\x40\xc0\xa4\x57\0\x02\x82\x01\x06\x40\x40\xc0\xa4\x57\0",
            &[
                "< text: log",
                "< damaged: 10 bytes: 02 82 01 06 44 40 c0 a4 57 00",
                r"< reply 2: #0ack(b'\x00\x00@@')",
            ],
        ),
        (Side::Host, b"\x05\xf0\x5c\xb3\x7c\0", &["> bye"]),
        (Side::Board, b"<\x05\x03ledx>", &["< led(b'x')"]),
    ];

    fn shown(pieces: &[Piece]) -> Vec<String> {
        let lines = pieces.iter().filter_map(|piece| shown::line(piece, Duration::ZERO));
        lines
            .map(|line| line.split_once(&format!("{:#} ", crate::output::DIM)).unwrap().1.to_owned())
            .collect()
    }

    proptest! {
        #[test]
        fn pieces_do_not_depend_on_how_bytes_arrive(sizes in proptest::collection::vec(1usize..40, 1..6)) {
            let (mut splitter, mut sizes) = (Splitter::default(), sizes.into_iter().cycle());
            for (side, bytes, expected) in SESSION {
                let (mut pieces, mut rest) = (Vec::new(), *bytes);
                while !rest.is_empty() {
                    let (part, after) = rest.split_at(sizes.next().unwrap().min(rest.len()));
                    splitter.add(*side, Duration::ZERO, part, |piece| pieces.push(piece));
                    rest = after;
                }
                prop_assert_eq!(&shown(&pieces), expected);
                prop_assert_eq!(pieces.iter().flat_map(|piece| &piece.bytes).count(), bytes.len());
            }
        }

        #[test]
        fn no_byte_is_lost(
            chunks in proptest::collection::vec(
                (any::<bool>(), prop_oneof![
                    proptest::collection::vec(any::<u8>(), 0..80),
                    proptest::collection::vec(prop_oneof![Just(0), Just(b'<'), Just(5), Just(1), Just(b'>'), Just(b'\n')], 0..80),
                    (0..SESSION.len()).prop_map(|at| SESSION[at].1.to_vec()),
                ], 0..700u64),
                0..40,
            ),
        ) {
            let (mut splitter, mut pieces, mut sent) = (Splitter::default(), Vec::new(), Both::<Vec<u8>>::default());
            let mut time = Duration::ZERO;
            for (is_host, bytes, ms) in &chunks {
                let side = if *is_host { Side::Host } else { Side::Board };
                time += Duration::from_millis(*ms);
                splitter.tell_time(time, |piece| pieces.push(piece));
                splitter.add(side, time, bytes, |piece| pieces.push(piece));
                sent.of_mut(side).extend(bytes);
            }
            for side in [Side::Host, Side::Board] {
                splitter.end(side, |piece| pieces.push(piece));
                let found = pieces.iter().filter(|piece| piece.side == side).flat_map(|piece| &piece.bytes);
                prop_assert_eq!(&found.copied().collect::<Vec<_>>(), sent.of(side));
            }
            for piece in &pieces {
                let _ = (shown::line(piece, Duration::ZERO), shown::json(piece, Duration::ZERO));
            }
        }
    }

    #[test]
    fn after_a_pause_the_rest_is_not_awaited() {
        let (mut splitter, mut pieces) = (Splitter::default(), Vec::new());
        splitter.add(Side::Board, Duration::ZERO, b">>> ", |piece| pieces.push(piece));
        splitter.add(Side::Host, Duration::ZERO, b"<\x10\x04mu", |piece| pieces.push(piece));
        splitter.tell_time(PAUSE / 2, |piece| pieces.push(piece));
        assert!(pieces.is_empty());
        splitter.tell_time(PAUSE, |piece| pieces.push(piece));
        assert_eq!(shown(&pieces), [r"> text: <\x10\x04mu", "< text: >>>"]);
        splitter.add(Side::Host, PAUSE, b"<\x05\x03", |piece| pieces.push(piece));
        splitter.add(Side::Host, PAUSE * 2, b"<\x05\x03ledx>", |piece| pieces.push(piece));
        assert_eq!(shown(&pieces[2..]), [r"> text: <\x05\x03", "> led(b'x')"]);
    }

    #[test]
    fn a_session_that_goes_on_is_known_from_its_answer() {
        let (mut splitter, mut pieces) = (Splitter::default(), Vec::new());
        let mut add =
            |side, bytes: &[u8]| splitter.add(side, Duration::ZERO, bytes, |piece| pieces.push(piece));
        add(Side::Host, b"<\x1a\x08checked?1~dcUXddaXDBA]nrT>");
        add(Side::Board, b"<\x1a\x0bchecked?ackS~@@DABDBAmcu[>");
        add(Side::Host, b"\0\x02\x03\x01\x01\x01\x02\x3f\x01\x06\x80\x40\x67\x45\x7e\0");
        add(Side::Board, b"\0\x02\x83\x01\x01\x05\x40\x85\x83\xca\0");
        assert_eq!(
            shown(&pieces),
            [
                "> hello: session 923558",
                "< answer: session 923558 goes on after call 2",
                r"> call 3: #0(b'\x00\x00\x00?\x00\x00\x80@')",
                r"< reply 3: #0ack(b'\x00\x00\x00@')",
            ]
        );
    }
}
