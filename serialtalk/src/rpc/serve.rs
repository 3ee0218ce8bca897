//! Serves commands that arrive by other means than a serial line: a bus, a message broker, a test.

use super::call::Call;
use super::dispatch::Dispatch;
use super::reply::Reply;
#[cfg(feature = "async")]
use super::service::AsyncService;
use super::service::{CommandTable, Service};
use crate::wire::frame::{self, Suffix};

/// The reply to a command that was served with [`serve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served<'b> {
    /// The payload of the reply.
    pub payload: &'b [u8],
    /// Whether it is an error reply.
    pub is_error: bool,
}

/// Serves the command `name`, a built-in one too, and writes the reply into `reply_buffer`.
///
/// The reply is written as a whole frame, so its payload has at most 251 bytes less those of the name, fewer if the
/// buffer has fewer than 258. Arguments are decoded inside `payload`, which is overwritten.
///
/// Returns `None` if `reply_buffer` cannot hold even an error reply.
pub fn serve<'b>(
    service: &mut impl Service,
    name: &str,
    payload: &mut [u8],
    reply_buffer: &'b mut [u8],
) -> Option<Served<'b>> {
    let mut call = Call::new(name.as_bytes(), payload);
    let mut reply = Reply::new(reply_buffer, name.as_bytes());
    let result = match dispatch(&mut call, service, &mut reply) {
        Dispatch::Serve(number) => service.serve(number, &mut call, &mut reply),
        Dispatch::Answered(result) => result,
    };
    let size = reply.finish(&call, result);
    served(name, reply_buffer.get(..size)?)
}

/// Serves the command `name` as [`serve`] does, with handlers that may wait.
#[cfg(feature = "async")]
pub async fn serve_async<'b>(
    service: &mut impl AsyncService,
    name: &str,
    payload: &mut [u8],
    reply_buffer: &'b mut [u8],
) -> Option<Served<'b>> {
    let mut call = Call::new(name.as_bytes(), payload);
    let mut reply = Reply::new(reply_buffer, name.as_bytes());
    let result = match dispatch(&mut call, service, &mut reply) {
        Dispatch::Serve(number) => service.serve(number, &mut call, &mut reply).await,
        Dispatch::Answered(result) => result,
    };
    let size = reply.finish(&call, result);
    served(name, reply_buffer.get(..size)?)
}

fn dispatch(call: &mut Call<'_>, table: &mut impl CommandTable, reply: &mut Reply<'_>) -> Dispatch {
    // Without a line there is no command line to change to.
    Dispatch::of(call, table, reply, &mut false).unwrap_or_else(|| {
        reply.not_found();
        Dispatch::Answered(Ok(()))
    })
}

fn served<'b>(name: &str, reply: &'b [u8]) -> Option<Served<'b>> {
    let (reply_name, payload) = frame::split(reply)?;
    let suffix = Suffix::of_reply(reply_name, name.as_bytes())?;
    Some(Served { payload, is_error: suffix == Suffix::Err })
}
