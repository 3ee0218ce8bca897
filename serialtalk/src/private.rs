//! What generated code uses. Not for use by hand; it may change in any release.

#[cfg(feature = "alloc")]
pub use alloc::vec;
pub use core::convert::Infallible;
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{self, Err, Ok};

#[cfg(feature = "async")]
pub use crate::asynchronous::AsyncCaller;
pub use crate::caller::{Caller, DEFAULT_READY_MS};
pub use crate::command::{Call, Command, Timeout};
pub use crate::error::CallError;
pub use crate::frame::MAX_FRAME;
pub use crate::interface::{ArgumentInfo, CommandInfo, Interface};
pub use crate::names::{NameTable, clash_with_builtin};
pub use crate::outcome::Outcome;
pub use crate::payload::PayloadWriter;
pub use crate::payload::literal::LiteralWriter;
pub use crate::payload::pack::{Pack, PackProblem};
pub use crate::problem::{Integer, IntegerType, ProblemKind};
pub use crate::reader::Reader;
pub use crate::reply::Reply;
#[cfg(feature = "async")]
pub use crate::service::AsyncService;
pub use crate::service::{Catalog, Names, Service};
pub use crate::shape::Shape;
pub use crate::value::{Decode, Encode};

/// Whether literals can be read, which commands that travel as `repr` need.
pub const HAS_REPR: bool = cfg!(feature = "repr");

/// The struct format of a shape, as a string made at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    ($shape:expr) => {{
        const FORMAT: $crate::shape::FormatText = $shape.format();
        const BYTES: [u8; FORMAT.len()] = FORMAT.bytes();
        match ::core::str::from_utf8(&BYTES) {
            ::core::result::Result::Ok(format) => format,
            ::core::result::Result::Err(_) => "",
        }
    }};
}
pub use __format as format;

/// The size of the smallest frame that carries a payload of this shape.
pub const fn smallest_frame(name: &str, suffix: usize, payload: usize) -> usize {
    crate::frame::HEADER + name.len() + suffix + payload + 1
}
