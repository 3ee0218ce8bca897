//! One reconnecting caller for many callers.

use alloc::sync::Arc;
use core::time::Duration;

use serialtalk::{Clock as _, LinkError as LinkEnd, Service};

use super::attempt::Parts;
use super::{ConnectionError, Reconnecting};
use crate::services::Services;
use crate::shared::{EndOfDriver, Queue, Shareable, Shared, Turns, step};
use crate::{Interrupter, Interruptible, LinkError, OpenError, Running, StdClock};

/// How long commands are waited for at a time while calls are refused, in milliseconds.
const SERVE_MS: u32 = 50;

impl<L, S, U> Shareable for Reconnecting<L, S, U>
where
    L: Interruptible<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
    U: Send + 'static,
{
    type Error = LinkError;

    fn share(mut self) -> Result<(Shared<LinkError>, Running<Self, LinkError>), OpenError> {
        let queue = Arc::new(Queue::new(Interrupter::none()));
        let mut parts = self.take_parts();
        let clock = parts.talk.parts_mut().0.clock;
        let (timeout, is_without_echo) = (parts.talk.timeout(), parts.talk.is_without_echo());
        self.parts = Some(parts);
        let port = self.lifecycle.port();
        let shared = Shared::new(Arc::clone(&queue), clock, port, timeout, is_without_echo);
        let (stop, attempts) = (Arc::clone(&queue), Arc::clone(&queue));
        self.attempt_ended = Interrupter::new(move || attempts.wake());
        let running = Running::start(
            move || stop.end(LinkEnd::Closed),
            move || {
                let end = EndOfDriver { queue };
                self.drive(&end.queue, clock);
                self.attempt_ended = Interrupter::none();
                (self, Ok(()))
            },
        );
        Ok((shared, running))
    }
}

impl<L, S, U> Reconnecting<L, S, U>
where
    L: Interruptible<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    /// Makes the calls of a queue, serves commands, and makes connections, until the queue has ended.
    fn drive(&mut self, queue: &Queue<LinkError>, clock: StdClock) {
        let mut turns = Turns::new(self.lifecycle.port());
        // Whether a request ends the wait for bytes.
        let mut is_interruptible = false;
        while let Some(requests) = queue.take() {
            requests.into_iter().for_each(|request| turns.add(request));
            self.advance(|_| Duration::ZERO);
            let mut refused_in = None;
            if !self.is_connected() {
                turns.take_expected().into_iter().for_each(|interface| self.lifecycle.expect(interface));
                let patience = |timeout| self.lifecycle.patience(timeout);
                refused_in = turns.refuse(clock.now(), patience, |command| self.lifecycle.refusal(command));
            }
            if !self.lifecycle.is_open() {
                is_interruptible = false;
                let next = self.lifecycle.time_to_next(self.clock.elapsed());
                queue.wait(refused_in.into_iter().chain(next).min());
                continue;
            }
            let Some(parts) = &mut self.parts else { continue };
            let done = if !is_interruptible {
                is_interruptible = true;
                parts.wake_by(queue)
            } else if self.lifecycle.is_connected() {
                let expect = |interface| self.lifecycle.expect(interface);
                step(&mut parts.talk, &mut turns, expect).map_err(ConnectionError::from)
            } else {
                let wait_ms = refused_in.map_or(SERVE_MS, |limit| limit.as_millis() as u32).min(SERVE_MS);
                parts.talk.process_within(wait_ms).map(drop).map_err(ConnectionError::from)
            };
            if let Err(reason) = done {
                queue.set_wake(Interrupter::none());
                turns.fail_begun(|command| reason.during_call(command, self.lifecycle.port()));
                self.lose(reason);
            }
        }
    }
}

impl<L: Interruptible<Error = LinkError>, S: Services> Parts<L, S> {
    /// Makes requests end the wait for bytes.
    fn wake_by(&mut self, queue: &Queue<LinkError>) -> Result<(), ConnectionError> {
        let Some(link) = self.talk.link_mut().get_mut() else { return Ok(()) };
        match link.interrupter() {
            Ok(interrupter) => queue.set_wake(interrupter),
            Err(error) => return Err(ConnectionError::Open(OpenError::from_io(self.talk.name(), &error))),
        }
        Ok(())
    }
}
