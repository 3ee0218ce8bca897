//! Saying hello, and what an answer changes.

use crate::line::{Frame, Message};
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Hello, Pending, Side};
use crate::step::Step;

impl Step<'_> {
    /// A caller says hello to open a session, to resume one, or to ask whether the peer is alive.
    pub(crate) fn say_hello(&mut self, me: Side) -> Option<()> {
        self.state.end(me).caller.current?;
        self.may_send()?;
        self.send_hello(me).then_some(())
    }

    /// A new hello, or the pending one as it was.
    pub(crate) fn send_hello(&mut self, me: Side) -> bool {
        let end = self.state.end_mut(me);
        let new = Hello { told: end.token(), nonce: end.nonce + 1 };
        let pending = *end.hello.get_or_insert(Pending { hello: new, overtaken: false });
        end.nonce = pending.hello.nonce;
        self.send(me, Frame::Hello(pending.hello))
    }

    /// The peer has this session.
    pub(crate) fn hear_same(&mut self, me: Side, to: Hello, last: u8) {
        if let Some(pending) = self.answered(me, to) {
            self.state.end_mut(me).caller.resume = false;
            self.learn(me, pending, last);
            self.hear_session(me);
        }
    }

    /// The peer has opened a session.
    pub(crate) fn hear_new(
        &mut self,
        me: Side,
        message: Message,
        to: Hello,
        theirs: u8,
    ) -> Result<(), Broken> {
        if self.answered(me, to).is_none() {
            return Ok(());
        }
        let token = self.token(me, to.nonce, theirs);
        self.open(me, token, true, message.outdated)
    }

    /// The pending hello, if the answer is to it; then it waits no longer.
    fn answered(&mut self, me: Side, to: Hello) -> Option<Pending> {
        let unbound = self.model.lacks(Mutant::Unbound);
        let nonce_only = self.model.lacks(Mutant::NonceOnly);
        self.state.end_mut(me).hello.take_if(|&mut Pending { hello, .. }| {
            unbound || hello == to || (nonce_only && hello.nonce == to.nonce)
        })
    }
}
