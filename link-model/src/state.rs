//! What both sides know, and what is on the line between them.

use crate::line::Line;

/// How many calls one side can make.
const MAX_CALLS: usize = 3;

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// Everything at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) ends: [End; 2],
    /// What each side has sent and the other has not yet received.
    pub(crate) lines: [Line; 2],
    pub(crate) calls: [[Record; MAX_CALLS]; 2],
    pub(crate) used: Used,
}

/// What one side knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct End {
    /// The nonce that it used last.
    pub(crate) nonce: u8,
    pub(crate) session: Option<Session>,
    /// The lease is over: it reads plain frames.
    pub(crate) plain: bool,
    pub(crate) hello: Option<Pending>,
    pub(crate) caller: Caller,
    pub(crate) server: Server,
    pub(crate) notes: Notes,
}

/// A session as one side knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Session {
    pub(crate) token: Token,
    /// Whether the peer is known to have it too.
    pub(crate) confirmed: bool,
    /// The peer has restarted since. No side knows this; a restart is reported only if it is true.
    pub(crate) dead: bool,
}

/// The sum of both nonces. In the model two sums are equal only if the nonces are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    pub(crate) nonces: [u8; 2],
    /// Always `None`, as a sum has no order; but in one mutant the side that asked.
    pub(crate) first: Option<Side>,
}

/// A hello that waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Pending {
    pub(crate) hello: Hello,
    /// A copy of the call was sent after the first copy of the hello.
    pub(crate) overtaken: bool,
}

/// What a hello says: every copy of it the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Hello {
    pub(crate) told: Option<Token>,
    pub(crate) nonce: u8,
}

/// One side as a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Caller {
    /// Of the call that it sent last in this session.
    pub(crate) number: u8,
    pub(crate) current: Option<Current>,
    /// A call was given up: the next one says hello first.
    pub(crate) resume: bool,
    /// How many calls it has begun.
    pub(crate) begun: u8,
}

/// The call that a side is making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Current {
    pub(crate) call: u8,
    pub(crate) sent: bool,
    /// It was sent in an earlier session, too.
    pub(crate) repeated: bool,
    pub(crate) ran: Ran,
}

/// What a caller knows about its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ran {
    No,
    Yes,
    Unknown,
}

/// One side as a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Server {
    /// The number of the call that it ran last; 0 in a new session.
    pub(crate) last: u8,
    /// The call whose reply it keeps.
    pub(crate) kept: Option<u8>,
}

/// One-way calls of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Notes {
    /// The number of the last one sent.
    pub(crate) sent: u8,
    /// The number of the last one received.
    pub(crate) received: u8,
    /// How many this side counts as lost on their way to it.
    pub(crate) missed: u8,
    /// How many of those sent were lost. Neither side knows this.
    pub(crate) lost: u8,
}

/// What has become of a call, as far as a promise depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Record {
    pub(crate) run: Run,
    /// Its caller was told that it does not run.
    pub(crate) said_no: bool,
}

/// Where a call has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Run {
    Never,
    Once,
    /// An idempotent one, last in this session.
    In(Token),
}

/// What a caller is told about its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    Value,
    TimedOut(Ran),
    ReplyLost,
    Restarted,
}

/// How much has happened of what the model limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Used {
    pub(crate) sends: u8,
    pub(crate) notes: u8,
    pub(crate) forgets: u8,
    pub(crate) echoes: u8,
    pub(crate) restarts: [u8; 2],
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    pub(crate) const fn peer(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

impl State {
    pub(crate) const START: Self = Self {
        ends: [End::new(Side::A), End::new(Side::B)],
        lines: [Line::EMPTY; 2],
        calls: [[Record { run: Run::Never, said_no: false }; MAX_CALLS]; 2],
        used: Used { sends: 0, notes: 0, forgets: 0, echoes: 0, restarts: [0; 2] },
    };

    pub(crate) fn end(&self, side: Side) -> &End {
        &self.ends[side.index()]
    }

    pub(crate) fn end_mut(&mut self, side: Side) -> &mut End {
        &mut self.ends[side.index()]
    }

    pub(crate) fn record_mut(&mut self, caller: Side, call: u8) -> &mut Record {
        &mut self.calls[caller.index()][usize::from(call)]
    }
}

impl End {
    /// No nonce is used by both sides: equal ones are as improbable as a wrong checksum.
    pub(crate) const fn new(side: Side) -> Self {
        Self { nonce: 100 * side as u8, ..Self::START }
    }

    const START: Self = Self {
        nonce: 0,
        session: None,
        plain: true,
        hello: None,
        caller: Caller { number: 0, current: None, resume: false, begun: 0 },
        server: Server::NEW,
        notes: Notes::NEW,
    };

    pub(crate) fn token(&self) -> Option<Token> {
        self.session.map(|session| session.token)
    }
}

impl Server {
    pub(crate) const NEW: Self = Self { last: 0, kept: None };
}

impl Notes {
    pub(crate) const NEW: Self = Self { sent: 0, received: 0, missed: 0, lost: 0 };
}
