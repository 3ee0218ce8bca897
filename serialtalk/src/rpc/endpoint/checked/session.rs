//! A session: what two ends of a checked link have in common.

use core::mem;

use crate::wire::checked::{seed, token};
use crate::wire::frame::MIN_BUFFER;

/// How long an end expects checked frames after the session was active last, in milliseconds.
pub(super) const LEASE_MS: u32 = 2000;

/// How long a caller relies on the other end to expect checked frames after the session was active last, in milliseconds.
pub(super) const FRESH_MS: u32 = 1000;

/// A session with the peer.
#[derive(Debug)]
pub(super) struct Session {
    /// What both ends know of it and no frame says: it is the seed of the CRC. 0 if there is no session.
    pub(super) token: u32,
    /// The nonces of the two ends, of which the token is made.
    pub(super) ours: u32,
    pub(super) theirs: u32,
    /// The largest frame in bytes that the peer can receive.
    pub(super) limit: u16,
    /// When an intact frame or an answer arrived last, a hello was answered, or a reply was sent.
    active: u32,
    /// Whether the peer is known to have the session, too.
    pub(super) is_confirmed: bool,
    expects: Expects,
    /// Whether a reply was written since the time was told last.
    has_replied: bool,
    /// Whether the next frame has to end with a zero whatever was sent before it.
    pub(super) is_first: bool,
    /// Whether the peer was told of damage since the last good frame.
    pub(super) has_complained: bool,
    pub(super) calling: Calling,
    pub(super) serving: Serving,
}

/// Which frames are expected of the peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    Plain,
    /// Plain ones until a zero arrives, with which the peer begins its first checked frame. Its hello was answered, but it may have
    /// given up before, and speak plainly.
    PlainUntilZero,
    Checked,
    /// Checked ones that lie in a buffer of the driver, and if there are none, plain ones.
    CheckedIfArrived,
}

/// The calls of this end.
#[derive(Debug)]
pub(super) struct Calling {
    /// The number of the last call.
    pub(super) last: u8,
    /// Whether the reply to it is awaited.
    pub(super) is_awaited: bool,
    /// Whether the peer has to say which call it served last before the next one is made.
    pub(super) is_stale: bool,
    /// The smoothed time of a round trip in milliseconds.
    round_trip_ms: u16,
    /// How long the reply to the next call may take before that is repeated, in milliseconds.
    pub(super) patience_ms: u16,
    /// The number of the last one-way command.
    pub(super) last_note: u8,
}

/// The calls of the peer.
#[derive(Debug)]
pub(super) struct Serving {
    /// The number of the call that was served last.
    pub(super) last: u8,
    /// Where the reply to it ends in the outgoing buffer; 0 if it is not kept.
    pub(super) kept: u16,
    /// The number of the last one-way command.
    pub(super) last_note: u8,
}

impl Session {
    /// No session: no checked frames are expected, and nothing is awaited.
    pub(super) const NONE: Self = Self {
        token: 0,
        ours: 0,
        theirs: 0,
        limit: 0,
        active: 0,
        is_confirmed: false,
        expects: Expects::Plain,
        has_replied: false,
        is_first: false,
        has_complained: false,
        calling: Calling {
            last: 0,
            is_awaited: false,
            is_stale: false,
            round_trip_ms: 0,
            patience_ms: 0,
            last_note: 0,
        },
        serving: Serving { last: 0, kept: 0, last_note: 0 },
    };

    /// Begins a session.
    pub(super) fn new(ours: u32, theirs: u32, limit: u16) -> Self {
        let calling = Calling { patience_ms: FIRST_PATIENCE_MS, ..Self::NONE.calling };
        // Every end can receive as much as that, whatever it says.
        let limit = limit.max(MIN_BUFFER as u16);
        Self { token: token(ours, theirs), ours, theirs, limit, calling, ..Self::NONE }
    }

    /// Whether this is the session of two ends with these nonces.
    pub(super) fn is_of(&self, ours: u32, theirs: u32) -> bool {
        self.is_open() && self.ours == ours && self.theirs == theirs
    }

    /// Forgets the session.
    pub(super) fn end(&mut self) {
        self.token = 0;
        self.is_confirmed = false;
        self.interrupt();
    }

    /// Whether there is a session.
    pub(super) fn is_open(&self) -> bool {
        self.token != 0
    }

    /// The seed of the CRC of frames that are sent.
    pub(super) fn seed_out(&self) -> u32 {
        seed(self.token, self.ours, self.theirs)
    }

    /// The seed of the CRC of frames that arrive.
    pub(super) fn seed_in(&self) -> u32 {
        !self.seed_out()
    }

    /// Whether it is live: checked frames are expected.
    pub(super) fn is_live(&self) -> bool {
        matches!(self.expects, Expects::Checked | Expects::CheckedIfArrived)
    }

    /// Whether it is live, or will be if what arrives next is a zero.
    pub(super) fn may_be_live(&self) -> bool {
        self.expects != Expects::Plain
    }

    /// Expects checked frames from now on if what has arrived next is a zero.
    pub(super) fn see_next(&mut self, byte: Option<&u8>) {
        if self.expects == Expects::PlainUntilZero && byte == Some(&0) {
            self.expects = Expects::Checked;
        }
    }

    /// How long checked frames are still expected of a silent peer, in milliseconds; `None` if for ever.
    pub(super) fn lease_left(&self, now: u32) -> Option<u32> {
        let left = LEASE_MS.saturating_sub(now.wrapping_sub(self.active));
        (!self.calling.is_awaited).then_some(left)
    }

    /// Whether the other end certainly expects checked frames.
    pub(super) fn is_fresh(&self, now: u32) -> bool {
        self.is_live() && self.is_confirmed && now.wrapping_sub(self.active) < FRESH_MS
    }

    /// Whether a call can be sent at once.
    pub(super) fn is_ready(&self, now: u32) -> bool {
        self.is_fresh(now) && !self.calling.is_stale && !self.calling.is_awaited
    }

    /// Where the reply that is kept ends in the outgoing buffer.
    pub(super) fn kept_end(&self) -> usize {
        self.serving.kept.into()
    }

    /// Whether the next frame has to end whatever was sent before it; none after it has to.
    pub(super) fn take_first(&mut self) -> bool {
        mem::take(&mut self.is_first)
    }

    /// Expects checked frames from now on, since the peer has answered a hello.
    pub(super) fn go_live(&mut self, now: u32) {
        self.active = now;
        self.expects = Expects::Checked;
        self.is_first = true;
    }

    /// Expects checked frames soon, since a hello of the peer is answered.
    pub(super) fn answer(&mut self, now: u32) {
        self.active = now;
        if self.expects == Expects::Plain {
            self.expects = Expects::PlainUntilZero;
        }
        self.is_first = true;
    }

    /// Notes that the peer has the session, too, and is there.
    pub(super) fn heard(&mut self, now: u32) {
        self.active = now;
        self.is_confirmed = true;
        self.has_complained = false;
        if self.expects == Expects::CheckedIfArrived {
            self.expects = Expects::Checked;
        }
    }

    /// Notes that a reply was written.
    pub(super) fn replied(&mut self) {
        self.has_replied = true;
    }

    /// Expects plain frames from now on if the peer is silent for too long and the session `may_be_over`. A call that is awaited
    /// keeps it live.
    pub(super) fn tell_time(&mut self, now: u32, may_be_over: bool) {
        if self.has_replied {
            self.has_replied = false;
            self.active = now;
        }
        if may_be_over && self.lease_left(now) == Some(0) {
            let is_later = now.wrapping_sub(self.active) > LEASE_MS;
            self.expects = match self.expects {
                // Nobody may have read for as long as that.
                Expects::Checked => Expects::CheckedIfArrived,
                // How often a driver asks in one millisecond makes no difference.
                Expects::CheckedIfArrived if !is_later => Expects::CheckedIfArrived,
                _ => Expects::Plain,
            };
        }
    }

    /// Expects plain frames from now on; the session goes on after the next hello.
    pub(super) fn interrupt(&mut self) {
        self.expects = Expects::Plain;
        self.calling.give_up();
    }
}

impl Calling {
    /// Begins a call, and returns its number.
    pub(super) fn begin(&mut self) -> u8 {
        self.last = next(self.last);
        self.is_awaited = true;
        self.last
    }

    /// Takes back the call that was begun last, of which nothing was sent.
    pub(super) fn undo(&mut self) {
        self.last = self.last.wrapping_sub(1) & 15;
        self.is_awaited = false;
    }

    /// Goes on after the peer has said which call it served last.
    pub(super) fn resume(&mut self, last: u8) {
        self.last = last;
        self.is_awaited = false;
        self.is_stale = false;
    }

    /// Goes on with the call that was begun last, after the session was interrupted.
    pub(super) fn go_on(&mut self) {
        self.is_awaited = true;
        self.is_stale = false;
    }

    /// Notes that the reply to a call has arrived, which was to be repeated after `patience_ms`.
    pub(super) fn end(&mut self, patience_ms: u16) {
        self.is_awaited = false;
        self.patience_ms = patience_ms;
    }

    /// Notes how long the reply to something took that was sent once.
    pub(super) fn took(&mut self, ms: u32) {
        let ms = ms.min(MAX_PATIENCE_MS.into()) as u16;
        self.round_trip_ms = if self.round_trip_ms == 0 { ms } else { (self.round_trip_ms * 3 + ms) / 4 };
        self.patience_ms = (MIN_PATIENCE_MS + self.round_trip_ms * 3).min(MAX_PATIENCE_MS);
    }

    /// Gives up the call whose reply is awaited.
    pub(super) fn give_up(&mut self) {
        self.is_stale |= self.is_awaited;
        self.is_awaited = false;
    }
}

/// The shortest time until a call is repeated, in milliseconds. Three times that of a round trip is added.
pub(super) const MIN_PATIENCE_MS: u16 = 20;

/// The time until a call is repeated while no round trip was measured, in milliseconds: that of two frames of 256 bytes at
/// 57,600 baud.
pub(super) const FIRST_PATIENCE_MS: u16 = 100;

/// The longest time until a call is repeated, in milliseconds.
pub(super) const MAX_PATIENCE_MS: u16 = 500;

/// The number after another one.
pub(super) const fn next(number: u8) -> u8 {
    (number + 1) & 15
}
