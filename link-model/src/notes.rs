//! One-way calls: never repeated, and counted.

use crate::line::{Frame, Message};
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Side, Token};
use crate::step::Step;

impl Step<'_> {
    pub(crate) fn send_note(&mut self, me: Side) -> Option<()> {
        if self.model.calls[me.index()] == 0 || self.state.used.notes == self.model.notes {
            return None;
        }
        let token = self.may_call(me)?;
        // A caller makes one call at a time.
        if self.state.end(me).caller.current.is_some() {
            return None;
        }
        self.state.used.notes += 1;
        let shared = self.model.lacks(Mutant::NoteIsCall);
        let end = self.state.end(me);
        let number = self.model.after(if shared { end.caller.number } else { end.notes.sent });
        let end = self.state.end_mut(me);
        if shared {
            end.caller.number = number;
        } else {
            end.notes.sent = number;
        }
        if !self.send(me, Frame::Note { token, number }) {
            self.lose_note(me, token);
        }
        Some(())
    }

    pub(crate) fn take_note(
        &mut self,
        me: Side,
        message: Message,
        token: Token,
        number: u8,
    ) -> Result<(), Broken> {
        if !self.is_mine(me, message, token) {
            self.lose_note(me.peer(), token);
            return Ok(());
        }
        self.hear_session(me);
        let numbers = self.model.numbers;
        if self.model.lacks(Mutant::NoteIsCall) {
            let server = &mut self.state.end_mut(me).server;
            if number == (server.last + 1) % numbers {
                server.last = number;
                server.kept = None;
            }
            return Ok(());
        }
        let sender = *self.state.end(me.peer());
        let notes = &mut self.state.end_mut(me).notes;
        if number == notes.received {
            return Ok(());
        }
        notes.missed += (number + numbers - notes.received - 1) % numbers;
        notes.received = number;
        let too_many = sender.token() == Some(token) && notes.missed > sender.notes.lost;
        if too_many { Err(Broken::MissedTooMany) } else { Ok(()) }
    }

    /// Counts what no side can see.
    pub(crate) fn lose_note(&mut self, sender: Side, token: Token) {
        let end = self.state.end_mut(sender);
        if end.token() == Some(token) {
            end.notes.lost += 1;
        }
    }
}
