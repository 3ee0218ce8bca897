//! A command that has arrived, and its reply.

use core::ops::Range;

use super::peer::Peer;
use super::protocol::{Calls, Plain, Protocol};
use crate::codec::error::Invalid;
use crate::rpc::call::Call;
use crate::rpc::dispatch::Dispatch;
use crate::rpc::log;
use crate::rpc::reply::Reply;
use crate::rpc::service::CommandTable;
use crate::wire::checked::GREETING;
use crate::wire::frame::{FrameTooLong, strip_reply_suffix};

/// A command that has arrived, and its reply; made by [`Endpoint::open`](super::Endpoint::open).
///
/// [`dispatch`](Self::dispatch) it, let the service write the reply if that says so, then [`finish`](Self::finish) it.
#[derive(Debug)]
pub struct IncomingCall<'a, P = Plain> {
    /// The command.
    pub call: Call<'a>,
    /// Its reply.
    pub reply: Reply<'a>,
    /// Why the command cannot be served, if it does not fit the buffer.
    pub(super) too_long: Option<FrameTooLong>,
    pub(super) unsent: &'a mut Range<u16>,
    pub(super) protocol: &'a mut P,
    pub(super) peer: &'a Peer,
    pub(super) wants_repl: &'a mut bool,
}

impl<P: Protocol> IncomingCall<'_, P> {
    /// Answers commands that need no service: built-in ones, unknown ones, and those too large for the buffer. Returns
    /// `None` for what is not answered at all, a reply that nobody awaits or noise: there is nothing to finish.
    pub fn dispatch(&mut self, table: &mut impl CommandTable) -> Option<Dispatch> {
        match self.protocol.calls() {
            Calls::Number(number) => return Some(self.numbered(number.into(), table)),
            // An answer to what may itself be an answer could go on forever.
            Calls::Refused if strip_reply_suffix(self.call.name()).is_some() => return None,
            // Who says hello is told that there is no session, as by every peer that has none.
            Calls::Refused if self.call.name() == GREETING => {
                self.reply.not_found();
                return Some(Dispatch::Answered(Ok(())));
            }
            Calls::Refused => {
                self.reply.fail(|text| text.bytes(b"this end requires the checked link"));
                return Some(Dispatch::Answered(Ok(())));
            }
            Calls::Name | Calls::Certainly => {}
        }
        if self.too_long.is_none()
            && let Some(found) = Dispatch::of(&mut self.call, table, &mut self.reply, self.wants_repl)
        {
            return Some(found);
        }
        // Python peers fail on a name that is not ASCII, and none of them can have sent it.
        let is_ascii = self.call.name().iter().all(u8::is_ascii);
        let is_noise = !is_ascii || self.peer.is_stray_reply(self.call.name());
        if is_noise && self.protocol.calls() == Calls::Name {
            return None;
        }
        match self.too_long {
            Some(error) => self.reply.too_large(error),
            None => self.reply.not_found(),
        }
        Some(Dispatch::Answered(Ok(())))
    }

    /// Makes the reply the next frame to send. `result` is what [`dispatch`](Self::dispatch) or the service returned.
    pub fn finish(&mut self, result: Result<(), Invalid>) {
        let size = self.reply.finish(&self.call, result);
        if log::ENABLED {
            log::outgoing(self.reply.bytes(size));
        }
        *self.unsent = self.protocol.seal_reply(self.reply.buffer(), size);
    }

    /// Finds a command that is called by its number.
    fn numbered(&mut self, number: usize, table: &impl CommandTable) -> Dispatch {
        let Some(expected) = table.arguments_of(number) else {
            self.reply.not_found();
            return Dispatch::Answered(Ok(()));
        };
        self.call.begin_bare(expected);
        Dispatch::Serve(number)
    }
}
