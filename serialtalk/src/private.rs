//! What generated code uses. Not for use by hand; it may change in any release.

#[path = "private/bindable.rs"]
mod bindable;
#[path = "private/clients.rs"]
mod clients;
#[path = "private/codecs.rs"]
mod codecs;
#[path = "private/command_info.rs"]
mod command_info;
#[path = "private/demand.rs"]
mod demand;
#[path = "private/features.rs"]
mod features;
#[path = "private/list.rs"]
mod list;
#[path = "private/results.rs"]
mod results;

#[cfg(feature = "alloc")]
pub use alloc::vec;
pub use core::marker::PhantomData;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, i8, i16, i32, i64, i128, str, u8, u16, u32, u64, usize};
pub use core::result::Result::{self, Err, Ok};

pub use crate::codec::argument_list::ArgumentList;
pub use crate::codec::decode::{Decode, Decoder};
pub use crate::codec::encode::{Encode, Encoder};
pub use crate::codec::error::Invalid;
pub use crate::codec::expected::Expected;
#[cfg(feature = "postcard")]
pub use crate::codec::postcard::PostcardList;
#[cfg(feature = "serde")]
pub use crate::codec::serde::SerdeValue;
pub use crate::codec::shape::{Field, FormatText, Shape, Variant};
pub use crate::rpc::call::Call;
#[cfg(feature = "async")]
pub use crate::rpc::caller::{AsyncCaller, AsyncWithin};
pub use crate::rpc::caller::{Caller, DEFAULT_READY_MS, Within};
pub use crate::rpc::clashes::check_services;
pub use crate::rpc::client::Client;
pub use crate::rpc::command::Timeout;
pub use crate::rpc::description::{Description, description_of};
pub use crate::rpc::error::CallError;
pub use crate::rpc::interface::{ArgumentInfo, CommandInfo, Describe, Interface};
pub use crate::rpc::names::{NameTable, Names, arguments_of, find_hash, hashes};
pub use crate::rpc::reply::Reply;
#[cfg(feature = "async")]
pub use crate::rpc::service::AsyncService;
pub use crate::rpc::service::{CommandTable, Service};
pub use crate::rpc::state::{Here, State};
pub use crate::wire::integer::IntegerType;
pub use crate::{
    __clients as clients, __command_info as command_info, __crosses as crosses, __description as description,
    __give as give, __if_async as if_async, __list as list, __need_async as need_async,
    __need_postcard as need_postcard, __reply as reply, __server as server, __take as take,
    __unless_async as unless_async,
};
#[cfg(not(feature = "async"))]
pub use features::{HasAsync, NoAsyncClient};

pub use bindable::bindable;
pub use codecs::{
    ByNothing, ByPostcard, BySerde, ByValue, CrossesAsLiteral, Nothing, PickDecode, PickDeserialize,
    PickEncode, PickNothing, PickSerialize, Probe,
};
pub use command_info::{CommandParts, reply_decoder, sole, text};
pub use demand::{Decoded, Demand, DemandSerde, Shaped, Undecoded, Undemanded, UndemandedSerde, Unshaped};
pub use results::{StdResult, result};
