//! The parts of the protocol, for programs that write a driver or a carrier of their own.
//!
//! - [`Endpoint`] is one end of a line as a state machine that never reads, writes or looks at a clock: bytes and the time
//!   go in, actions come out. [`SerialTalk`](crate::SerialTalk) drives one over a link.
//! - [`Line`] is one with its link and its clock: what a driver of several things at a time takes from a `SerialTalk`.
//! - [`serve`] serves one command that arrived by other means than a serial line; a `Carrier` takes calls elsewhere.
//! - [`FrameDecoder`] and [`FrameWriter`] find and write frames, [`Payload`] tells how a payload is encoded, and
//!   [`PayloadWriter`] writes one. [`TemplateItems`] reads the struct formats of [`CommandInfo`](crate::CommandInfo).

#[cfg(all(feature = "alloc", feature = "async"))]
pub use crate::rpc::carrier::AsyncCarrier;
#[cfg(feature = "alloc")]
pub use crate::rpc::carrier::{Carried, Carrier, RawReply, copied, encode_arguments};
#[cfg(feature = "async")]
pub use crate::rpc::serve::serve_async;

pub use crate::blocking::Line;
pub use crate::codec::expected::Expected;
pub use crate::codec::payload_writer::PayloadWriter;
pub use crate::codec::shape::FormatText;
pub use crate::rpc::call::Call;
pub use crate::rpc::command::{Command, Terms};
pub use crate::rpc::dispatch::Dispatch;
pub use crate::rpc::endpoint::{
    Action, Endpoint, IncomingCall, NoReply, OutgoingCall, Policy, Protocol, ReplyHandle, Stray,
};
pub use crate::rpc::names::Names;
pub use crate::rpc::reply::Reply;
pub use crate::rpc::reply_decoder::ReplyDecoder;
pub use crate::rpc::serve::{Served, serve};
pub use crate::wire::frame::{
    Frame, FrameDecoder, FrameHandle, FrameTooLong, FrameWriter, Head, MAX_FRAME, MIN_BUFFER, Suffix,
};
pub use crate::wire::literal::TextWriter;
pub use crate::wire::payload::Payload;
pub use crate::wire::struct_format::{Count, TemplateItem, TemplateItems};
