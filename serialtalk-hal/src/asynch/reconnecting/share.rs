//! One reconnecting caller for many async callers.

use alloc::sync::Arc;
use embedded_io_async::{Read, Write};
use serialtalk::proto::FrameHandle;
use serialtalk::{AsyncService, Clock as _, LinkError as LinkEnd};
use tokio::sync::Notify;
use tokio::time::sleep;

use super::{Attempted, Reconnecting};
use crate::asynch::shared::{Shareable, queue, step};
use crate::reconnecting::ConnectionError;
use crate::reconnecting::lifecycle::Next;
use crate::services::Services;
use crate::shared::{EndOfDriver, Queue, Shared, Turns};
use crate::{LinkError, TokioClock};

impl<L, S, U, A> Shareable for Reconnecting<L, S, U, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    A: Future<Output = Attempted<L, S>>,
{
    type Error = LinkError;

    /// # Panics
    ///
    /// Panics if a connection is being made.
    fn share(mut self) -> (Shared<LinkError>, impl Future<Output = Result<(), LinkEnd<LinkError>>>) {
        let (queue, asked) = queue();
        let mut parts = self.take_parts();
        let clock = parts.talk.parts_mut().0.clock;
        let (timeout, is_without_echo) = (parts.talk.timeout(), parts.talk.is_without_echo());
        self.parts = Some(parts);
        let port = self.lifecycle.port();
        let shared = Shared::new(Arc::clone(&queue), clock, port, timeout, is_without_echo);
        let run = async move {
            let end = EndOfDriver { queue };
            self.drive(&end.queue, &asked, clock).await;
            Ok(())
        };
        (shared, run)
    }
}

impl<L, S, U, A> Reconnecting<L, S, U, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    A: Future<Output = Attempted<L, S>>,
{
    /// Makes the calls of a queue, serves commands, and makes connections, until the queue has ended.
    async fn drive(&mut self, queue: &Queue<LinkError>, asked: &Notify, clock: TokioClock) {
        let mut turns = Turns::new(self.lifecycle.port());
        while let Some(requests) = queue.take() {
            requests.into_iter().for_each(|request| turns.add(request));
            if self.is_connected() {
                let Some(parts) = &mut self.parts else { continue };
                let expect = |interface| self.lifecycle.expect(interface);
                if let Err(error) = step(&mut parts.talk, &mut turns, asked, expect).await {
                    let reason = ConnectionError::from(error);
                    turns.fail_begun(|command| reason.during_call(command, self.lifecycle.port()));
                    self.lose(reason);
                }
                continue;
            }
            turns.take_expected().into_iter().for_each(|interface| self.lifecycle.expect(interface));
            let patience = |timeout| self.lifecycle.patience(timeout);
            let refused_in = turns.refuse(clock.now(), patience, |command| self.lifecycle.refusal(command));
            let command = tokio::select! {
                command = self.reconnect() => command,
                () = asked.notified() => None,
                () = sleep(refused_in.unwrap_or_default()), if refused_in.is_some() => None,
            };
            if let Some(command) = command {
                self.serve_command(command).await;
            }
        }
    }

    /// Takes the next step to a connection, or waits for a command over a link whose peer has another contract.
    async fn reconnect(&mut self) -> Option<FrameHandle> {
        match self.step().await {
            Next::Serve if !self.is_connected() => Some(self.wait_for_command().await),
            _ => None,
        }
    }
}
