//! Whose turn it is on a shared endpoint: without input and output, for the thread or the future that drives it.

use alloc::collections::VecDeque;
use core::time::Duration;

use serialtalk::proto::{
    Action, Command, Endpoint, FrameHandle, NoReply, OutgoingCall, Protocol, RawReply, ReplyHandle, copied,
};
use serialtalk::{Awaited, CallError, EncodeError, Interface, Timeout};

use super::request::{Operation, Request};

/// The requests of all callers.
///
/// Calls have their turns in the order in which they were asked for. A command whose reply nobody awaits is sent as soon as
/// the line is free to write to. An urgent call is sent before all that wait, and beside one whose reply is awaited.
///
/// Two replies to the same command cannot be told apart, so a command is not sent while its reply is awaited.
pub(crate) struct Turns<E> {
    /// The name of the link, for errors.
    link: String,
    /// Those without a turn yet, urgent ones first.
    waiting: VecDeque<Request<E>>,
    /// The call whose turn it is.
    running: Option<Running<E>>,
    /// An urgent call that was sent while another was running.
    beside: Option<Running<E>>,
    /// A command without a reply that is being sent.
    sending: Option<Request<E>>,
    /// Finds out what the peer speaks before the first command without a reply.
    greeting: Option<OutgoingCall<&'static str>>,
    /// Whether something was sent past the running call, so that others are due: the running call, and the peer.
    has_overtaken: bool,
}

struct Running<E> {
    request: Request<E>,
    call: OutgoingCall<String>,
}

/// What the driver has to do next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Send all that the endpoint has to send.
    Transmit,
    /// Serve a command.
    Serve(FrameHandle),
    /// Expect that the peer has this interface from now on. No call is under way.
    Expect(&'static Interface),
    /// Wait for bytes, and for requests; for so many milliseconds at most, if a number is given.
    Receive(Option<u32>),
}

impl<E> Turns<E> {
    /// Nobody asks for anything. `link` is the name of the link.
    pub(crate) fn new(link: &str) -> Self {
        Self {
            link: link.to_owned(),
            waiting: VecDeque::new(),
            running: None,
            beside: None,
            sending: None,
            greeting: None,
            has_overtaken: false,
        }
    }

    /// Lines up a request.
    pub(crate) fn add(&mut self, request: Request<E>) {
        let before = |other: &&Request<E>| !request.is_urgent || other.is_urgent;
        let place = self.waiting.iter().take_while(before).count();
        self.waiting.insert(place, request);
    }

    /// Returns what to do next.
    pub(crate) fn poll<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) -> Step {
        loop {
            if !endpoint.transmit().is_empty() {
                return Step::Transmit;
            }
            if let Some(sent) = self.sending.take() {
                sent.succeed();
            }
            self.give_up(endpoint, now);
            self.step_back();
            let others_are_due = core::mem::take(&mut self.has_overtaken);
            if !others_are_due && (self.send_oneway(endpoint, now) || self.send_beside(endpoint, now)) {
                self.has_overtaken = true;
                continue;
            }
            if self.running.is_none()
                && let Some(interface) = self.start_next(endpoint, now)
            {
                return Step::Expect(interface);
            }
            let action = match (&mut self.running, &mut self.greeting) {
                (Some(running), _) => endpoint.poll_call(&mut running.call, now),
                (None, Some(greeting)) => endpoint.poll_call(greeting, now),
                (None, None) => endpoint.poll(now),
            };
            match action {
                Action::Transmit => return Step::Transmit,
                Action::Serve(frame) => match self.reply_beside(endpoint, frame) {
                    Some(reply) => finish(self.beside.take(), endpoint, reply, &self.link),
                    None => return Step::Serve(frame),
                },
                Action::Receive { .. } if others_are_due => {}
                Action::Receive { wait_ms } => {
                    return Step::Receive(wait_ms.into_iter().chain(self.next_deadline(now)).min());
                }
                Action::WriteArguments if self.running.is_none() => self.greeting = None,
                Action::Ended(why) if self.running.is_none() => self.end_greeting(why, endpoint, now),
                Action::WriteArguments => self.write_arguments(endpoint),
                Action::Reply(reply) => finish(self.end_turn(), endpoint, reply, &self.link),
                Action::Ended(why) => end(self.end_turn(), why, endpoint, &self.link),
            }
        }
    }

    /// Fails all requests because the link has failed. `error` makes the error of the call of a command.
    pub(crate) fn fail(&mut self, error: impl Fn(&str) -> CallError<E>) {
        self.fail_begun(&error);
        fail_each(self.waiting.drain(..), error);
    }

    /// Fails the requests of which something may have been sent. Those that wait for their turn go on waiting.
    pub(crate) fn fail_begun(&mut self, error: impl Fn(&str) -> CallError<E>) {
        let running = self.running.take().into_iter().chain(self.beside.take());
        fail_each(running.map(|running| running.request).chain(self.sending.take()), error);
    }

    /// Takes the interfaces that are expected, before their turns.
    pub(crate) fn take_expected(&mut self) -> Vec<&'static Interface> {
        let mut interfaces = Vec::new();
        self.waiting.retain(|request| match request.operation {
            Operation::Expect(interface) => {
                interfaces.push(interface);
                false
            }
            _ => true,
        });
        interfaces
    }

    /// Fails the requests that have waited for a connection as long as they may, which `patience` tells by their timeouts.
    /// Returns how long the next one may still wait.
    pub(crate) fn refuse(
        &mut self,
        now: u32,
        patience: impl Fn(Timeout) -> Duration,
        error: impl Fn(&str) -> CallError<E>,
    ) -> Option<Duration> {
        self.waiting.retain(|request| !request.ticket.is_cancelled());
        let left = |request: &Request<E>| {
            let waited = Duration::from_millis(now.wrapping_sub(request.asked).into());
            patience(request.timeout).saturating_sub(waited)
        };
        let (late, early) = self.waiting.drain(..).partition(|request| left(request).is_zero());
        self.waiting = early;
        fail_each::<E>(Vec::from(late).into_iter(), error);
        self.waiting.iter().map(left).min()
    }

    /// Ends the requests whose callers are gone or whose time is over, as far as the endpoint does not see to it.
    fn give_up<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) {
        let is_cancelled = |running: &mut Running<E>| running.request.ticket.is_cancelled();
        self.beside.take_if(is_cancelled);
        if self.running.take_if(is_cancelled).is_some() {
            self.running = self.beside.take();
        }
        if let Some(late) = self.beside.take_if(|beside| beside.call.time_left(now) == Some(0)) {
            endpoint.mark_desynced();
            time_out(Some(late), endpoint, &self.link);
        }
        self.waiting.retain(|request| !request.ticket.is_cancelled());
        while let Some(place) = self.waiting.iter().position(|request| request.time_left(now) == Some(0)) {
            let Some(late) = self.waiting.remove(place) else { break };
            time_out_waiting(late, Awaited::Turn, endpoint, &self.link);
        }
    }

    /// Sends the first command whose reply nobody awaits, and tells whether there was something to send.
    fn send_oneway<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) -> bool {
        let Some(place) = self.next_oneway() else { return false };
        if let Some(call) = endpoint.begin_greeting(now) {
            // A call that has the turn finds that out as well.
            if self.running.is_none() {
                self.greeting.get_or_insert(call);
            }
            return false;
        }
        endpoint.greet_before_oneway(now);
        if !endpoint.transmit().is_empty() {
            return true;
        }
        let Some(request) = self.waiting.remove(place) else { return false };
        if request.ticket.begin() {
            match endpoint.write_oneway(&request.name, copied(&request.payload)) {
                Ok(()) => self.sending = Some(request),
                Err(error) => fail_to_encode(request, error, endpoint, &self.link),
            }
        }
        true
    }

    /// Where the one-way command is that is sent first.
    fn next_oneway(&self) -> Option<usize> {
        let may_send = |request: &Request<E>| {
            matches!(request.operation, Operation::Send) && !self.awaits_reply_to(&request.name)
        };
        let is_expected = |request: &&Request<E>| !matches!(request.operation, Operation::Expect(_));
        self.waiting.iter().take_while(is_expected).position(may_send)
    }

    /// Ends a greeting that was not answered: one-way commands are sent plainly then, and fail if they may not be.
    fn end_greeting<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        why: NoReply,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) {
        self.greeting = None;
        if endpoint.begin_greeting(now).is_none() {
            return;
        }
        let why = match why {
            NoReply::TimedOut { waited_ms, .. } => NoReply::TimedOut { waited_ms, ran: Awaited::Hello.ran() },
            why => why,
        };
        let first = self.next_oneway().and_then(|place| self.waiting.remove(place));
        if let Some(request) = first {
            let context = endpoint.context(&request.name, &self.link);
            request.fail(why.of_call(Awaited::Hello, context));
        }
    }

    /// Sends the first urgent call while the reply to another is awaited, and tells whether it did.
    fn send_beside<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) -> bool {
        let may_send = |request: &Request<E>| {
            matches!(request.operation, Operation::Call { .. })
                && request.is_urgent
                && self.running.as_ref().is_some_and(Running::is_sent)
                && self.beside.is_none()
                && !self.awaits_reply_to(&request.name)
                && endpoint.is_in_step(&request.name)
        };
        if !self.waiting.front().is_some_and(may_send) {
            return false;
        }
        let Some(request) = self.waiting.pop_front() else { return false };
        if request.ticket.begin() {
            let mut beside = Running::begin(request, endpoint, now);
            match endpoint.write_arguments(&mut beside.call, copied(&beside.request.payload)) {
                Ok(()) => self.beside = Some(beside),
                Err(error) => fail_to_encode(beside.request, error, endpoint, &self.link),
            }
        }
        true
    }

    /// Takes the turn from a call that was not sent yet if an urgent one waits.
    fn step_back(&mut self) {
        let waits_urgently = self.waiting.front().is_some_and(|request| request.is_urgent);
        let may_step_back = |running: &mut Running<E>| !running.request.is_urgent && !running.is_sent();
        if waits_urgently && let Some(running) = self.running.take_if(may_step_back) {
            let place = self.waiting.iter().take_while(|request| request.is_urgent).count();
            self.waiting.insert(place, running.request);
        }
    }

    /// Gives the first call its turn. Returns the interface that is expected if that comes first.
    fn start_next<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) -> Option<&'static Interface> {
        let is_next = |request: &Request<E>| !matches!(request.operation, Operation::Send);
        let place = self.waiting.iter().position(is_next)?;
        let next = self.waiting.remove(place)?;
        if let Operation::Expect(interface) = next.operation {
            return Some(interface);
        }
        self.greeting = None;
        self.running = Some(Running::begin(next, endpoint, now));
        None
    }

    /// Writes what the running call sends; a call that only waits for a peer that is ready has nothing, and is done.
    fn write_arguments<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
    ) {
        let Some(running) = &mut self.running else { return };
        if matches!(running.request.operation, Operation::Ready) {
            self.end_turn().into_iter().for_each(|running| running.request.succeed());
        } else if !running.request.ticket.begin() {
            self.end_turn();
        } else if let Err(error) =
            endpoint.write_arguments(&mut running.call, copied(&running.request.payload))
            && let Some(running) = self.end_turn()
        {
            fail_to_encode(running.request, error, endpoint, &self.link);
        }
    }

    /// Takes the running call off the line; one that was sent beside it has the turn now.
    fn end_turn(&mut self) -> Option<Running<E>> {
        core::mem::replace(&mut self.running, self.beside.take())
    }

    fn reply_beside<const N: usize, const STRAY: usize, P: Protocol>(
        &mut self,
        endpoint: &mut Endpoint<N, STRAY, P>,
        frame: FrameHandle,
    ) -> Option<ReplyHandle> {
        endpoint.take_reply(&mut self.beside.as_mut()?.call, frame)
    }

    /// Whether a reply to a command of this name would be taken for one that is awaited.
    fn awaits_reply_to(&self, name: &str) -> bool {
        self.running.iter().chain(&self.beside).any(|running| match running.call.awaited() {
            Awaited::Echo | Awaited::Hello if name == "echo" => true,
            _ => running.request.name == name,
        })
    }

    /// When the next request has waited long enough, in milliseconds from `now`.
    fn next_deadline(&self, now: u32) -> Option<u32> {
        let beside = self.beside.iter().map(|running| &running.request);
        self.waiting.iter().chain(beside).filter_map(|request| request.time_left(now)).min()
    }
}

impl<E> Running<E> {
    /// Begins the call as of when it was asked for.
    fn begin<const N: usize, const STRAY: usize, P: Protocol>(
        request: Request<E>,
        endpoint: &mut Endpoint<N, STRAY, P>,
        now: u32,
    ) -> Self {
        let call = if matches!(request.operation, Operation::Ready) {
            endpoint.begin_ready(request.limit_ms(), request.asked)
        } else {
            // It is sent again at half time, if that is still to come.
            let (is_idempotent, terms) = match request.operation {
                Operation::Call { is_idempotent, terms } => (is_idempotent, terms),
                _ => (false, None),
            };
            let idempotent = is_idempotent && request.is_early(now);
            let timeout = Some(request.timeout);
            let command = Command { name: &request.name, timeout, idempotent, terms };
            endpoint.begin_call(command, request.asked).into_owned()
        };
        Self { request, call }
    }

    fn is_sent(&self) -> bool {
        !matches!(self.request.operation, Operation::Ready) && self.call.awaited() == Awaited::Reply
    }
}

fn fail_each<E>(requests: impl Iterator<Item = Request<E>>, error: impl Fn(&str) -> CallError<E>) {
    for request in requests {
        let error = error(&request.name);
        request.fail(error);
    }
}

fn finish<E, const N: usize, const STRAY: usize, P: Protocol>(
    running: Option<Running<E>>,
    endpoint: &mut Endpoint<N, STRAY, P>,
    reply: ReplyHandle,
    link: &str,
) {
    if let Some(Running { request, call }) = running {
        let outcome: Result<RawReply, _> = endpoint.finish_raw(&call, link, reply);
        (request.result)(outcome);
    }
}

fn time_out<E, const N: usize, const STRAY: usize, P: Protocol>(
    running: Option<Running<E>>,
    endpoint: &Endpoint<N, STRAY, P>,
    link: &str,
) {
    if let Some(Running { request, call }) = running {
        time_out_waiting(request, call.awaited(), endpoint, link);
    }
}

fn time_out_waiting<E, const N: usize, const STRAY: usize, P: Protocol>(
    request: Request<E>,
    awaited: Awaited,
    endpoint: &Endpoint<N, STRAY, P>,
    link: &str,
) {
    let why = NoReply::TimedOut { waited_ms: request.limit_ms(), ran: awaited.ran() };
    let context = endpoint.context(&request.name, link);
    request.fail(why.of_call(awaited, context));
}

fn end<E, const N: usize, const STRAY: usize, P: Protocol>(
    running: Option<Running<E>>,
    why: NoReply,
    endpoint: &Endpoint<N, STRAY, P>,
    link: &str,
) {
    let Some(Running { request, call }) = running else { return };
    let context = endpoint.context(&request.name, link);
    request.fail(why.of_call(call.awaited(), context));
}

fn fail_to_encode<E, const N: usize, const STRAY: usize, P: Protocol>(
    request: Request<E>,
    error: EncodeError,
    endpoint: &Endpoint<N, STRAY, P>,
    link: &str,
) {
    let context = endpoint.context(&request.name, link);
    request.fail(CallError::Unsendable { error, context });
}
