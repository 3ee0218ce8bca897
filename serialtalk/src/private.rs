//! What generated code uses. Not for use by hand; it may change in any release.

#[path = "private/arguments.rs"]
mod arguments;
#[path = "private/arm.rs"]
mod arm;
#[path = "private/checks.rs"]
mod checks;
#[path = "private/codec.rs"]
mod codec;
#[path = "private/demand.rs"]
mod demand;
#[path = "private/features.rs"]
mod features;
#[path = "private/variant.rs"]
mod variant;

#[cfg(feature = "alloc")]
pub use alloc::vec;
pub use core::convert::Infallible;
pub use core::fmt::Debug;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, str, u8, usize};
pub use core::result::Result::{self, Err, Ok};

#[cfg(feature = "async")]
pub use crate::asynchronous::{AsyncCaller, AsyncWithin};
pub use crate::caller::{Caller, DEFAULT_READY_MS, Within};
pub use crate::command::{Call, Command, Timeout};
pub use crate::error::CallError;
pub use crate::interface::{ArgumentInfo, CommandInfo, Interface};
pub use crate::message::Message;
pub use crate::names::{NameTable, Place, clash_among, find};
pub use crate::outcome::Outcome;
pub use crate::payload::PayloadWriter;
pub use crate::payload::literal::LiteralWriter;
pub use crate::payload::pack::{Pack, PackProblem};
pub use crate::problem::Problem;
pub use crate::reader::{Expected, Reader};
pub use crate::reply::Reply;
#[cfg(feature = "async")]
pub use crate::service::AsyncService;
pub use crate::service::{Catalog, Names, Service};
pub use crate::shape::Shape;
pub use crate::texts::nth;
pub use crate::value::{Decode, Encode};
pub use crate::{
    __decoder as decoder, __encoder as encoder, __encoding as encoding, __expected as expected,
    __header as header_of, __if_async as if_async, __need_async as need_async,
    __need_postcard as need_postcard,
};

pub use arguments::{LiteralArguments, begin_postcard};
pub use arm::arm;
pub use checks::{
    HAS_REPR, describes, expected_format, fits_call, fits_reply, format_of, header, is_struct, misfit,
    returns_of,
};
pub use codec::{
    ByNothing, ByPostcard, BySerde, ByValue, CrossesAsLiteral, PickDecode, PickDeserialize, PickEncode,
    PickError, PickNothing, PickSerdeError, PickSerialize, Probe,
};
pub use demand::{Demand, DemandSerde, Received, Shaped, Undemanded, UndemandedSerde, Unreceived, Unshaped};
pub use variant::{Number, decode_variant, end_variant};
