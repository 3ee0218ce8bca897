//! Calls over whatever connection there is.

use embedded_io_async::{Read, Write};
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{AsyncCaller, AsyncService, CallError, EncodeError, Interface, Timeout};

use super::{Attempted, Reconnecting};
use crate::LinkError;
use crate::services::Services;

impl<L, S, U, A> AsyncCaller for Reconnecting<L, S, U, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    A: Future<Output = Attempted<L, S>>,
{
    type Error = LinkError;

    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<LinkError, E>> {
        self.over_connection(command.name, command.timeout, async |talk, timeout| {
            talk.call_with(Command { timeout: Some(timeout), ..command }, arguments, decoder).await
        })
        .await
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<LinkError>> {
        self.over_connection(name, None, async |talk, _| talk.send_with(name, arguments).await).await
    }

    /// Waits until there is a connection, and the peer answers over it.
    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<LinkError>> {
        self.over_connection("echo", Some(Timeout::Ms(within_ms)), async |talk, timeout| match timeout {
            Timeout::Ms(ms) => talk.ready(ms).await,
            Timeout::Never => talk.ready(within_ms).await,
        })
        .await
    }

    /// Expects the interface, and waits for a connection whose peer has it.
    async fn agree(
        &mut self,
        interface: &'static Interface,
        within_ms: u32,
    ) -> Result<(), CallError<LinkError>> {
        self.expect_interface(interface);
        self.ready(within_ms).await
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        self.lifecycle.expect(interface);
    }

    fn is_without_echo(&self) -> bool {
        self.parts.as_ref().is_some_and(|parts| parts.talk.is_without_echo())
    }

    fn link_name(&self) -> &str {
        self.lifecycle.port()
    }
}
