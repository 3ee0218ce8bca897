//! What a session is to one side: opened, confirmed, and the frames in it.

use crate::line::Message;
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Notes, Outcome, Ran, Server, Session, Side, Token};
use crate::step::Step;

impl Step<'_> {
    /// The token of the session that a hello and its answer open, of the nonces of both: equal at the two sides, whichever has
    /// asked.
    pub(crate) fn token(&self, asker: Side, asked: u8, answered: u8) -> Token {
        let mut nonces = [answered; 2];
        nonces[asker.index()] = asked;
        Token { nonces, first: self.model.lacks(Mutant::AskerOpens).then_some(asker) }
    }

    /// The peer has the session: a frame of it, an answer or a hello says so.
    pub(crate) fn hear_session(&mut self, me: Side) {
        let end = self.state.end_mut(me);
        end.plain = false;
        if let Some(session) = &mut end.session {
            session.confirmed = true;
        }
    }

    /// A new session takes the place of the one before.
    pub(crate) fn open(&mut self, me: Side, token: Token, confirmed: bool, dead: bool) -> Result<(), Broken> {
        let keeps_numbers = self.model.lacks(Mutant::KeepNumbers);
        let keeps_notes = self.model.lacks(Mutant::KeepNotes);
        let end = self.state.end_mut(me);
        let lost = end.session.replace(Session { token, confirmed, dead });
        end.plain = false;
        end.caller.resume = false;
        if !keeps_numbers {
            end.caller.number = 0;
            end.server = Server::NEW;
        }
        if !keeps_notes {
            end.notes = Notes::NEW;
        }
        let Some(current) = end.caller.current.as_mut().filter(|current| current.sent) else { return Ok(()) };
        if Self::may_repeat(self.model, current.call) {
            current.sent = false;
            current.repeated = true;
            current.ran = Ran::Unknown;
        } else {
            self.end_call(me, Outcome::Restarted)?;
        }
        let alive = lost.is_some_and(|lost| !lost.dead);
        if alive && self.model.restarts_are_true { Err(Broken::FalseRestart) } else { Ok(()) }
    }

    /// Whether a frame is in this side's session, and this side reads such frames.
    pub(crate) fn is_mine(&self, me: Side, message: Message, token: Token) -> bool {
        let end = self.state.end(me);
        let same =
            end.token() == Some(token) || (end.session.is_some() && self.model.lacks(Mutant::AnySession));
        let seed = message.from != me || self.model.lacks(Mutant::SameSeed);
        same && seed && !end.plain
    }
}
