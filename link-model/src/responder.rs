//! What a side does with a hello.

use crate::line::{Frame, Message};
use crate::model::Peer;
use crate::mutant::Mutant;
use crate::promise::Broken;
use crate::state::{Hello, Server, Side};
use crate::step::Step;

impl Step<'_> {
    pub(crate) fn hear_hello(&mut self, me: Side, message: Message, hello: Hello) -> Result<(), Broken> {
        if self.is_echo(me, message, hello) {
            return Ok(());
        }
        if self.answer_same(me, hello) || self.answer_new_again(me, hello) {
            return Ok(());
        }
        let counted = (self.model.peer(message.from), self.model.peer(me)) == (Peer::Board, Peer::Host);
        if counted && !self.model.lacks(Mutant::CountedOpens) {
            self.send_hello(me);
            return Ok(());
        }
        self.answer_new(me, message, hello)
    }

    /// The line has sent back what this side has said. It sees this by the nonce.
    fn is_echo(&self, me: Side, message: Message, hello: Hello) -> bool {
        let end = self.state.end(me);
        let in_session = end.token().is_some_and(|token| token.nonces[me.index()] == hello.nonce);
        let mine = message.from == me && (in_session || end.nonce == hello.nonce);
        mine && !self.model.lacks(Mutant::AnswerEchoes)
    }

    /// The peer has this session.
    fn answer_same(&mut self, me: Side, hello: Hello) -> bool {
        let token = self.state.end(me).token();
        if token.is_none() || token != hello.told || self.model.lacks(Mutant::AlwaysNew) {
            return false;
        }
        self.hear_session(me);
        let last = self.state.end(me).server.last;
        if self.model.lacks(Mutant::ForgetNumbers) {
            self.state.end_mut(me).server = Server::NEW;
        }
        self.send(me, Frame::Same { to: hello, last });
        true
    }

    /// The peer has not received the answer to this hello, or it has said the hello twice.
    fn answer_new_again(&mut self, me: Side, hello: Hello) -> bool {
        let Some(session) = self.state.end(me).session else { return false };
        let [mine, theirs] = [me, me.peer()].map(|side| session.token.nonces[side.index()]);
        let unused = !session.confirmed || self.model.lacks(Mutant::AgainForEver);
        if theirs != hello.nonce || !unused || self.model.lacks(Mutant::NewAgain) {
            return false;
        }
        self.state.end_mut(me).plain = false;
        self.send(me, Frame::New { to: hello, mine });
        true
    }

    fn answer_new(&mut self, me: Side, message: Message, hello: Hello) -> Result<(), Broken> {
        let fresh = self.model.lacks(Mutant::FreshResponse);
        let keeps = self.model.lacks(Mutant::KeepCrossed);
        let end = self.state.end_mut(me);
        let pending = end.hello.filter(|_| !fresh);
        let mine = pending.map_or(end.nonce + 1, |pending| pending.hello.nonce);
        end.nonce = end.nonce.max(mine);
        end.hello.take_if(|_| !keeps);
        let token = self.token(me.peer(), hello.nonce, mine);
        self.open(me, token, false, message.outdated)?;
        self.send(me, Frame::New { to: hello, mine });
        Ok(())
    }
}
