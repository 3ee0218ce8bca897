//! The sessions of the checked link, as their hellos and answers tell them.

use std::time::Duration;

use serialtalk::proto::checked::{Answer, Control, Hello, Kind, answer_seed, seed, token, unseal};

use super::{Both, Content, Side};

/// How long checked frames are expected after the last one.
const LEASE: Duration = Duration::from_secs(2);

/// All bits of a nonce.
const NONCE: u32 = 0xff_ffff;

/// What is known of sessions.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    /// The last hello of each side.
    hellos: Both<Option<Hello>>,
    session: Option<Session>,
    /// When a frame of the session was seen last, unless a side has left it since.
    active: Option<Duration>,
}

#[derive(Debug)]
struct Session {
    token: u32,
    /// The seeds of the CRC of each side's frames.
    seeds: Both<u32>,
}

impl Session {
    /// The session of a side with this nonce and another.
    fn new(side: Side, nonce: u32, other_nonce: u32) -> Self {
        let token = token(nonce, other_nonce);
        let mut seeds = Both::default();
        *seeds.of_mut(side) = seed(token, nonce, other_nonce);
        *seeds.of_mut(side.other()) = seed(token, other_nonce, nonce);
        Self { token, seeds }
    }
}

impl Sessions {
    /// Whether any session is known.
    pub(crate) fn is_known(&self) -> bool {
        self.session.is_some()
    }

    /// Whether checked frames are expected.
    pub(crate) fn is_live(&self, now: Duration) -> bool {
        self.active.is_some_and(|active| now.saturating_sub(active) < LEASE)
    }

    /// What a plain frame is if it opens a session or goes on with one.
    pub(crate) fn greeted(&mut self, side: Side, frame: &[u8], time: Duration) -> Option<Content> {
        if let Some(hello) = Hello::read(frame) {
            *self.hellos.of_mut(side) = Some(hello);
            return Some(Content::Hello(hello));
        }
        let hello = (*self.hellos.of(side.other()))?;
        let answer = Answer::read(frame, answer_seed(hello.token, hello.nonce))?;
        let is_known = self.session.as_ref().is_some_and(|session| session.token == hello.token);
        if !answer.is_same {
            self.session = Some(Session::new(side, answer.nonce, hello.nonce));
        } else if !is_known {
            // The token is the sum of both nonces.
            let asking = hello.token.wrapping_sub(answer.nonce) & NONCE;
            self.session = Some(Session::new(side, answer.nonce, asking));
        }
        self.active = Some(time);
        Some(Content::Answer(answer, self.session.as_ref()?.token))
    }

    /// Opens what is between two zeros, if it is an intact frame of the session.
    pub(crate) fn open(&mut self, side: Side, segment: &[u8], time: Duration) -> Option<(Control, Vec<u8>)> {
        let mut segment = segment.to_vec();
        let (control, fields) = unseal(&mut segment, *self.session.as_ref()?.seeds.of(side))?;
        self.active = (control.kind != Kind::Bye).then_some(time);
        Some((control, fields.to_vec()))
    }
}
