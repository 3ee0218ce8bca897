//! One of many callers of a shared endpoint.

use alloc::sync::Arc;
use core::time::Duration;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};

use serialtalk::proto::{Carrier, Command, RawReply};
use serialtalk::{CallError, Context, Interface, Timeout};

use super::queue::Callers;
use super::request::{Operation, Outcome, Request, Ticket};

/// How much longer than its timeout a caller waits for the driver, in milliseconds: the driver knows better what happened,
/// unless a handler holds it up.
const PATIENCE_MS: u32 = 10;

/// Sends requests to whatever drives the endpoint, and waits for the results.
pub(crate) struct Handle<E: Clone> {
    pub(super) callers: Arc<Callers<E>>,
    /// The name of the link.
    pub(super) link: Arc<str>,
    /// The clock of the endpoint.
    pub(super) clock: Arc<dyn Fn() -> u32 + Send + Sync>,
    /// The timeout of commands without one of their own.
    pub(super) timeout: Timeout,
    pub(super) is_without_echo: bool,
    pub(super) is_urgent: bool,
}

impl<E: Clone> Clone for Handle<E> {
    fn clone(&self) -> Self {
        Self {
            callers: Arc::clone(&self.callers),
            link: Arc::clone(&self.link),
            clock: Arc::clone(&self.clock),
            ..*self
        }
    }
}

impl<E: Clone> Handle<E> {
    /// Asks for an operation, and returns what its caller needs to give it up.
    fn ask(
        &self,
        operation: Operation,
        (name, payload): (&str, &[u8]),
        timeout: Timeout,
        result: impl FnOnce(Outcome<E>) + Send + 'static,
    ) -> Arc<Ticket> {
        let ticket = Arc::new(Ticket::default());
        let request = Request {
            operation,
            name: name.into(),
            payload: payload.into(),
            asked: (self.clock)(),
            timeout,
            is_urgent: self.is_urgent,
            ticket: Arc::clone(&ticket),
            result: Box::new(result),
        };
        self.callers.queue.push(request, &self.link);
        ticket
    }

    fn out_of_time(&self, name: &str, waited_ms: u32, ticket: &Ticket) -> CallError<E> {
        let context = Context::new(name, &self.link, b"");
        {
            let awaited = ticket.cancel();
            CallError::Timeout { waited_ms, awaited, ran: awaited.ran(), context }
        }
    }

    fn unanswered(&self, name: &str) -> CallError<E> {
        CallError::Closed { context: Context::new(name, &self.link, b"") }
    }
}

/// How long a caller waits for the driver; `None` without an end.
fn limit(timeout: Timeout) -> Option<Duration> {
    match timeout {
        Timeout::Ms(ms) => Some(Duration::from_millis(u64::from(ms) + u64::from(PATIENCE_MS))),
        Timeout::Never => None,
    }
}

impl<E: Clone + Send + 'static> Handle<E> {
    fn expect(&self, interface: &'static Interface) {
        self.ask(Operation::Expect(interface), ("", b""), Timeout::Never, drop);
    }

    fn perform(&self, operation: Operation, command: (&str, &[u8]), timeout: Timeout) -> Outcome<E> {
        let (sender, receiver) = sync_channel(1);
        let ticket = self.ask(operation, command, timeout, move |outcome| {
            // A caller that has given up takes no result.
            let _ = sender.send(outcome);
        });
        let name = command.0;
        let received = match limit(timeout) {
            Some(limit) => receiver.recv_timeout(limit),
            None => receiver.recv().map_err(RecvTimeoutError::from),
        };
        match (received, timeout) {
            (Ok(outcome), _) => outcome,
            (Err(RecvTimeoutError::Timeout), Timeout::Ms(ms)) => Err(self.out_of_time(name, ms, &ticket)),
            (Err(_), _) => Err(self.unanswered(name)),
        }
    }
}

impl<E: Clone + Send + 'static> Carrier for Handle<E> {
    type Error = E;

    fn name(&self) -> &str {
        &self.link
    }

    fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<E>> {
        let Command { name, timeout, idempotent: is_idempotent, terms } = command;
        self.perform(
            Operation::Call { is_idempotent, terms },
            (name, payload),
            timeout.unwrap_or(self.timeout),
        )
    }

    fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<E>> {
        self.perform(Operation::Send, (name, payload), self.timeout).map(drop)
    }

    fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        self.perform(Operation::Ready, ("echo", b""), Timeout::Ms(within_ms)).map(drop)
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.expect(interface);
    }

    fn is_without_echo(&self) -> bool {
        self.is_without_echo
    }
}

#[cfg(feature = "tokio")]
mod asynch {
    use serialtalk::proto::AsyncCarrier;
    use tokio::sync::oneshot;

    use super::*;

    /// Gives a request up when its caller stops to await the result.
    struct CancelOnDrop(Arc<Ticket>);

    impl Drop for CancelOnDrop {
        fn drop(&mut self) {
            self.0.cancel();
        }
    }

    impl<E: Clone + Send + 'static> Handle<E> {
        async fn perform_async(
            &self,
            operation: Operation,
            command: (&str, &[u8]),
            timeout: Timeout,
        ) -> Outcome<E> {
            let (sender, receiver) = oneshot::channel();
            let ticket = CancelOnDrop(self.ask(operation, command, timeout, move |outcome| {
                // A caller that has given up takes no result.
                let _ = sender.send(outcome);
            }));
            let name = command.0;
            let received = match (limit(timeout), timeout) {
                (Some(limit), Timeout::Ms(ms)) => tokio::time::timeout(limit, receiver)
                    .await
                    .map_err(|_| self.out_of_time(name, ms, &ticket.0))?,
                _ => receiver.await,
            };
            received.unwrap_or_else(|_| Err(self.unanswered(name)))
        }
    }

    impl<E: Clone + Send + 'static> AsyncCarrier for Handle<E> {
        type Error = E;

        fn name(&self) -> &str {
            &self.link
        }

        async fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<E>> {
            let Command { name, timeout, idempotent: is_idempotent, terms } = command;
            let timeout = timeout.unwrap_or(self.timeout);
            self.perform_async(Operation::Call { is_idempotent, terms }, (name, payload), timeout).await
        }

        async fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<E>> {
            self.perform_async(Operation::Send, (name, payload), self.timeout).await.map(drop)
        }

        async fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
            self.perform_async(Operation::Ready, ("echo", b""), Timeout::Ms(within_ms)).await.map(drop)
        }

        fn expect_interface(&mut self, interface: &'static Interface) {
            self.expect(interface);
        }

        fn is_without_echo(&self) -> bool {
            self.is_without_echo
        }
    }
}
