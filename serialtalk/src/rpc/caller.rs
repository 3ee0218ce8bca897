//! What a client needs of whatever carries its calls.

use core::convert::Infallible;

use super::command::{Command, Timeout};
use super::comparison::{Comparison, Next, Numbers};
#[cfg(feature = "alloc")]
use super::describe::DESCRIBE;
#[cfg(feature = "alloc")]
use super::error::ReplyError;
use super::error::{CallError, Context};
use super::interface::{CommandInfo, Interface};
use super::mismatch::Mismatch;
use super::reply_decoder::ReplyDecoder;
#[cfg(feature = "alloc")]
use super::text::Text;
use crate::codec::decode::Decode;
#[cfg(feature = "alloc")]
use crate::codec::dynamic::{Arguments, Value};
use crate::codec::encode::Encode;
#[cfg(feature = "alloc")]
use crate::codec::error::DecodeErrorKind;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;

/// How long clients wait by default for a peer to become ready, in milliseconds: enough for a board to boot.
pub const DEFAULT_READY_MS: u32 = 5000;

/// The signature in a description; `None` if it cannot be had.
#[cfg(feature = "alloc")]
fn first_line<L>(
    description: Result<alloc::string::String, CallError<L>>,
) -> Result<Option<Text>, CallError<L>> {
    match description {
        Ok(text) => Ok(text.lines().next().map(Text::from)),
        Err(error) if error.is_link() => Err(error),
        Err(_) => Ok(None),
    }
}

/// Writes a caller trait, for callers that block and for those that are awaited.
macro_rules! caller {
    ($Caller:ident, $Within:ident, [$($async:ident)?], [$($await:tt)*], $docs:literal) => {
        #[doc = $docs]
        ///
        /// A mutable reference to a caller is a caller, too.
        #[allow(async_fn_in_trait, reason = "whether a future can be sent to another thread depends on the link")]
        pub trait $Caller {
            /// The error of the link.
            type Error;

            /// Calls a command. `arguments` writes its payload, again if the call is repeated; `decoder` reads the reply.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`].
            $($async)? fn call_with<T, E>(
                &mut self,
                command: Command<'_>,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
                decoder: ReplyDecoder<T, E>,
            ) -> Result<T, CallError<Self::Error, E>>;

            /// Sends a command and does not wait for its reply, which is dropped when it arrives.
            ///
            /// # Errors
            ///
            /// Returns an error if the arguments cannot be sent or the link fails.
            $($async)? fn send_with(
                &mut self,
                name: &str,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
            ) -> Result<(), CallError<Self::Error>>;

            /// Waits until the peer answers `echo`. Opening a port resets many boards, and they have to boot first.
            ///
            /// Returns at once if the peer was declared to have no `echo`.
            ///
            /// # Errors
            ///
            /// Returns a timeout after `within_ms` milliseconds, or an error of the link.
            $($async)? fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>>;

            /// Waits until the peer answers, as [`ready`](Self::ready) does, loads the module of `interface` if that has one, and
            /// compares the signatures of `interface` with those of the peer. A command that only one of the two has harms
            /// nobody.
            ///
            /// A peer that does not compare, such as a program in Python, is taken as it is. So is one that was declared to have no
            /// `echo`: it is not asked.
            ///
            /// # Errors
            ///
            /// `Mismatch` for the first command that the peer has with another signature; otherwise as `ready` and
            /// [`add_module`](Self::add_module).
            $($async)? fn agree(
                &mut self,
                interface: &'static Interface,
                within_ms: u32,
            ) -> Result<(), CallError<Self::Error>> {
                self.expect_interface(interface);
                if !interface.module.is_empty() {
                    self.ready(within_ms)$($await)*?;
                    self.add_module(interface.module)$($await)*?;
                }
                if self.is_without_echo() {
                    return Ok(());
                }
                let mut comparison = Comparison::new(interface);
                loop {
                    let command = comparison.command();
                    let write = |payload: &mut PayloadWriter<'_, '_>| comparison.write(payload);
                    let decoder = ReplyDecoder::<Numbers, Infallible>::VALUE;
                    let answer = self.call_with(command, write, decoder)$($await)*;
                    if let (Ok(numbers), Some(commands)) = (&answer, comparison.asked_by_hash()) {
                        self.learn_numbers(commands, numbers);
                    }
                    match comparison.take(answer)? {
                        Next::Answer => {}
                        Next::Ready => self.ready(within_ms)$($await)*?,
                        Next::Nothing => return Ok(()),
                        Next::Differs(command, number) => {
                            #[cfg(feature = "alloc")]
                            let theirs = match number {
                                Some(number) => first_line(self.describe(number.into())$($await)*)?,
                                None => None,
                            };
                            #[cfg(not(feature = "alloc"))]
                            let (theirs, _) = (None, number);
                            let context = Context::new(command.name, self.link_name(), &[]);
                            return Err(CallError::Mismatch { error: Mismatch::new(command, theirs), context });
                        }
                    }
                }
            }

            /// Tells the caller that its peer has to have this interface; `over` of a client and [`agree`](Self::agree) do so.
            ///
            /// A caller that checks contracts by itself, as one that connects again and again, does so from now on. An
            /// endpoint does nothing.
            fn expect_interface(&mut self, interface: &'static Interface) {
                let _ = interface;
            }

            /// Is told what the peer has answered when it was asked for the numbers of commands; a number of 255 means that it does
            /// not have the command. An endpoint that speaks the checked link calls them by these numbers.
            fn learn_numbers(&mut self, commands: &'static [CommandInfo], numbers: &[u8]) {
                let _ = (commands, numbers);
            }

            /// Whether the peer was declared to have no `echo`, so that it says nothing about commands that it does not know.
            fn is_without_echo(&self) -> bool {
                false
            }

            /// The name of the link, for errors; empty if it has none.
            fn link_name(&self) -> &str {
                ""
            }

            /// Calls a command by name. `arguments` is a tuple, `()` for none, or one value. They are packed under a
            /// struct format if all of them are numbers or bytes, and written as literals otherwise.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`.
            $($async)? fn call<T: for<'a> Decode<'a>>(
                &mut self,
                name: &str,
                arguments: impl Encode,
            ) -> Result<T, CallError<Self::Error>> {
                let write = |payload: &mut PayloadWriter<'_, '_>| payload.values(&arguments);
                self.call_with(Command::new(name), write, ReplyDecoder::<T, Infallible>::VALUE)$($await)*
            }

            /// Calls a command by name with arguments in a chosen format: a struct format such as `"<if"`, `"repr"` or
            /// `"raw"`.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`; `Unsendable` if the arguments do not fit the format.
            $($async)? fn call_as<T: for<'a> Decode<'a>>(
                &mut self,
                name: &str,
                format: &str,
                arguments: impl Encode,
            ) -> Result<T, CallError<Self::Error>> {
                let write = |payload: &mut PayloadWriter<'_, '_>| payload.values_as(&arguments, format);
                self.call_with(Command::new(name), write, ReplyDecoder::<T, Infallible>::VALUE)$($await)*
            }

            /// Calls a command by name with any values, as literals: `talk.call_value("fps", args![])`.
            ///
            /// Returns the values of the reply: `None` for none, a tuple for several.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`.
            #[cfg(feature = "alloc")]
            $($async)? fn call_value(
                &mut self,
                name: &str,
                arguments: Arguments,
            ) -> Result<Value, CallError<Self::Error>> {
                self.call_value_as(name, "repr", arguments)$($await)*
            }

            /// Calls a command by name with any values in a chosen format: a struct format such as `"<if"`, `"repr"` or
            /// `"raw"`.
            ///
            /// Returns the values of the reply: `None` for none, a tuple for several.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`; `Unsendable` if the values do not fit the format.
            #[cfg(feature = "alloc")]
            $($async)? fn call_value_as(
                &mut self,
                name: &str,
                format: &str,
                arguments: Arguments,
            ) -> Result<Value, CallError<Self::Error>> {
                let write = |payload: &mut PayloadWriter<'_, '_>| payload.values_as(&arguments, format);
                self.call_with(Command::new(name), write, ReplyDecoder::DYNAMIC)$($await)*
            }

            /// Sends a command by name and does not wait for its reply.
            ///
            /// # Errors
            ///
            /// Returns an error if the arguments cannot be sent or the link fails.
            $($async)? fn send(
                &mut self,
                name: &str,
                arguments: impl Encode,
            ) -> Result<(), CallError<Self::Error>> {
                self.send_with(name, |payload| payload.values(&arguments))$($await)*
            }

            /// Asks the peer to load a module. A Python peer imports it and calls its `add_commands`.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`; `Refused` if the peer has no such module.
            $($async)? fn add_module(&mut self, name: &str) -> Result<(), CallError<Self::Error>> {
                let write = |payload: &mut PayloadWriter<'_, '_>| payload.values(name.as_bytes());
                self.call_with(Command::new("module"), write, ReplyDecoder::VALUE)$($await)*
            }

            /// The names of all commands of the peer, built-in ones first.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`.
            #[cfg(feature = "alloc")]
            $($async)? fn remote_commands(
                &mut self,
            ) -> Result<alloc::vec::Vec<alloc::string::String>, CallError<Self::Error>> {
                let count: u16 = self.call("get_num_commands", ())$($await)*?;
                let mut names = alloc::vec::Vec::new();
                for number in 0..count {
                    // Python peers declare the argument as one byte.
                    names.push(match u8::try_from(number) {
                        Ok(number) => self.call("get_nth_command", (number,))$($await)*?,
                        Err(_) => self.call("get_nth_command", (number,))$($await)*?,
                    });
                }
                Ok(names)
            }

            /// What the peer tells of its command with this number: its [signature](crate::Signature) in the first line, then
            /// more about it. Empty if there is no description.
            ///
            /// # Errors
            ///
            /// Returns any [`CallError`] except `Failed`; `Refused` if no command can have this number, or the interface of
            /// the peer is not marked `describe`.
            #[cfg(feature = "alloc")]
            $($async)? fn describe(
                &mut self,
                number: u16,
            ) -> Result<alloc::string::String, CallError<Self::Error>> {
                let mut text = alloc::vec::Vec::new();
                while let Ok(offset) = u16::try_from(text.len()) {
                    let part: alloc::vec::Vec<u8> = self.call(DESCRIBE, (number, offset))$($await)*?;
                    text.extend_from_slice(&part);
                    if part.is_empty() {
                        break;
                    }
                }
                alloc::string::String::from_utf8(text).map_err(|_| {
                    let context = Context::new(DESCRIBE, self.link_name(), &[]);
                    CallError::Protocol { error: ReplyError::Value(DecodeErrorKind::NotUtf8.into()), context }
                })
            }

            /// The caller with another timeout, whatever the commands say.
            fn within(&mut self, timeout: Timeout) -> $Within<'_, Self>
            where
                Self: Sized,
            {
                $Within { caller: self, timeout }
            }
        }

        #[doc = concat!("A caller with a timeout of its own; made by [`", stringify!($Caller), "::within`].")]
        #[derive(Debug)]
        pub struct $Within<'c, C> {
            caller: &'c mut C,
            timeout: Timeout,
        }

        impl<C: $Caller> $Caller for $Within<'_, C> {
            type Error = C::Error;

            $($async)? fn call_with<T, E>(
                &mut self,
                command: Command<'_>,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
                decoder: ReplyDecoder<T, E>,
            ) -> Result<T, CallError<Self::Error, E>> {
                let command = Command { timeout: Some(self.timeout), ..command };
                self.caller.call_with(command, arguments, decoder)$($await)*
            }

            $($async)? fn send_with(
                &mut self,
                name: &str,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
            ) -> Result<(), CallError<Self::Error>> {
                self.caller.send_with(name, arguments)$($await)*
            }

            $($async)? fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
                self.caller.ready(within_ms)$($await)*
            }

            $($async)? fn agree(
                &mut self,
                interface: &'static Interface,
                within_ms: u32,
            ) -> Result<(), CallError<Self::Error>> {
                self.caller.agree(interface, within_ms)$($await)*
            }

            fn expect_interface(&mut self, interface: &'static Interface) {
                self.caller.expect_interface(interface);
            }

            fn learn_numbers(&mut self, commands: &'static [CommandInfo], numbers: &[u8]) {
                self.caller.learn_numbers(commands, numbers);
            }

            fn is_without_echo(&self) -> bool {
                self.caller.is_without_echo()
            }

            fn link_name(&self) -> &str {
                self.caller.link_name()
            }
        }

        impl<C: $Caller> $Caller for &mut C {
            type Error = C::Error;

            $($async)? fn call_with<T, E>(
                &mut self,
                command: Command<'_>,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
                decoder: ReplyDecoder<T, E>,
            ) -> Result<T, CallError<Self::Error, E>> {
                C::call_with(self, command, arguments, decoder)$($await)*
            }

            $($async)? fn send_with(
                &mut self,
                name: &str,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
            ) -> Result<(), CallError<Self::Error>> {
                C::send_with(self, name, arguments)$($await)*
            }

            $($async)? fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
                C::ready(self, within_ms)$($await)*
            }

            $($async)? fn agree(
                &mut self,
                interface: &'static Interface,
                within_ms: u32,
            ) -> Result<(), CallError<Self::Error>> {
                C::agree(self, interface, within_ms)$($await)*
            }

            fn expect_interface(&mut self, interface: &'static Interface) {
                C::expect_interface(self, interface);
            }

            fn learn_numbers(&mut self, commands: &'static [CommandInfo], numbers: &[u8]) {
                C::learn_numbers(self, commands, numbers);
            }

            fn is_without_echo(&self) -> bool {
                C::is_without_echo(self)
            }

            fn link_name(&self) -> &str {
                C::link_name(self)
            }
        }
    };
}

caller!(Caller, Within, [], [], "Something that calls commands of a peer and waits for their replies.");
#[cfg(feature = "async")]
caller!(
    AsyncCaller,
    AsyncWithin,
    [async],
    [.await],
    "Something that calls commands of a peer and awaits their replies."
);
