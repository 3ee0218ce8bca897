//! Calls and commands between an endpoint and a peer that misbehaves.
#![cfg(feature = "alloc")]

mod carriers;
mod deadlines;
mod endless;
mod replies;
mod resynchronisation;
#[path = "../support/scripted.rs"]
mod scripted;

use std::convert::Infallible;

use scripted::{Line, frame, parts, with_echo};
use serialtalk::link::{Link, Received};
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder, serve};
use serialtalk::{Awaited, CallError, Caller, Commands, EncodeError, ReplyError, SerialTalk, Timeout, args};

/// The names of the frames that were sent.
fn names(line: &Line) -> Vec<String> {
    line.sent().iter().map(|frame| parts(frame).0.to_owned()).collect()
}

fn no_arguments(payload: &mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
    payload.no_arguments();
    Ok(())
}
