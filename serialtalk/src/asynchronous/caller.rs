//! What an async client needs from whatever carries its calls.

use core::convert::Infallible;

use crate::command::{Command, Timeout};
#[cfg(feature = "alloc")]
use crate::dynamic::{Arguments, Value};
use crate::error::CallError;
use crate::outcome::Outcome;
use crate::payload::PayloadWriter;
use crate::payload::pack::PackProblem;
use crate::value::{Decode, Encode};

/// Something that calls commands of a peer and waits for their replies.
///
/// [`AsyncSerialTalk`](crate::AsyncSerialTalk) is one, and so is a mutable reference to one.
#[allow(async_fn_in_trait, reason = "whether a future can be sent to another thread depends on the link")]
pub trait AsyncCaller {
    /// The error of its link.
    type Error;

    /// Calls a command. `arguments` writes its payload, more than once if the call is repeated; `outcome` reads the
    /// reply.
    ///
    /// # Errors
    ///
    /// Every kind of [`CallError`].
    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<Self::Error, E>>;

    /// Sends a command and does not wait for a reply. One that comes later is dropped.
    ///
    /// # Errors
    ///
    /// Arguments that cannot be sent, and errors of the link.
    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), CallError<Self::Error>>;

    /// Waits until the peer answers `echo`, which it may not do before it has booted; opening a port resets many boards.
    ///
    /// Returns at once where the peer was said to have no `echo`.
    ///
    /// # Errors
    ///
    /// A timeout after `within_ms` milliseconds, and errors of the link.
    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>>;

    /// Calls a command by name. The types of arguments and value say how they travel: in a struct format where all are
    /// numbers, as literals otherwise.
    ///
    /// `arguments` is a tuple, `()` for none, or one value.
    ///
    /// # Errors
    ///
    /// Every kind of [`CallError`] but `Failed`.
    async fn call<T: for<'a> Decode<'a>>(
        &mut self,
        name: &str,
        arguments: impl Encode,
    ) -> Result<T, CallError<Self::Error>> {
        let write = |payload: &mut PayloadWriter<'_>| {
            payload.arguments(&arguments);
            Ok(())
        };
        self.call_with(Command::new(name), write, Outcome::<T, Infallible>::VALUE).await
    }

    /// Calls a command by name with its arguments in a chosen format: a struct format such as `"<if"`, `"repr"` or
    /// `"raw"`.
    ///
    /// # Errors
    ///
    /// Every kind of [`CallError`] but `Failed`; arguments that do not fit the format are
    /// [`Unsendable`](CallError::Unsendable).
    async fn call_as<T: for<'a> Decode<'a>>(
        &mut self,
        name: &str,
        format: &str,
        arguments: impl Encode,
    ) -> Result<T, CallError<Self::Error>> {
        let write = |payload: &mut PayloadWriter<'_>| payload.chosen(&arguments, format);
        self.call_with(Command::new(name), write, Outcome::<T, Infallible>::VALUE).await
    }

    /// Calls a command by name with values of any kind, as literals, and returns whatever comes.
    ///
    /// `talk.call_value("fps", args![])`; a reply without a value is `None`.
    ///
    /// # Errors
    ///
    /// Every kind of [`CallError`] but `Failed`.
    #[cfg(feature = "alloc")]
    async fn call_value(
        &mut self,
        name: &str,
        arguments: Arguments,
    ) -> Result<Value, CallError<Self::Error>> {
        self.call_with(Command::new(name), |payload| payload.dynamic(&arguments, "repr"), Outcome::DYNAMIC)
            .await
    }

    /// The same with a chosen format for the arguments: a struct format such as `"<if"`, `"repr"` or `"raw"`.
    ///
    /// # Errors
    ///
    /// Every kind of [`CallError`] but `Failed`; values that do not fit the format are
    /// [`Unsendable`](CallError::Unsendable).
    #[cfg(feature = "alloc")]
    async fn call_value_as(
        &mut self,
        name: &str,
        format: &str,
        arguments: Arguments,
    ) -> Result<Value, CallError<Self::Error>> {
        self.call_with(Command::new(name), |payload| payload.dynamic(&arguments, format), Outcome::DYNAMIC)
            .await
    }

    /// Sends a command by name and does not wait for a reply.
    ///
    /// # Errors
    ///
    /// Arguments that cannot be sent, and errors of the link.
    async fn send(&mut self, name: &str, arguments: impl Encode) -> Result<(), CallError<Self::Error>> {
        self.send_with(name, |payload| {
            payload.arguments(&arguments);
            Ok(())
        })
        .await
    }

    /// Asks the peer to load a module: in Python, to import it and call its `add_commands`.
    ///
    /// # Errors
    ///
    /// As for any call; a peer without that module refuses.
    async fn add_module(&mut self, name: &str) -> Result<(), CallError<Self::Error>> {
        let write = |payload: &mut PayloadWriter<'_>| {
            payload.byte_string(name.as_bytes());
            Ok(())
        };
        self.call_with(Command::new("module"), write, Outcome::VALUE).await
    }

    /// The names of all commands of the peer, built-in ones first.
    ///
    /// # Errors
    ///
    /// As for any call.
    #[cfg(feature = "alloc")]
    async fn remote_commands(
        &mut self,
    ) -> Result<alloc::vec::Vec<alloc::string::String>, CallError<Self::Error>> {
        let count: u16 = self.call("get_num_commands", ()).await?;
        let mut names = alloc::vec::Vec::new();
        for number in 0..count {
            names.push(match u8::try_from(number) {
                Ok(number) => self.call("get_nth_command", (number,)).await?,
                Err(_) => self.call("get_nth_command", (number,)).await?,
            });
        }
        Ok(names)
    }

    /// The same caller with another time to wait for replies, whatever its commands say.
    fn within(&mut self, timeout: Timeout) -> AsyncWithin<'_, Self>
    where
        Self: Sized,
    {
        AsyncWithin { caller: self, timeout }
    }
}

/// A caller with a time of its own to wait for replies; see [`AsyncCaller::within`].
#[derive(Debug)]
pub struct AsyncWithin<'c, C> {
    caller: &'c mut C,
    timeout: Timeout,
}

impl<C: AsyncCaller> AsyncCaller for AsyncWithin<'_, C> {
    type Error = C::Error;

    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<Self::Error, E>> {
        self.caller.call_with(Command { timeout: Some(self.timeout), ..command }, arguments, outcome).await
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), CallError<Self::Error>> {
        self.caller.send_with(name, arguments).await
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
        self.caller.ready(within_ms).await
    }
}

impl<C: AsyncCaller> AsyncCaller for &mut C {
    type Error = C::Error;

    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<Self::Error, E>> {
        C::call_with(self, command, arguments, outcome).await
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), CallError<Self::Error>> {
        C::send_with(self, name, arguments).await
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
        C::ready(self, within_ms).await
    }
}
