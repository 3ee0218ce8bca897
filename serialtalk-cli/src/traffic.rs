//! What crosses a line between a program and a board, heard by somebody beside it.
//!
//! [`Splitter`] finds the pieces in the bytes of both directions, with [`Sessions`](sessions::Sessions), which know the
//! sessions of the checked link; [`Calls`](calls::Calls) tell what a checked frame is about, and [`Names`](names::Names) what its
//! command is called; `shown` shows a piece, and `pcapng`
//! keeps it.

mod calls;
mod names;
pub(crate) mod pcapng;
mod sessions;
pub(crate) mod shown;
mod splitter;

use std::time::Duration;

use serialtalk::proto::checked::{Answer, Hello, Kind};

pub(crate) use splitter::Splitter;

/// Who has sent something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The program.
    Host,
    Board,
}

impl Side {
    /// The one at the other end of the line.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Host => Self::Board,
            Self::Board => Self::Host,
        }
    }
}

/// One thing for each side.
#[derive(Debug, Default)]
pub(crate) struct Both<T> {
    host: T,
    board: T,
}

impl<T> Both<T> {
    pub(crate) fn of(&self, side: Side) -> &T {
        match side {
            Side::Host => &self.host,
            Side::Board => &self.board,
        }
    }

    pub(crate) fn of_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Host => &mut self.host,
            Side::Board => &mut self.board,
        }
    }
}

/// A frame, or what was between two frames.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) side: Side,
    /// When its last byte was there, since the epoch.
    pub(crate) time: Duration,
    /// It, as it was on the wire.
    pub(crate) bytes: Vec<u8>,
    pub(crate) content: Content,
}

/// What a piece is.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Plain {
        name: Vec<u8>,
        payload: Vec<u8>,
    },
    Hello(Hello),
    /// The answer to a hello, and the token of the session.
    Answer(Answer, u32),
    Checked(Checked),
    /// A checked frame whose CRC is wrong, or something else among checked frames.
    Damaged,
    /// A checked frame of a session whose beginning was not seen.
    OfUnknownSession,
    Text,
}

/// A checked frame whose CRC is right.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) kind: Kind,
    /// The number of a call or of a one-way command.
    pub(crate) number: u8,
    /// What a call, a one-way command or a reply is about.
    pub(crate) about: Option<About>,
    /// What a plain frame would have for a payload; all fields of a frame that is about nothing.
    pub(crate) payload: Vec<u8>,
    /// Whether that could not be told: packed values may be without their header.
    pub(crate) is_bare: bool,
}

/// A command as calls name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    Name(Vec<u8>),
    /// Its number at the peer, whose name was not told.
    Number(u8),
}
