//! A command that has come, and its reply.

use super::peer::Peer;
use crate::builtin;
use crate::command::Call;
use crate::frame::{Frame, MAX_FRAME};
use crate::log;
use crate::reply::Reply;
use crate::service::{Catalog, Service};

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

/// What there is of an answer without the service.
enum Answer {
    /// Nothing, and nobody waits for one.
    None,
    Written,
    /// Nothing yet: it is up to the service, which knows the command by this number.
    Due(usize),
}

impl<'a, const N: usize> Exchange<'a, N> {
    /// Does the command, and makes its reply the next thing to send. Does nothing about a reply that nobody waits for.
    #[inline(never)]
    pub fn serve(&mut self, service: &mut impl Service) {
        match self.builtin(service) {
            Answer::None => return,
            Answer::Written => {}
            Answer::Due(number) => {
                let (call, reply) = self.parts();
                service.serve(number, call, reply);
            }
        }
        self.finish();
    }

    /// Answers what needs no service: a built-in command, one that nobody has or that does not fit here. Does nothing about
    /// a reply that nobody waits for. Gives the number of any other command, which is to be done and then
    /// [finished](Self::finish).
    #[inline(never)]
    pub fn answer(&mut self, catalog: &mut impl Catalog) -> Option<usize> {
        match self.builtin(catalog) {
            Answer::None => {}
            Answer::Written => self.finish(),
            Answer::Due(number) => return Some(number),
        }
        None
    }

    #[inline(always)]
    fn builtin(&mut self, catalog: &mut impl Catalog) -> Answer {
        let name = self.reply.name();
        // A buffer for the largest frame takes every one.
        let too_large = if N < MAX_FRAME { self.too_large } else { 0 };
        let builtin = match too_large {
            0 => match catalog.find(name) {
                None => builtin::find(name),
                Some(number) => return Answer::Due(number),
            },
            _ => None,
        };
        if let Some(number) = builtin {
            let call = Call::new(Frame { name, payload: &mut *self.payload });
            builtin::serve(number, call, catalog, &mut self.reply, &mut self.peer.wants_repl);
        } else if !name.iter().all(u8::is_ascii) || self.peer.is_stray(name) {
            // Noise, too: Python peers trip over a name that is no ASCII, and none of them can have sent it.
            return Answer::None;
        } else if too_large > 0 {
            self.reply.too_large(too_large.into());
        } else {
            self.reply.not_found();
        }
        Answer::Written
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
