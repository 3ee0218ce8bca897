//! The two plain frames that open a session or resume it: a hello, which is a command, and its answer.
//!
//! ```text
//! 3c 1a 08 "checked?"    VERSION ~ TOKEN:4 NONCE:4 LIMIT:2 WINDOW:1 CRC:4       3e
//! 3c 1a 0b "checked?ack" N|S     ~ NONCE:4 LAST:1  LIMIT:2 WINDOW:1 CRC:4       3e
//! ```
//!
//! `~` is no struct code, so a MicroPython peer without this command refuses the payload at once.

use super::crc::{MASK, crc24};
use super::digits;
use crate::wire::frame::{FrameWriter, Head, Suffix};

/// The name of the command.
pub(crate) const GREETING: &str = "checked?";

/// The size in bytes of either frame.
pub(crate) const GREETING_SIZE: usize = 29;

const VERSION: u8 = b'1';
const NEW: u8 = b'N';
const SAME: u8 = b'S';
const MARK: u8 = b'~';

/// How many frames may be on the way before the first is answered.
const WINDOW: u32 = 1;

/// The seed of the CRC of a hello. That of an answer is made of the nonce and the token of the hello, so that it fits no other.
const HELLO_SEED: u32 = 0xab_cdef;

/// Where the CRC covers a frame: from the name to the digits of the CRC.
const COVERED: core::ops::Range<usize> = 3..GREETING_SIZE - 5;

/// The largest limit that its digits hold.
const MAX_LIMIT: usize = 0xfff;

/// Asks for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hello {
    /// The session that the sender takes for alive; 0 if none.
    pub(crate) token: u32,
    /// A number that the sender has not used in a hello before.
    pub(crate) nonce: u32,
    /// The largest frame in bytes that the sender can receive.
    pub(crate) limit: u16,
}

/// The answer to a hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Whether the session of the hello is alive; a new one has begun otherwise.
    pub(crate) is_same: bool,
    /// A number of the sender's, which is part of the token of a new session.
    pub(crate) nonce: u32,
    /// The number of the last call that the sender has served in this session.
    pub(crate) last: u8,
    /// The largest frame in bytes that the sender can receive.
    pub(crate) limit: u16,
}

/// What every peer says of a command that it does not know.
const NOT_FOUND: &[u8] = b"not found";

/// A plain frame that has to do with sessions, as its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Greeting {
    Hello,
    Answer,
    /// The peer does not know the command.
    Refusal,
}

impl Greeting {
    /// What a plain frame is by its name, whether it can be read or not.
    pub(crate) fn of_frame(frame: &[u8]) -> Option<Self> {
        let (name, payload) = crate::wire::frame::split(frame)?;
        match name {
            b"checked?" => Some(Self::Hello),
            b"checked?err" if payload.windows(NOT_FOUND.len()).any(|text| text == NOT_FOUND) => {
                Some(Self::Refusal)
            }
            // An error that says something else is an answer that cannot be read.
            b"checked?ack" | b"checked?err" => Some(Self::Answer),
            _ => None,
        }
    }
}

impl Hello {
    /// Writes the frame and returns its size.
    pub(crate) fn write(&self, buffer: &mut [u8]) -> usize {
        let mut frame = FrameWriter::new(buffer, Head::command(GREETING.as_bytes()));
        frame.put(&[VERSION, MARK]);
        digits::write(&mut frame, self.token, 4);
        digits::write(&mut frame, self.nonce, 4);
        close(frame, self.limit, HELLO_SEED)
    }

    /// Reads a whole frame; `None` if it is damaged, or of another version.
    pub(crate) fn read(frame: &[u8]) -> Option<Self> {
        let fields = fields(frame, Greeting::Hello, HELLO_SEED)?;
        let (&[VERSION, MARK], fields) = fields.split_first_chunk()? else { return None };
        let (token, fields) = fields.split_first_chunk::<4>()?;
        let (nonce, fields) = fields.split_first_chunk::<4>()?;
        let limit = fields.first_chunk::<2>()?;
        Some(Self {
            token: digits::read(token)?,
            nonce: digits::read(nonce)?,
            limit: digits::read(limit)? as u16,
        })
    }
}

impl Answer {
    /// Writes the frame that answers a hello, and returns its size.
    pub(crate) fn write(&self, hello: &Hello, buffer: &mut [u8]) -> usize {
        let mut frame = FrameWriter::new(buffer, Head::reply(GREETING.as_bytes(), Suffix::Ack));
        frame.put(&[if self.is_same { SAME } else { NEW }, MARK]);
        digits::write(&mut frame, self.nonce, 4);
        digits::write(&mut frame, self.last.into(), 1);
        close(frame, self.limit, hello.nonce ^ hello.token)
    }

    /// Writes an answer that nobody can read, for a hello that could not be read; returns its size.
    pub(crate) fn write_unreadable(buffer: &mut [u8]) -> usize {
        FrameWriter::new(buffer, Head::reply(GREETING.as_bytes(), Suffix::Ack)).finish().unwrap_or(0)
    }

    /// Reads a whole frame that answers a hello; `None` if it is damaged or answers another.
    pub(crate) fn read(frame: &[u8], hello: &Hello) -> Option<Self> {
        let fields = fields(frame, Greeting::Answer, hello.nonce ^ hello.token)?;
        let (&[kind, MARK], fields) = fields.split_first_chunk()? else { return None };
        let (nonce, fields) = fields.split_first_chunk::<4>()?;
        let (last, fields) = fields.split_first_chunk::<1>()?;
        let limit = fields.first_chunk::<2>()?;
        Some(Self {
            is_same: match kind {
                SAME => true,
                NEW => false,
                _ => return None,
            },
            nonce: digits::read(nonce)?,
            last: digits::read(last)? as u8 & 15,
            limit: digits::read(limit)? as u16,
        })
    }
}

/// Set in the nonces of an end that has random numbers.
const RANDOM: u32 = 1 << 23;

/// A nonce made of a number that no earlier run of the program has used, as far as anybody can tell.
pub(crate) const fn random_nonce(number: u32) -> u32 {
    number & MASK | RANDOM
}

/// A nonce made of a number that an earlier run of the program may have used.
pub(crate) const fn counted_nonce(number: u32) -> u32 {
    number & MASK & !RANDOM
}

/// Whether a nonce is one of those that differ from run to run.
pub(crate) const fn is_random(nonce: u32) -> bool {
    nonce & RANDOM != 0
}

/// The token of the session of two ends with these nonces. It is not 0, which stands for no session, and neither of the seeds
/// that are made of it is.
pub(crate) const fn token(nonce: u32, other_nonce: u32) -> u32 {
    match (nonce + other_nonce) & MASK {
        0 => 1,
        MASK => MASK - 1,
        token => token,
    }
}

/// Writes what both frames end with, and returns the size of the frame.
fn close(mut frame: FrameWriter<'_>, limit: u16, seed: u32) -> usize {
    digits::write(&mut frame, limit.min(MAX_LIMIT as u16).into(), 2);
    digits::write(&mut frame, WINDOW, 1);
    let crc = crc24(frame.bytes(COVERED.end).get(COVERED.start..).unwrap_or_default(), seed);
    digits::write(&mut frame, crc, 4);
    frame.finish().unwrap_or(0)
}

/// What a frame says before its CRC, if it is of this kind and the CRC is right.
fn fields(frame: &[u8], kind: Greeting, seed: u32) -> Option<&[u8]> {
    if frame.len() != GREETING_SIZE || Greeting::of_frame(frame) != Some(kind) {
        return None;
    }
    let (_, payload) = crate::wire::frame::split(frame)?;
    let (fields, crc) = payload.split_last_chunk::<4>()?;
    let is_right = digits::read(crc)? == crc24(frame.get(COVERED)?, seed);
    is_right.then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: Hello = Hello { token: 0, nonce: 0x00_a1b2, limit: 256 };
    const ANSWER: Answer = Answer { is_same: false, nonce: 0x11_a2a4, last: 0, limit: 256 };

    #[test]
    fn a_hello_and_its_answer_have_the_bytes_of_the_specification() {
        let mut buffer = [0; 32];
        assert_eq!(HELLO.write(&mut buffer), GREETING_SIZE);
        assert_eq!(&buffer[..21], b"<\x1a\x08checked?1~@@@@@JFr");
        assert_eq!(ANSWER.write(&HELLO, &mut buffer), GREETING_SIZE);
        assert_eq!(&buffer[..20], b"<\x1a\x0bchecked?ackN~DZJd");
    }

    #[test]
    fn what_was_written_is_read() {
        let mut buffer = [0; 32];
        for hello in [HELLO, Hello { token: 0xff_ffff, nonce: 0, limit: 32 }] {
            let size = hello.write(&mut buffer);
            assert_eq!(Greeting::of_frame(&buffer[..size]), Some(Greeting::Hello));
            assert_eq!(Hello::read(&buffer[..size]), Some(hello));
            assert_eq!(Answer::read(&buffer[..size], &hello), None);
        }
        for answer in [ANSWER, Answer { is_same: true, last: 15, ..ANSWER }] {
            let size = answer.write(&HELLO, &mut buffer);
            assert_eq!(Greeting::of_frame(&buffer[..size]), Some(Greeting::Answer));
            assert_eq!(Answer::read(&buffer[..size], &HELLO), Some(answer));
            for other in [Hello { nonce: 78, ..HELLO }, Hello { token: 5, ..HELLO }] {
                assert_eq!(Answer::read(&buffer[..size], &other), None, "it answers another hello");
            }
            assert_eq!(Hello::read(&buffer[..size]), None);
        }
    }

    #[test]
    fn a_damaged_greeting_is_not_read() {
        let (mut hello, mut answer) = ([0; GREETING_SIZE], [0; GREETING_SIZE]);
        HELLO.write(&mut hello);
        ANSWER.write(&HELLO, &mut answer);
        for bit in 0..GREETING_SIZE * 8 {
            let flipped = |frame: [u8; GREETING_SIZE]| {
                let mut frame = frame;
                frame[bit / 8] ^= 1 << (bit % 8);
                frame
            };
            // The CRC does not cover how the frame begins and ends.
            let outside = bit / 8 < 2 || bit / 8 == GREETING_SIZE - 1;
            assert!(outside || Hello::read(&flipped(hello)).is_none(), "{bit}");
            assert!(outside || Answer::read(&flipped(answer), &HELLO).is_none(), "{bit}");
        }
        for len in 0..GREETING_SIZE {
            assert_eq!(Hello::read(&hello[..len]), None);
        }
    }

    #[test]
    fn a_greeting_has_no_zero_and_nothing_that_a_prompt_acts_upon() {
        let mut buffer = [0; GREETING_SIZE];
        Hello { token: 0, nonce: 0, limit: 0 }.write(&mut buffer);
        assert!(buffer.iter().all(|byte| !(0..=7).contains(byte)));
    }
}
