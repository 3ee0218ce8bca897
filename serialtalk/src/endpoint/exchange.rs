//! A command that has come, and its reply.

use super::peer::Peer;
use crate::builtin;
use crate::command::Call;
use crate::frame::{Frame, MAX_FRAME};
use crate::log;
use crate::reply::Reply;
use crate::service::Catalog;

/// What there is of the answer to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing, and nobody waits for one.
    Silent,
    /// All of it; it is to be [finished](Exchange::finish).
    Written,
    /// Nothing yet: the service is to do the command with this number, and then it is to be finished.
    Due(usize),
}

/// A command that has come, and the reply to it; made by [`Endpoint::open`](super::Endpoint::open), whose frames
/// have at most `N` bytes.
// The reply first: most of what is called is called with its address, which is that of the exchange then.
#[derive(Debug)]
#[repr(C)]
pub struct Exchange<'a, const N: usize> {
    pub(super) reply: Reply<'a>,
    pub(super) payload: &'a mut [u8],
    pub(super) peer: &'a mut Peer,
    /// The size of the command if it does not fit here; zero otherwise.
    pub(super) too_large: u16,
}

impl<'a, const N: usize> Exchange<'a, N> {
    /// Answers what needs no service: a built-in command, one that nobody has or that does not fit here.
    // Not in one function with the service, or what both need would be on the stack at once.
    #[inline(never)]
    pub fn answer(&mut self, catalog: &mut impl Catalog) -> Answered {
        let name = self.reply.name();
        // A buffer for the largest frame takes every one.
        let too_large = if N < MAX_FRAME { self.too_large } else { 0 };
        if too_large == 0 {
            if let Some(number) = catalog.find(name) {
                return Answered::Due(number);
            }
            let call = Call::new(Frame { name, payload: &mut *self.payload });
            if builtin::serve(call, catalog, &mut self.reply, &mut self.peer.wants_repl) {
                return Answered::Written;
            }
        }
        // Noise, too: Python peers trip over a name that is no ASCII, and none of them can have sent it.
        if !name.iter().all(u8::is_ascii) || self.peer.is_stray(name) {
            return Answered::Silent;
        }
        if too_large > 0 {
            self.reply.too_large(too_large.into());
        } else {
            self.reply.not_found();
        }
        Answered::Written
    }

    /// The command and its reply.
    pub fn parts(&mut self) -> (Call<'_>, &mut Reply<'a>) {
        let call = Call::new(Frame { name: self.reply.name(), payload: &mut *self.payload });
        (call, &mut self.reply)
    }

    /// Makes the reply the next thing to send.
    #[inline(never)]
    pub fn finish(&mut self) {
        let size = self.reply.finish();
        self.peer.unsent = size as u16;
        log::outgoing(self.reply.bytes(size));
    }
}
