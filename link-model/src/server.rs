//! A side that serves: no timers, and one reply that it keeps.

use crate::line::{Frame, Message};
use crate::model::Model;
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Run, Server, Side, Token};
use crate::step::Step;

impl Step<'_> {
    pub(crate) fn serve(
        &mut self,
        me: Side,
        message: Message,
        token: Token,
        number: u8,
        call: u8,
    ) -> Result<(), Broken> {
        if !self.is_mine(me, message, token) {
            return Ok(());
        }
        self.hear_session(me);
        let server = self.state.end(me).server;
        let reply = |call| Frame::Reply { token, number, call };
        if number == self.model.after(server.last) || self.model.lacks(Mutant::RunsAny) {
            self.run(me, message, token, call)?;
            self.state.end_mut(me).server = Server { last: number, kept: Some(call) };
            self.send(me, reply(call));
        } else if number == server.last {
            match server.kept {
                _ if self.model.lacks(Mutant::RunsAgain) => {
                    self.run(me, message, token, call)?;
                    self.send(me, reply(call));
                }
                Some(kept) => _ = self.send(me, reply(kept)),
                None if self.model.lacks(Mutant::RunsWhenGone) => {
                    self.run(me, message, token, call)?;
                    self.send(me, reply(call));
                }
                None if self.model.lacks(Mutant::SilentWhenGone) => {}
                None => _ = self.send(me, Frame::Gone { token, number }),
            }
        }
        Ok(())
    }

    fn run(&mut self, me: Side, message: Message, token: Token, call: u8) -> Result<(), Broken> {
        if message.from == me {
            return Err(Broken::RanOwnCall);
        }
        let record = self.state.record_mut(me.peer(), call);
        if record.said_no {
            return Err(Broken::RanAfterNo);
        }
        let run = if Model::is_idempotent(call) { Run::In(token) } else { Run::Once };
        if record.run == run {
            return Err(Broken::RanTwice);
        }
        record.run = run;
        Ok(())
    }

    pub(crate) fn forget(&mut self, me: Side) -> Option<()> {
        self.state.end_mut(me).server.kept.take()?;
        let used = &mut self.state.used.forgets;
        (*used < self.model.forgets).then(|| *used += 1)
    }
}
