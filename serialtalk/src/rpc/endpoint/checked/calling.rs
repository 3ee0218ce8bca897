//! The steps of a call: open or resume a session, ask for the number of the command, call it, repeat.

use super::super::action::{Action, NoReply};
use super::super::buffers::Buffers;
use super::super::outgoing_call::{Goal, OutgoingCall, ReplyHandle, Stage};
use super::super::peer::Peer;
use super::arrivals::Event;
use super::exchange::{Asks, Exchange};
use super::greeting::HELLOS;
use super::session::next;
use super::state::{Arrived, Checked, Policy, Speaks};
use crate::rpc::contract::{LARGE, UNKNOWN};
use crate::rpc::error::Ran;
use crate::wire::frame::{FrameHandle, Suffix};
use crate::wire::payload::Payload;

/// How often a frame is repeated in silence before the peer is asked whether it is still there.
pub(super) const REPEATS: u8 = 3;

impl<const NUMBERS: usize> Checked<NUMBERS> {
    /// The next step of a call; `None` if the peer speaks plainly.
    pub(super) fn step<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        peer: &Peer,
        call: &mut OutgoingCall<impl AsRef<str>>,
        now: u32,
    ) -> Option<Action> {
        // A command that was sent plainly is answered plainly.
        if matches!(call.stage, Stage::Sent) {
            return None;
        }
        if !self.is_offered(peer) {
            return begin_again(call, NoReply::Restarted);
        }
        match &mut call.stage {
            Stage::Checked(exchange) => _ = exchange.sent.get_or_insert(now),
            _ if self.session.calling.is_awaited => {
                // The call before this one was dropped. An answer to its hello says nothing about how it ends.
                self.session.calling.give_up();
                self.greeted.is_awaited = false;
            }
            _ => {}
        }
        let time_left = call.time_left(now);
        if let Some(action) = self.take_arrived(buffers, call, time_left, now) {
            return Some(action);
        }
        // A peer that keeps saying hello must not hold up the call: at its end this answer is sent later.
        if !buffers.outgoing.unsent().is_empty() && time_left != Some(0) {
            return Some(Action::Transmit);
        }
        if self.policy == Policy::Require && self.peer == Speaks::Plain {
            self.peer = Speaks::Unknown;
            let why = if call.ran() == Ran::No { NoReply::NotChecked } else { NoReply::Restarted };
            return Some(Action::Ended(why));
        }
        if !self.is_offered(peer) {
            return begin_again(call, NoReply::Restarted);
        }
        if time_left == Some(0) {
            self.count_silence(buffers, now);
            return Some(Action::Ended(self.give_up(call)));
        }
        if let Stage::Checked(exchange) = &call.stage
            && exchange.session != self.opened
            && let Some(ended) = begin_again(call, NoReply::Restarted)
        {
            return Some(ended);
        }
        let action = match &mut call.stage {
            Stage::Checked(_) => self.wait_for_reply(buffers, call, now),
            _ => self.send(buffers, call, now),
        };
        match action {
            None => begin_again(call, NoReply::Restarted),
            Some(Action::Receive { wait_ms }) => {
                let waits = [time_left, wait_ms, self.wait_for_more(buffers, now)];
                Some(Action::Receive { wait_ms: waits.into_iter().flatten().min() })
            }
            action => action,
        }
    }

    /// Takes what has arrived, until there is something to do about it.
    fn take_arrived<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        time_left: Option<u32>,
        now: u32,
    ) -> Option<Action> {
        loop {
            match self.next(buffers, now)? {
                Event::Frame(frame) if time_left == Some(0) => {
                    // A peer that keeps sending commands must not hold up the call: this one is served later.
                    self.unread(frame, buffers);
                    return None;
                }
                Event::Frame(frame) => return Some(Action::Serve(frame)),
                Event::Reply { number, suffix, frame } => match self.end(call, number, now) {
                    Some(Asks::Value) => return Some(self.reply(call, suffix, frame)),
                    Some(Asks::Number) => {
                        let reply = buffers.decoder.bytes_mut(frame.segment());
                        self.learn(call, suffix, reply.get(2..).unwrap_or_default());
                        // A question ends no call.
                        let _ = begin_again(call, NoReply::Lost);
                    }
                    None => {}
                },
                Event::Gone(number) => {
                    if self.end(call, number, now).is_some()
                        && let Some(ended) = begin_again(call, NoReply::Lost)
                    {
                        return Some(ended);
                    }
                }
                Event::Damage | Event::Again => {
                    if let Stage::Checked(exchange) = &mut call.stage {
                        exchange.hurry();
                    }
                }
                Event::Resumed { last } => self.resume(call, last),
                Event::Nothing => {}
            }
        }
    }

    /// Goes on in a session of which the peer has served the call `last`: what was sent in it is sent again at once.
    fn resume(&mut self, call: &mut OutgoingCall<impl AsRef<str>>, last: u8) {
        match &mut call.stage {
            Stage::Checked(exchange) if exchange.session == self.opened => {
                if last == exchange.number {
                    exchange.has_run |= exchange.asks == Asks::Value;
                } else if next(last) != exchange.number {
                    // The two ends disagree, and only a new session makes them agree again.
                    self.session.end();
                }
                exchange.resume();
                self.session.calling.go_on();
            }
            _ => self.session.calling.resume(last),
        }
    }

    /// Sends the frame of a call that was not sent in this session.
    fn send<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        now: u32,
    ) -> Option<Action> {
        if !self.is_ready(now) {
            if matches!(call.stage, Stage::Begin) {
                call.stage = Stage::Greeting;
            }
            return self.greet(buffers, now);
        }
        if matches!(call.goal, Goal::Ready) {
            return Some(Action::WriteArguments);
        }
        let asks = match call.terms {
            Some(terms) if self.numbers.find(terms.hash).is_none() => Asks::Number,
            _ => Asks::Value,
        };
        let calling = &mut self.session.calling;
        let exchange = Exchange::new(asks, self.opened, calling.begin(), calling.patience_ms);
        call.stage = Stage::Checked(exchange);
        Some(self.write(buffers, call))
    }

    /// Waits for the reply, and sends the frame again when it is late.
    fn wait_for_reply<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &mut OutgoingCall<impl AsRef<str>>,
        now: u32,
    ) -> Option<Action> {
        let Stage::Checked(exchange) = &mut call.stage else { return None };
        if !self.session.is_live() || self.greeted.is_awaited {
            return self.greet(buffers, now);
        }
        let left = exchange.time_left(now);
        if left > 0 {
            return Some(Action::Receive { wait_ms: Some(left) });
        }
        if exchange.repeats >= REPEATS && !exchange.is_due {
            return self.greet(buffers, now);
        }
        exchange.repeat();
        Some(self.write(buffers, call))
    }

    /// Writes the question of an exchange, or has the arguments of the command written.
    fn write<const N: usize, const STRAY: usize>(
        &mut self,
        buffers: &mut Buffers<N, STRAY>,
        call: &OutgoingCall<impl AsRef<str>>,
    ) -> Action {
        match (&call.stage, call.terms) {
            (Stage::Checked(exchange), Some(terms)) if exchange.asks == Asks::Number => {
                self.write_question(buffers, exchange, terms.hash);
                Action::Transmit
            }
            _ => Action::WriteArguments,
        }
    }

    /// Notes that the exchange of a call has ended with a reply, if that has its number; returns what it asked for.
    fn end(&mut self, call: &OutgoingCall<impl AsRef<str>>, number: u8, now: u32) -> Option<Asks> {
        let Stage::Checked(exchange) = &call.stage else { return None };
        if exchange.session != self.opened || exchange.number != number {
            return None;
        }
        self.greeted.is_awaited = false;
        let calling = &mut self.session.calling;
        calling.end(exchange.patience_ms);
        if let Some(sent) = exchange.sent.filter(|_| !exchange.is_repeated) {
            calling.took(now.wrapping_sub(sent));
        }
        Some(exchange.asks)
    }

    /// The action that reads the reply of a call.
    fn reply(&mut self, call: &OutgoingCall<impl AsRef<str>>, suffix: Suffix, frame: FrameHandle) -> Action {
        let packs_value = call.terms.is_some_and(|terms| terms.packs_value);
        let is_by_number = call.terms.is_some_and(|terms| self.number_of(terms).is_some());
        self.arrived = Arrived::Reply { is_bare: packs_value && is_by_number && suffix == Suffix::Ack };
        Action::Reply(ReplyHandle { frame, suffix })
    }

    /// Remembers the number of a command from the reply to the question for it, whose payload begins `reply`.
    fn learn(&mut self, call: &OutgoingCall<impl AsRef<str>>, suffix: Suffix, reply: &[u8]) {
        let Some(terms) = call.terms else { return };
        let number = match Payload::parse(reply) {
            Payload::Raw([number, ..]) if suffix == Suffix::Ack => *number,
            _ => UNKNOWN,
        };
        self.numbers.learn(terms.hash, number);
    }

    /// Ends a call whose time is over.
    fn give_up(&mut self, call: &OutgoingCall<impl AsRef<str>>) -> NoReply {
        self.greeted.is_awaited = false;
        let ran = match call.stage {
            Stage::Checked(exchange) if exchange.has_run => Ran::Yes,
            _ => call.ran(),
        };
        if self.session.is_open() && self.silent_hellos < HELLOS {
            self.session.calling.give_up();
        } else {
            // Whoever is there now may speak plainly.
            self.session.end();
            self.peer = Speaks::Unknown;
        }
        NoReply::TimedOut { waited_ms: call.timeout_ms.unwrap_or_default(), ran }
    }
}

/// Makes a call whose frame is not repeated any more begin again; ends it with `why` if it may have run and must not twice.
fn begin_again(call: &mut OutgoingCall<impl AsRef<str>>, why: NoReply) -> Option<Action> {
    if let Stage::Checked(exchange) = &call.stage {
        if exchange.asks == Asks::Value && !call.may_repeat {
            return Some(Action::Ended(why));
        }
        call.was_sent |= exchange.asks == Asks::Value;
        call.stage = Stage::Begin;
    }
    None
}

/// Whether a number that a peer gave is one by which its command can be called.
pub(super) fn is_number(number: u8) -> bool {
    number != UNKNOWN && number != LARGE
}
