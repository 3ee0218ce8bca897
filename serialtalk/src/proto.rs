//! The parts of the protocol, for programs that write a driver or a carrier of their own.
//!
//! - [`Endpoint`] is one end of a line as a state machine that never reads, writes or looks at a clock: bytes and the time
//!   go in, actions come out. [`SerialTalk`](crate::SerialTalk) drives one over a link.
//! - [`Line`] is one with its link and its clock: what a driver of several things at a time takes from a `SerialTalk`.
//! - [`serve`] serves one command that arrived by other means than a serial line; a `Carrier` takes calls elsewhere.
//! - [`FrameDecoder`] and [`FrameWriter`] find and write frames, [`Payload`] tells how a payload is encoded, and
//!   [`PayloadWriter`] writes one. [`ShownFrame`] shows a frame to people. [`TemplateItems`] reads the struct formats of [`CommandInfo`](crate::CommandInfo).
//! - [`checked`] reads the frames of the checked link, for programs that listen to a line.

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
pub use crate::rpc::builtin_names::BUILTIN_NAMES;
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
pub use crate::rpc::shown::ShownFrame;
pub use crate::wire::frame::{
    Frame, FrameDecoder, FrameHandle, FrameTooLong, FrameWriter, Head, MAX_FRAME, MIN_BUFFER, Suffix,
};
pub use crate::wire::literal::TextWriter;
pub use crate::wire::payload::Payload;
pub use crate::wire::struct_format::{Count, TemplateItem, TemplateItems};

pub mod checked {
    //! The bytes of the checked link, as one sees them who listens to a line: the plain frames that open a session, and the checked
    //! frames between zeros. An [`Endpoint`](super::Endpoint) needs none of this.
    //!
    //! A [`Hello`] and the [`Answer`] to it tell the nonces of both ends, of which the [`token`] of their session is made, and with that
    //! the [`seed`] of each direction, with which [`unseal`] opens a frame.
    //!
    //! ```
    //! use serialtalk::proto::checked::{Answer, Hello, Kind, answer_seed, seed, token, unseal};
    //!
    //! let hello = Hello::read(b"<\x1a\x08checked?1~@@@@dcQWDBAhAyP>").unwrap();
    //! let asked = answer_seed(hello.token, hello.nonce);
    //! let answer = Answer::read(b"<\x1a\x0bchecked?ackN~@@DA@DBA}MSX>", asked).unwrap();
    //! assert!(!answer.is_same, "the session is a new one");
    //! let token = token(hello.nonce, answer.nonce);
    //! let mut frame = *b"\x02\x02\x01\x01\x03\xc0\x3f\x01\x01\x05\x40\x0d\x70\xde";
    //! let (control, fields) = unseal(&mut frame, seed(token, hello.nonce, answer.nonce)).unwrap();
    //! assert_eq!((control.kind, control.number), (Kind::Call, 2));
    //! assert_eq!(fields[1..], [1.5f32.to_le_bytes(), 2.0f32.to_le_bytes()].concat());
    //! ```

    pub use crate::wire::checked::{
        Answer, Control, Hello, Kind, MIN_SEGMENT, answer_seed, is_stuffed, seed, token, unseal,
    };
}
