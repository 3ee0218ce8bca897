//! One event: which can happen in a state, and what they do.

use crate::line::{Frame, Message};
use crate::model::Model;
use crate::promise::Broken;
use crate::state::{Side, State};

/// What can happen next. The side is the one that acts; for `Deliver` and `Lose` it is the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The program makes a call.
    Begin(Side),
    /// The call is sent, or sent again.
    Call(Side),
    /// A hello is said, or said again.
    Hello(Side),
    /// A one-way call is sent.
    Note(Side),
    /// The call's time is over.
    GiveUp(Side),
    /// The peer receives the oldest frame under way.
    Deliver(Side),
    /// The oldest frame under way is lost or damaged.
    Lose(Side),
    /// What the side sends comes back to it at once.
    Echo(Side),
    /// The side forgets everything.
    Restart(Side),
    /// The side has heard nothing for so long that it reads plain frames.
    LeaseEnds(Side),
    /// The side needs the room of the reply that it keeps.
    Forget(Side),
}

/// A state in which an event happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'m> {
    pub(crate) model: &'m Model,
    pub(crate) state: State,
}

/// The state after the event, or `None` if it cannot happen.
pub(crate) fn after(model: &Model, state: &State, event: Event) -> Option<Result<State, Broken>> {
    let mut step = Step { model, state: *state };
    Some(step.happen(event)?.map(|()| step.state))
}

impl Step<'_> {
    fn happen(&mut self, event: Event) -> Option<Result<(), Broken>> {
        match event {
            Event::Begin(side) => self.begin(side)?,
            Event::Call(side) => self.send_call(side)?,
            Event::Hello(side) => self.say_hello(side)?,
            Event::Note(side) => self.send_note(side)?,
            Event::GiveUp(side) => return self.give_up(side),
            Event::Deliver(side) => {
                let message = self.state.lines[side.index()].take()?;
                return Some(self.receive(side.peer(), message));
            }
            Event::Lose(side) => self.lose(side)?,
            Event::Echo(side) => return self.echo(side),
            Event::Restart(side) => self.restart(side)?,
            Event::LeaseEnds(side) => self.lease_ends(side)?,
            Event::Forget(side) => self.forget(side)?,
        }
        Some(Ok(()))
    }

    pub(crate) fn receive(&mut self, me: Side, message: Message) -> Result<(), Broken> {
        match message.frame {
            Frame::Hello(hello) => self.hear_hello(me, message, hello),
            Frame::Same { to, last } => {
                self.hear_same(me, to, last);
                Ok(())
            }
            Frame::New { to, mine } => self.hear_new(me, message, to, mine),
            Frame::Call { token, number, call } => self.serve(me, message, token, number, call),
            Frame::Reply { token, number, call } => self.take_reply(me, message, token, number, Some(call)),
            Frame::Gone { token, number } => self.take_reply(me, message, token, number, None),
            Frame::Note { token, number } => self.take_note(me, message, token, number),
        }
    }

    pub(crate) fn send(&mut self, me: Side, frame: Frame) -> bool {
        self.state.lines[me.index()].put(Message { from: me, frame, outdated: false })
    }

    /// Counts what is sent without being asked for.
    pub(crate) fn may_send(&mut self) -> Option<()> {
        (self.state.used.sends < self.model.sends).then(|| self.state.used.sends += 1)
    }
}
