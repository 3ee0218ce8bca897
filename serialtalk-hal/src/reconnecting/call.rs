//! Calls over whatever connection there is.

use serialtalk::link::Link;
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{CallError, Caller, EncodeError, Interface, Service, Timeout};

use super::Reconnecting;
use crate::LinkError;
use crate::services::Services;

impl<L, S, U> Caller for Reconnecting<L, S, U>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    type Error = LinkError;

    fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<LinkError, E>> {
        self.over_connection(command.name, command.timeout, |talk, timeout| {
            talk.call_with(Command { timeout: Some(timeout), ..command }, arguments, decoder)
        })
    }

    fn send_with(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<LinkError>> {
        self.over_connection(name, None, |talk, _| talk.send_with(name, arguments))
    }

    /// Waits until there is a connection, and the peer answers over it.
    fn ready(&mut self, within_ms: u32) -> Result<(), CallError<LinkError>> {
        self.over_connection("echo", Some(Timeout::Ms(within_ms)), |talk, timeout| match timeout {
            Timeout::Ms(ms) => talk.ready(ms),
            Timeout::Never => talk.ready(within_ms),
        })
    }

    /// Expects the interface, and waits for a connection whose peer has it.
    fn agree(&mut self, interface: &'static Interface, within_ms: u32) -> Result<(), CallError<LinkError>> {
        self.expect_interface(interface);
        self.ready(within_ms)
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
