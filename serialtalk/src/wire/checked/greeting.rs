//! The two plain frames that open a session or resume it: a hello, which is a command, and its answer.
//!
//! ```text
//! 3c 1a 08 "checked?"    VERSION ~ TOKEN:4 NONCE:4 LIMIT:2 WINDOW:1 CRC:4       3e
//! 3c 1a 0b "checked?ack" N|S     ~ NONCE:4 LAST:1  LIMIT:2 WINDOW:1 CRC:4       3e
//! ```
//!
//! `~` is no struct code, so a MicroPython peer without this command refuses the payload at once.

use core::ops::Range;

use super::crc::{MASK, crc24};
use super::digits;
use crate::wire::frame;

/// The size in bytes of either frame.
const GREETING_SIZE: usize = 29;

/// The name of the command that is a hello.
pub(crate) const GREETING: &[u8] = b"checked?";

/// The answer to a hello that could not be read: it says nothing.
pub(crate) const UNREADABLE: &[u8] = b"<\x0c\x0bchecked?ack>";

/// The bytes of either frame.
type Bytes = [u8; GREETING_SIZE];

/// A hello in which every digit is 0, but for WINDOW.
const HELLO: Bytes = *b"<\x1a\x08checked?1~@@@@@@@@@@A@@@@>";

/// An answer in which every digit is 0, but for WINDOW.
const ANSWER: Bytes = *b"<\x1a\x0bchecked?ackN~@@@@@@@A@@@@>";

/// What all hellos have in common.
const HELLO_HEAD: Range<usize> = 2..13;

/// What all answers have in common.
const ANSWER_HEAD: Range<usize> = 2..14;

const TOKEN: Range<usize> = 13..17;
const NONCE: Range<usize> = 17..21;
const STATE: usize = 14;
const ANSWER_NONCE: Range<usize> = 16..20;
const LAST: Range<usize> = 20..21;
const LIMIT: Range<usize> = 21..23;
const CRC: Range<usize> = 24..28;

/// What has nothing but digits in either frame.
const FIELDS: Range<usize> = 16..28;

/// What the CRC covers: from the name to the digits of the CRC.
const COVERED: Range<usize> = 3..24;

const NEW: u8 = b'N';
const SAME: u8 = b'S';
const MARK: u8 = b'~';

/// The seed of the CRC of a hello.
pub(super) const HELLO_SEED: u32 = 0xab_cdef;

/// The seed of the CRC of the answer to a hello, which so fits no other.
pub const fn answer_seed(token: u32, nonce: u32) -> u32 {
    token ^ nonce
}

/// Asks for a session: a plain frame, the command `checked?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hello {
    /// The token of the session that the sender has; 0 if none.
    pub token: u32,
    /// A number that the sender has not used in a hello before.
    pub nonce: u32,
    /// The largest frame in bytes that the sender can receive.
    pub limit: u16,
}

/// The answer to a [`Hello`]: the plain reply to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// Whether the session of the hello goes on; a new one has begun otherwise.
    pub is_same: bool,
    /// A number of the sender's, which is part of the token of a new session.
    pub nonce: u32,
    /// The number of the last call that the sender has served in this session.
    pub last: u8,
    /// The largest frame in bytes that the sender can receive.
    pub limit: u16,
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
        let (name, payload) = frame::split(frame)?;
        match name.strip_prefix(GREETING)? {
            b"" => Some(Self::Hello),
            b"err" if payload.windows(NOT_FOUND.len()).any(|text| text == NOT_FOUND) => Some(Self::Refusal),
            // An error that says something else is an answer that cannot be read.
            b"ack" | b"err" => Some(Self::Answer),
            _ => None,
        }
    }
}

impl Hello {
    /// The frame.
    pub(crate) fn bytes(&self) -> Bytes {
        let mut bytes = HELLO;
        write(&mut bytes, TOKEN, self.token);
        write(&mut bytes, NONCE, self.nonce);
        close(&mut bytes, self.limit, HELLO_SEED);
        bytes
    }

    /// Reads the hello that is at the end of `bytes`; `None` if it is damaged, or of another version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let hello = open(bytes, &HELLO, HELLO_HEAD, HELLO_SEED)?;
        Some(Self { token: read(hello, TOKEN), nonce: read(hello, NONCE), limit: read(hello, LIMIT) as u16 })
    }
}

impl Answer {
    /// The frame that answers the hello with this [`answer_seed`].
    pub(crate) fn bytes(&self, seed: u32) -> Bytes {
        let mut bytes = ANSWER;
        if self.is_same {
            bytes[STATE] = SAME;
        }
        write(&mut bytes, ANSWER_NONCE, self.nonce);
        write(&mut bytes, LAST, self.last.into());
        close(&mut bytes, self.limit, seed);
        bytes
    }

    /// Reads the answer to the hello with this [`answer_seed`], which is at the end of `bytes`; `None` if it is damaged or answers
    /// another.
    pub fn read(bytes: &[u8], seed: u32) -> Option<Self> {
        let answer = open(bytes, &ANSWER, ANSWER_HEAD, seed)?;
        let is_same = match (answer[STATE], answer[STATE + 1]) {
            (SAME, MARK) => true,
            (NEW, MARK) => false,
            _ => return None,
        };
        Some(Self {
            is_same,
            nonce: read(answer, ANSWER_NONCE),
            last: read(answer, LAST) as u8 & 15,
            limit: read(answer, LIMIT) as u16,
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
pub const fn token(nonce: u32, other_nonce: u32) -> u32 {
    match nonce.wrapping_add(other_nonce) & MASK {
        0 => 1,
        MASK => MASK - 1,
        token => token,
    }
}

/// The seed of the CRC of the frames which the end with `nonce` sends to the end with `other_nonce`, in the session with `token`.
pub const fn seed(token: u32, nonce: u32, other_nonce: u32) -> u32 {
    if nonce > other_nonce { token } else { !token }
}

/// Writes a number into a field.
fn write(bytes: &mut Bytes, field: Range<usize>, number: u32) {
    digits::write(bytes.get_mut(field).unwrap_or_default(), number);
}

/// Reads the number in a field.
fn read(bytes: &Bytes, field: Range<usize>) -> u32 {
    digits::read(bytes.get(field).unwrap_or_default())
}

/// Writes what both frames end with.
fn close(bytes: &mut Bytes, limit: u16, seed: u32) {
    write(bytes, LIMIT, limit.into());
    let crc = crc24(bytes.get(COVERED).unwrap_or_default(), seed);
    write(bytes, CRC, crc);
}

/// The frame at the end of `bytes`, if it has the `head` of `like`, nothing but digits in its fields, and the right CRC.
fn open<'b>(bytes: &'b [u8], like: &Bytes, head: Range<usize>, seed: u32) -> Option<&'b Bytes> {
    let frame = bytes.last_chunk()?;
    let is_right = frame.get(head.clone()) == like.get(head)
        && digits::are_digits(frame.get(FIELDS)?)
        && read(frame, CRC) == crc24(frame.get(COVERED)?, seed);
    is_right.then_some(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Hello = Hello { token: 0, nonce: 0x00_a1b2, limit: 256 };
    const SEED: u32 = answer_seed(ASKED.token, ASKED.nonce);
    const ANSWERED: Answer = Answer { is_same: false, nonce: 0x11_a2a4, last: 0, limit: 256 };

    #[test]
    fn a_hello_and_its_answer_have_the_bytes_of_the_specification() {
        assert_eq!(&ASKED.bytes()[..21], b"<\x1a\x08checked?1~@@@@@JFr");
        assert_eq!(&ANSWERED.bytes(SEED)[..20], b"<\x1a\x0bchecked?ackN~DZJd");
    }

    #[test]
    fn what_was_written_is_read() {
        for hello in [ASKED, Hello { token: 0xff_ffff, nonce: 0, limit: 32 }] {
            let bytes = hello.bytes();
            assert_eq!(Greeting::of_frame(&bytes), Some(Greeting::Hello));
            assert_eq!(Hello::read(&bytes), Some(hello));
            assert_eq!(Answer::read(&bytes, answer_seed(hello.token, hello.nonce)), None);
        }
        for answer in [ANSWERED, Answer { is_same: true, last: 15, ..ANSWERED }] {
            let bytes = answer.bytes(SEED);
            assert_eq!(Greeting::of_frame(&bytes), Some(Greeting::Answer));
            assert_eq!(Answer::read(&bytes, SEED), Some(answer));
            for other in [answer_seed(ASKED.token, 78), answer_seed(5, ASKED.nonce)] {
                assert_eq!(Answer::read(&bytes, other), None, "it answers another hello");
            }
            assert_eq!(Hello::read(&bytes), None);
        }
    }

    #[test]
    fn a_damaged_greeting_is_not_read() {
        let (hello, answer) = (ASKED.bytes(), ANSWERED.bytes(SEED));
        for bit in 0..GREETING_SIZE * 8 {
            let flipped = |frame: Bytes| {
                let mut frame = frame;
                frame[bit / 8] ^= 1 << (bit % 8);
                frame
            };
            // The CRC does not cover how the frame begins and ends.
            let outside = bit / 8 < 2 || bit / 8 == GREETING_SIZE - 1;
            assert!(outside || Hello::read(&flipped(hello)).is_none(), "{bit}");
            assert!(outside || Answer::read(&flipped(answer), SEED).is_none(), "{bit}");
        }
        for len in 0..GREETING_SIZE {
            assert_eq!(Hello::read(&hello[..len]), None);
        }
    }

    #[test]
    fn a_greeting_has_no_zero_and_no_code_that_changes_the_mode_of_a_prompt() {
        for digit in 0..64 {
            let number = digit * 0o01_01_01_01;
            let limit = (digit * 0o01_01) as u16;
            let hello = Hello { token: number, nonce: number, limit };
            let answer = Answer { is_same: digit % 2 == 0, nonce: number, last: digit as u8, limit };
            for bytes in [hello.bytes(), answer.bytes(number)] {
                assert!(bytes.iter().all(|byte| !(0..=7).contains(byte)), "{bytes:02x?}");
                let digits = &bytes[17..20];
                assert!(digits.iter().all(|place| u32::from(*place) == 0x40 + digit), "{bytes:02x?}");
            }
        }
    }
}
