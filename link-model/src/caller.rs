//! A side that calls: it has every timer.

use crate::line::{Frame, Message};
use crate::model::{Model, Peer};
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Current, Outcome, Pending, Ran, Run, Side, Token};
use crate::step::Step;

impl Step<'_> {
    pub(crate) fn begin(&mut self, me: Side) -> Option<()> {
        let calls = self.model.calls[me.index()];
        let caller = &mut self.state.end_mut(me).caller;
        if caller.current.is_some() || caller.begun == calls {
            return None;
        }
        caller.current = Some(Current { call: caller.begun, sent: false, repeated: false, ran: Ran::No });
        caller.begun += 1;
        Some(())
    }

    /// Sends the call, or repeats it.
    pub(crate) fn send_call(&mut self, me: Side) -> Option<()> {
        let token = self.may_call(me)?;
        let current = self.state.end(me).caller.current?;
        self.may_send()?;
        let renumber = self.model.lacks(Mutant::Renumber);
        let next = self.model.after(self.state.end(me).caller.number);
        let caller = &mut self.state.end_mut(me).caller;
        if !current.sent || renumber {
            caller.number = next;
        }
        let number = caller.number;
        let ran = if current.ran == Ran::Yes { Ran::Yes } else { Ran::Unknown };
        caller.current = Some(Current { sent: true, ran, ..current });
        if let Some(pending) = &mut self.state.end_mut(me).hello {
            pending.overtaken = true;
        }
        self.send(me, Frame::Call { token, number, call: current.call }).then_some(())
    }

    /// The session in which this side can call now.
    pub(crate) fn may_call(&self, me: Side) -> Option<Token> {
        let end = self.state.end(me);
        let session = end.session?;
        let confirmed = session.confirmed || self.model.lacks(Mutant::Unconfirmed);
        let resumed = !end.caller.resume || self.model.lacks(Mutant::NoResume);
        (confirmed && resumed).then_some(session.token)
    }

    pub(crate) fn give_up(&mut self, me: Side) -> Option<Result<(), Broken>> {
        let current = self.state.end(me).caller.current?;
        if !self.model.lacks(Mutant::KeepProbe) {
            self.state.end_mut(me).hello = None;
        }
        if current.sent {
            self.state.end_mut(me).caller.resume = true;
        }
        Some(self.end_call(me, Outcome::TimedOut(current.ran)))
    }

    /// What the server had run last when it answered a hello.
    pub(crate) fn learn(&mut self, me: Side, pending: Pending, last: u8) {
        let overtaken = pending.overtaken && !self.model.lacks(Mutant::StaleNo);
        let keeps = self.model.lacks(Mutant::KeepNumber);
        let counted = self.model.peer(me) == Peer::Board && !self.model.lacks(Mutant::CountedNo);
        let forgets = self.model.lacks(Mutant::ForgetsFirst);
        let caller = &mut self.state.end_mut(me).caller;
        match &mut caller.current {
            Some(current) if current.sent => {
                let unsure = counted || overtaken || (current.repeated && !forgets);
                current.ran = match last == caller.number {
                    true => Ran::Yes,
                    false if unsure => Ran::Unknown,
                    false => Ran::No,
                };
            }
            _ if keeps => {}
            _ => caller.number = last,
        }
    }

    /// A reply, or that it is gone.
    pub(crate) fn take_reply(
        &mut self,
        me: Side,
        message: Message,
        token: Token,
        number: u8,
        of: Option<u8>,
    ) -> Result<(), Broken> {
        if !self.is_mine(me, message, token) {
            return Ok(());
        }
        self.hear_session(me);
        let caller = self.state.end(me).caller;
        let Some(current) = caller.current.filter(|current| current.sent) else { return Ok(()) };
        if caller.number != number && !self.model.lacks(Mutant::AnyReply) {
            return Ok(());
        }
        self.state.end_mut(me).hello = None;
        match of {
            None => self.end_call(me, Outcome::ReplyLost),
            Some(call) if call == current.call => self.end_call(me, Outcome::Value),
            Some(_) => Err(Broken::WrongValue),
        }
    }

    pub(crate) fn end_call(&mut self, me: Side, outcome: Outcome) -> Result<(), Broken> {
        let Some(current) = self.state.end_mut(me).caller.current.take() else { return Ok(()) };
        let record = self.state.record_mut(me, current.call);
        let ran = record.run != Run::Never;
        match outcome {
            Outcome::Value | Outcome::ReplyLost | Outcome::TimedOut(Ran::Yes) if !ran => {
                Err(Broken::NeverRan)
            }
            Outcome::TimedOut(Ran::No) if ran => Err(Broken::RanAfterNo),
            Outcome::TimedOut(Ran::No) => {
                record.said_no = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn may_repeat(model: &Model, call: u8) -> bool {
        Model::is_idempotent(call) || model.lacks(Mutant::RepeatAll)
    }
}
