//! What goes wrong.

use crate::line::{Frame, Line};
use crate::model::Peer;
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{End, Side};
use crate::step::Step;

impl Step<'_> {
    pub(crate) fn lose(&mut self, sender: Side) -> Option<()> {
        let message = self.state.lines[sender.index()].take()?;
        if let Frame::Note { token, .. } = message.frame {
            self.lose_note(sender, token);
        }
        Some(())
    }

    /// What a side sends comes back at once, as on a line whose far end is open, and reaches nobody else.
    pub(crate) fn echo(&mut self, me: Side) -> Option<Result<(), Broken>> {
        if self.state.used.echoes == self.model.echoes {
            return None;
        }
        self.state.used.echoes += 1;
        let line = self.state.lines[me.index()];
        self.state.lines[me.index()] = Line::EMPTY;
        self.send_call(me).or_else(|| self.say_hello(me))?;
        let message = self.state.lines[me.index()].take()?;
        self.state.lines[me.index()] = line;
        Some(self.receive(me, message))
    }

    /// A side forgets everything. What is under way stays so.
    pub(crate) fn restart(&mut self, me: Side) -> Option<()> {
        let used = &mut self.state.used.restarts[me.index()];
        if *used == self.model.restarts[me.index()] {
            return None;
        }
        *used += 1;
        let end = self.state.end_mut(me);
        let before = *end;
        *end = End::new(me);
        end.caller.begun = before.caller.begun;
        if self.model.peers[me.index()] == Peer::Host {
            end.nonce = before.nonce;
        }
        if let Some(session) = &mut self.state.end_mut(me.peer()).session {
            session.dead = true;
        }
        for line in &mut self.state.lines {
            line.outdate(me);
        }
        Some(())
    }

    pub(crate) fn lease_ends(&mut self, me: Side) -> Option<()> {
        let end = self.state.end_mut(me);
        if !self.model.leases || end.session.is_none() || end.plain {
            return None;
        }
        end.plain = true;
        if self.model.lacks(Mutant::LeaseKills) {
            end.session = None;
        }
        Some(())
    }
}
