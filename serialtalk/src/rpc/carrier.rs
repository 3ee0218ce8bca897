//! Calls whose payloads are written, and whose replies are read, elsewhere than at the endpoint.

use alloc::vec::Vec;

#[cfg(feature = "async")]
use super::caller::AsyncCaller;
use super::caller::Caller;
use super::command::{Command, Timeout};
use super::error::{CallError, Context};
use super::interface::Interface;
use super::reply_decoder::ReplyDecoder;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::wire::frame::{self, FrameWriter, Head, MAX_FRAME, Suffix};

/// A reply that has not been decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawReply {
    payload: Vec<u8>,
    is_error: bool,
    is_bare: bool,
}

impl RawReply {
    /// A reply with this payload; `is_error` if it says why there is no value.
    pub fn new(payload: &[u8], is_error: bool) -> Self {
        Self { payload: payload.to_vec(), is_error, is_bare: false }
    }

    /// Says whether the value is packed without its header.
    pub(crate) fn bare(self, is_bare: bool) -> Self {
        Self { is_bare, ..self }
    }

    /// The payload.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Whether it is an error reply.
    pub fn is_error(&self) -> bool {
        self.is_error
    }

    /// Decodes the reply to `command`. `link` is the name of the link, for errors.
    ///
    /// # Errors
    ///
    /// Returns what the peer reports, or what is wrong with the reply.
    pub fn decode<L, T, E>(
        mut self,
        command: &str,
        link: &str,
        decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<L, E>> {
        let suffix = if self.is_error { Suffix::Err } else { Suffix::Ack };
        let result = match self.is_bare {
            true => decoder.decode_bare(&mut self.payload),
            false => decoder.decode(&mut self.payload, suffix),
        };
        result.map_err(|error| error.into_error(Context::new(command, link, &[])))
    }
}

/// Writes the payload of a call of `command`, to be sent by a [`Carrier`].
///
/// # Errors
///
/// Returns an error if the arguments cannot be sent.
pub fn encode_arguments(
    command: &str,
    arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
) -> Result<Vec<u8>, EncodeError> {
    let mut buffer = [0; MAX_FRAME];
    let mut writer = FrameWriter::new(&mut buffer, Head::command(command.as_bytes()));
    arguments(&mut PayloadWriter::new(&mut writer))?;
    let size = writer.finish()?;
    let payload = frame::split(writer.bytes(size)).map(|(_name, payload)| payload);
    Ok(payload.unwrap_or_default().to_vec())
}

/// Writes a payload that was encoded elsewhere, as by [`encode_arguments`].
pub fn copied(payload: &[u8]) -> impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
    |writer| {
        writer.copy(payload);
        Ok(())
    }
}

/// A caller made of any [`Carrier`] or `AsyncCarrier`, for clients of interfaces.
#[derive(Debug, Clone)]
pub struct Carried<C>(pub C);

/// Writes a carrier trait and the caller made of it, for carriers that block and for those that are awaited.
macro_rules! carrier {
    ($Carrier:ident, $Caller:ident, [$($async:ident)?], [$($await:tt)*], $docs:literal) => {
        #[doc = $docs]
        ///
        /// A [`Carried`] makes a caller of it. An endpoint is a carrier, too: the handles of one that many share send
        /// requests to whoever owns it.
        #[allow(async_fn_in_trait, reason = "whether a future can be sent to another thread depends on the carrier")]
        pub trait $Carrier {
            /// The error of the carrier.
            type Error;

            /// The name of the carrier, for errors; empty if it has none.
            fn name(&self) -> &str {
                ""
            }

            /// Whether the peer was declared to have no `echo`, so that it says nothing about commands that it does not know.
            fn is_without_echo(&self) -> bool {
                false
            }

            /// Is told that the peer has to have this interface; does nothing unless a carrier checks contracts by itself.
            fn expect_interface(&mut self, interface: &'static Interface) {
                let _ = interface;
            }

            /// Calls a command and waits for its reply. An error reply is a reply.
            ///
            /// # Errors
            ///
            /// Returns an error if the carrier fails or no reply arrives in time.
            $($async)? fn call_raw(
                &mut self,
                command: Command<'_>,
                payload: &[u8],
            ) -> Result<RawReply, CallError<Self::Error>>;

            /// Sends a command and does not wait for a reply.
            ///
            /// # Errors
            ///
            /// Returns an error if the carrier fails.
            $($async)? fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<Self::Error>>;

            /// Waits until the peer answers; calls `echo` once unless a carrier knows better.
            ///
            /// # Errors
            ///
            /// Returns an error if the carrier fails or the peer does not answer within `within_ms` milliseconds.
            $($async)? fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
                let command = Command { timeout: Some(Timeout::Ms(within_ms)), ..Command::new("echo") };
                let payload = encode_arguments(command.name, |payload| {
                    payload.no_arguments();
                    Ok(())
                })
                .map_err(|error| unsendable(error, command.name, self.name()))?;
                self.call_raw(command, &payload)$($await)*.map(drop)
            }
        }

        impl<C: $Carrier> $Caller for Carried<C> {
            type Error = C::Error;

            $($async)? fn call_with<T, E>(
                &mut self,
                command: Command<'_>,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
                decoder: ReplyDecoder<T, E>,
            ) -> Result<T, CallError<Self::Error, E>> {
                let payload = match encode_arguments(command.name, arguments) {
                    Ok(payload) => payload,
                    Err(error) => return Err(unsendable(error, command.name, self.0.name())),
                };
                let reply = self.0.call_raw(command, &payload)$($await)*.map_err(CallError::widen)?;
                reply.decode(command.name, self.0.name(), decoder)
            }

            $($async)? fn send_with(
                &mut self,
                name: &str,
                arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
            ) -> Result<(), CallError<Self::Error>> {
                match encode_arguments(name, arguments) {
                    Ok(payload) => self.0.send_raw(name, &payload)$($await)*,
                    Err(error) => Err(unsendable(error, name, self.0.name())),
                }
            }

            $($async)? fn ready(&mut self, within_ms: u32) -> Result<(), CallError<Self::Error>> {
                self.0.wait_until_ready(within_ms)$($await)*
            }

            fn is_without_echo(&self) -> bool {
                self.0.is_without_echo()
            }

            fn expect_interface(&mut self, interface: &'static Interface) {
                self.0.expect_interface(interface);
            }

            fn link_name(&self) -> &str {
                self.0.name()
            }
        }
    };
}

carrier!(Carrier, Caller, [], [], "Something that carries calls to a peer and replies back.");
#[cfg(feature = "async")]
carrier!(
    AsyncCarrier,
    AsyncCaller,
    [async],
    [.await],
    "Something that carries calls to a peer and replies back, and is awaited."
);

fn unsendable<L, E>(error: EncodeError, command: &str, link: &str) -> CallError<L, E> {
    CallError::Unsendable { error, context: Context::new(command, link, &[]) }
}
